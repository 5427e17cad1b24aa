import type { ArrivalToTry, ChannelDecision, ChannelReport, ChannelsRequest } from "../contract/channels.ts";
import type { Database } from "../engine/database.ts";
import { name, sql } from "../engine/sql.ts";
import type { Table } from "../engine/table.ts";
import { arrivalRows, isChannelled } from "../facts/channels/arrivals.ts";
import { decide, ruleText } from "../facts/channels/describe.ts";
import { groupingOf, type ChannelSettings, type Grouping } from "../facts/channels/grouping.ts";
import { hostMeaning, mediumMeaning, sourceMeaning } from "../facts/channels/meanings.ts";
import { facts } from "../facts/index.ts";

type Pair = ChannelReport["unmatched"][number];

/** The rules that catch what no other names. */
const catching = ["referral", "other"] as const;

async function pairsOf(fact: Table, rule: string, grouping: Grouping, database: Database): Promise<Pair[]> {
  const rows = arrivalRows(fact, name(fact.name), sql`known_to IS NULL AND channel_rule = ${rule}`);
  const found = await database.use((connection) =>
    connection.rows(sql`SELECT source, medium, referrer, count(*) AS n FROM (${rows}) GROUP BY ALL ORDER BY n DESC`),
  );
  return found.map((row) => {
    const source = sourceMeaning(String(row["source"]), grouping).text;
    const medium = mediumMeaning(String(row["medium"])).text;
    const sender = hostMeaning(String(row["referrer"]), grouping).host;
    return { fact: fact.name, rule, source: source ?? sender, medium, rows: Number(row["n"]) };
  });
}

function together(pairs: readonly Pair[]): Pair[] {
  const sums = new Map<string, Pair>();
  for (const pair of pairs) {
    const key = JSON.stringify([pair.fact, pair.rule, pair.source, pair.medium]);
    sums.set(key, { ...pair, rows: pair.rows + (sums.get(key)?.rows ?? 0) });
  }
  return [...sums].toSorted(([a, x], [b, y]) => y.rows - x.rows || (a < b ? -1 : 1)).map(([, pair]) => pair);
}

/** The rules of a company's channels, and the pairs of source and medium that none of them names. */
export async function channelReport(
  { limit = 50 }: ChannelsRequest,
  settings: ChannelSettings,
  database: Database,
): Promise<ChannelReport> {
  const grouping = groupingOf(settings);
  const pairs: Pair[] = [];
  for (const fact of facts.filter(isChannelled))
    for (const rule of catching) pairs.push(...(await pairsOf(fact, rule, grouping, database)));
  const rules = grouping.rules.map((rule) => ({ rule: rule.id, channel: rule.channel, when: ruleText(rule) }));
  return { rules, unmatched: together(pairs).slice(0, limit) };
}

/** The channel that an arrival would have, and why. */
export function tryChannel({ kind = "visit", ...stated }: ArrivalToTry, settings: ChannelSettings): ChannelDecision {
  const present = Object.entries(stated).filter(([, value]) => value !== undefined);
  const { signals, rule, because } = decide({ kind, ...Object.fromEntries(present) }, groupingOf(settings));
  const found = Object.entries({ ...signals, clicks: signals.clicks.join(",") }).flatMap(
    ([signal, value]): [string, string | boolean][] =>
      value === null || value === "" || value === false ? [] : [[signal, value]],
  );
  return { channel: rule?.channel ?? null, rule: rule?.id ?? null, because, found: Object.fromEntries(found) };
}
