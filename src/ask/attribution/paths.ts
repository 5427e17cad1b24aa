import type { MetPath } from "../../contract/attribution.ts";
import { duckdb } from "../../engine/dialect.ts";
import { believed } from "../../engine/relation.ts";
import { raw, sql, typed } from "../../engine/sql.ts";
import type { Range } from "../../engine/time.ts";
import type { Outcome } from "../../facts/derived/outcomes.ts";
import type { Store } from "../store.ts";

const most = 10;

/** The channels that people met most often on their way to an outcome of these days; the same one twice in a row is once. */
export async function commonPaths(outcome: Outcome, { from, to }: Range, store: Store): Promise<MetPath[]> {
  const query = sql`WITH step AS (
      SELECT outcome_id, step, channel FROM credit
      WHERE ${believed(raw("credit"), store.ledger, duckdb)} AND outcome = ${outcome} AND touch_id IS NOT NULL AND NOT seen
        AND credited_on >= ${typed(from, "DATE")} AND credited_on < ${typed(to, "DATE")}
      QUALIFY channel IS DISTINCT FROM lag(channel) OVER (PARTITION BY outcome_id ORDER BY step)),
    path AS (SELECT outcome_id, list(channel ORDER BY step) AS channels FROM step GROUP BY outcome_id)
    SELECT to_json(channels) AS channels, count(*) AS n FROM path GROUP BY 1 ORDER BY n DESC, channels LIMIT ${most}`;
  const rows = await store.ledger.remembered(`paths ${outcome} ${from} ${to}`, () =>
    store.database.use((connection) => connection.rows(query)),
  );
  return rows.map((row) => ({ channels: JSON.parse(String(row["channels"])) as string[], n: Number(row["n"]) }));
}
