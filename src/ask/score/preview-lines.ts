import type { PreviewLine } from "../../contract/score.ts";
import type { Database } from "../../engine/database.ts";
import { raw, sql, type Sql } from "../../engine/sql.ts";
import { survivors } from "../../facts/derived/survivor.ts";
import { leadFits } from "../../facts/mql/conditions.ts";
import { conditionsOf, fitConditions, fitInWords, lineInWords, type Condition } from "../../facts/mql/in-words.ts";
import { leadTouches } from "../../facts/mql/lead-touches.ts";
import { earned, worths } from "../../facts/mql/points.ts";
import type { RuleInForce } from "../../facts/mql/rule.ts";

/** Those of the range whom points made MQLs by the rule: `lead_id`, `judged_at`, `score`. */
const scored = ({
  version,
}: RuleInForce): Sql => sql`SELECT lead_id, qualified_at AS judged_at, score FROM qualification
    WHERE known_to IS NULL AND reason = 'score' AND definition = ${version}
      AND lead_id IN (SELECT lead_id FROM previewed WHERE mql_after IS NOT NULL AND reason_after = 'score')`;

const measured = (threshold: number | null): Sql =>
  sql`count(*) AS leads, coalesce(avg(worth), 0) AS points, count(*) FILTER (score - worth < ${threshold}) AS decisive`;

type Measured = Pick<PreviewLine, "leads" | "points" | "decisive">;

/** What each line gave at the instants at which points made MQLs. */
async function asked(database: Database, query: Sql): Promise<Map<number, Measured>> {
  const rows = await database.use((connection) => connection.rows(query));
  return new Map(
    rows.map((row) => [
      Number(row["line"]),
      { leads: Number(row["leads"]), points: Number(row["points"]), decisive: Number(row["decisive"]) },
    ]),
  );
}

function behaviour(inForce: RuleInForce): Sql {
  const { rule } = inForce;
  return sql`WITH ${survivors}, ${leadTouches(raw("true"))}, scored AS MATERIALIZED (${scored(inForce)}),
    earned_rows AS (${earned(rule)}),
    by_line AS (
      SELECT lead_id, line, sum(worth) AS worth FROM (${worths(rule, raw("scored"), raw("earned_rows"))}) GROUP BY lead_id, line)
    SELECT line, ${measured(rule.threshold)} FROM by_line JOIN scored USING (lead_id) GROUP BY line`;
}

const fit = (inForce: RuleInForce, place: number): Sql => {
  const line = inForce.rule.fit[place];
  if (line === undefined) throw new Error("no such line");
  return sql`SELECT ${place} AS line, ${measured(inForce.rule.threshold)} FROM (
      SELECT score, CAST(${line.points} AS DECIMAL(18,6)) AS worth FROM (${scored(inForce)}) AS scored
      JOIN lead ON lead.known_to IS NULL AND lead.lead_id = scored.lead_id WHERE ${leadFits(line)})`;
};

const told = (conditions: readonly Condition[]): PreviewLine["asks"] =>
  conditions.map(({ name, values }) => ({ name, values: [...values] }));

const none: Measured = { leads: 0, points: 0, decisive: 0 };

/** Every line of the rule: how many of the MQLs that points made earn by it, how much on average, and how many would not be one without it. */
export async function linesOf(database: Database, inForce: RuleInForce): Promise<PreviewLine[]> {
  const { rule } = inForce;
  if (rule.threshold === null) return [];
  const lines: PreviewLine[] = [];
  for (const [place, line] of rule.fit.entries())
    lines.push({
      part: "fit",
      line: place + 1,
      says: fitInWords(line),
      asks: told(fitConditions(line)),
      atMost: null,
      ...((await asked(database, fit(inForce, place))).get(place) ?? none),
    });
  const earning = rule.behaviour.length === 0 ? new Map<number, Measured>() : await asked(database, behaviour(inForce));
  return [
    ...lines,
    ...rule.behaviour.map((line, place): PreviewLine => ({
      part: "behaviour",
      line: place + 1,
      says: lineInWords(line),
      asks: told(conditionsOf(line)),
      atMost: line.atMost,
      ...(earning.get(place) ?? none),
    })),
  ];
}
