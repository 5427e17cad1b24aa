import type { Row } from "../../contract/answer.ts";
import type { SpendAudit, SpendAuditRequest } from "../../contract/spend-audit.ts";
import type { Connection, Database, Tuple } from "../../engine/database.ts";
import { raw, sql, typed, type Sql } from "../../engine/sql.ts";
import type { Range } from "../../engine/time.ts";
import { campaignNames, withCampaignIds } from "../../facts/derived/campaign-alias.ts";
import { answer } from "../answer.ts";
import type { Context } from "../draft.ts";
import { campaignNamesOf } from "./names.ts";

const text = (cell: Tuple[string] | undefined): string | null => (cell == null ? null : String(cell));

const within = (day: string, { from, to }: Range): Sql =>
  sql`known_to IS NULL AND campaign IS NOT NULL AND ${raw(day)} >= ${typed(from, "DATE")} AND ${raw(day)} < ${typed(to, "DATE")}`;

/** How many touches and leads of the days name each campaign, by its id. */
const namedBy = (range: Range): Sql => sql`SELECT campaign, channel, sum(touches) AS touches, sum(leads) AS leads
  FROM (${withCampaignIds(sql`SELECT campaign, channel, 1 AS touches, 0 AS leads FROM touch WHERE ${within("occurred_on", range)}
    UNION ALL SELECT campaign, channel, 0, 1 FROM lead WHERE ${within("created_on", range)}`)})
  GROUP BY campaign, channel ORDER BY touches DESC, leads DESC, campaign, channel`;

const ambiguous = sql`WITH ${campaignNames}
  SELECT alias, to_json(list(DISTINCT campaign ORDER BY campaign)) AS campaigns FROM named GROUP BY alias HAVING count(DISTINCT campaign) > 1`;

const renamings = raw(`SELECT campaign, campaign_name AS name, min(day) AS first, max(day) AS last FROM spend
  WHERE known_to IS NULL AND campaign IS NOT NULL AND campaign_name IS NOT NULL
  GROUP BY campaign, campaign_name QUALIFY count(*) OVER (PARTITION BY campaign) > 1 ORDER BY campaign, first, name`);

async function unpaidOf(named: readonly Tuple[], connection: Connection): Promise<SpendAudit["unpaid"]> {
  const paid = new Set(
    (await connection.rows(raw("SELECT DISTINCT campaign FROM spend WHERE known_to IS NULL"))).map(
      (row) => row["campaign"],
    ),
  );
  const meant = new Map(
    (await connection.rows(ambiguous)).map((row) => [
      String(row["alias"]),
      JSON.parse(String(row["campaigns"])) as string[],
    ]),
  );
  return named
    .filter((row) => !paid.has(row["campaign"] ?? null))
    .map((row) => ({
      campaign: String(row["campaign"]),
      channel: text(row["channel"]),
      touches: Number(row["touches"]),
      leads: Number(row["leads"]),
      meant: meant.get(String(row["campaign"])) ?? [],
    }));
}

function renamedOf(rows: readonly Tuple[]): SpendAudit["renamed"] {
  const named = Map.groupBy(rows, (row) => String(row["campaign"]));
  return [...named].map(([campaign, names]) => ({
    campaign,
    names: names.map((row) => ({ name: String(row["name"]), from: String(row["first"]), to: String(row["last"]) })),
  }));
}

const cents = (amount: number): number => Math.round(amount * 1e6) / 1e6 + 0;
const sumOf = (rows: readonly Row[]): number => cents(rows.reduce((sum, row) => sum + (row.parts["spend"] ?? 0), 0));

/** Spend that no touch or lead matches, campaigns of touches and leads without spend, and campaigns that were renamed. */
export async function spendAudit(
  request: SpendAuditRequest,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<SpendAudit> {
  const spent = await answer(
    { indicator: "spend", variant: "all", by: ["campaign", "channel"], ...request },
    context,
    database,
    signal,
  );
  const { from = "", to = "" } = spent.question;
  const names = await campaignNamesOf({ asOf: undefined }, context.ledger, database);
  const { named, unpaid, renamed } = await database.use(async (connection) => {
    const found = await connection.rows(namedBy({ from, to }));
    return { named: found, unpaid: await unpaidOf(found, connection), renamed: await connection.rows(renamings) };
  });
  const met = new Set(named.map((row) => row["campaign"]));
  const ofChannels = spent.rows.filter(({ key }) => key["channel"] != null || key["campaign"] != null);
  const unmatched = ofChannels.filter(({ key, parts }) => parts["spend"] !== 0 && !met.has(key["campaign"] ?? null));
  return {
    from,
    to,
    currency: context.settings.currency,
    spend: spent.total.parts["spend"] ?? 0,
    ofChannels: sumOf(ofChannels),
    unmatchedSpend: sumOf(unmatched),
    unmatched: unmatched.map(({ key, parts }) => ({
      campaign: key["campaign"] ?? null,
      name: names[key["campaign"] ?? ""] ?? null,
      channel: key["channel"] ?? null,
      amount: parts["spend"] ?? 0,
    })),
    unpaid,
    renamed: renamedOf(renamed),
  };
}
