import type { Database } from "../../engine/database.ts";
import { duckdb } from "../../engine/dialect.ts";
import { believed } from "../../engine/relation.ts";
import { raw, runnable, sql, type Sql } from "../../engine/sql.ts";
import { addDays } from "../../engine/time.ts";
import { credit, seenOnly } from "../../facts/derived/credit.ts";
import { touchIsOf } from "../../facts/derived/lead-people.ts";
import { lookedUp } from "../conservation/violations.ts";
import type { Context, Draft, Note } from "../draft.ts";

/** The touches that could have been credited in the question's days, if it were known whose they are. */
function sharedTouches({ plan }: Draft, lookBackDays: number): Sql {
  return sql`SELECT count(*) AS n FROM touch JOIN person ON ${touchIsOf} AND person.shared
    WHERE ${believed(raw("touch"), plan, duckdb)} AND ${believed(raw("person"), plan, duckdb)}
      AND touch.channel IS NOT NULL AND touch.kind NOT IN ${seenOnly}
      AND touch.occurred_on >= ${duckdb.day(addDays(plan.range.from, -lookBackDays))} AND touch.occurred_on < ${duckdb.day(plan.range.to)}`;
}

/** A note on answers that touches are credited in, of those that are nobody's in particular: of shared devices. */
export async function uncreditedTouches(draft: Draft, context: Context, database: Database): Promise<Note[]> {
  if (!lookedUp(draft).includes(credit.name)) return [];
  const query = sharedTouches(draft, context.settings.look_back_days);
  const count = await context.ledger.remembered(`shared touches ${runnable(query)}`, () =>
    database.use(async (connection) => Number((await connection.rows(query))[0]?.["n"] ?? 0)),
  );
  if (count === 0) return [];
  const message = `${count} ${count === 1 ? "touch of a shared device is" : "touches of shared devices are"} not credited`;
  return [{ code: "shared-touches", message, count }];
}
