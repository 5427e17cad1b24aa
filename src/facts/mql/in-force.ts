import { join, raw, sql, typed, type Sql } from "../../engine/sql.ts";
import type { Day } from "../../engine/time.ts";
import type { RuleInForce } from "./rule.ts";

/** The first instant (a TIMESTAMP of UTC) of a day of a zone. */
export const startOfDay = (day: Day, zone: string): Sql => {
  const begins = sql`CAST(${typed(day, "DATE")} AS TIMESTAMP)`;
  return zone === "UTC" ? begins : sql`timezone('UTC', timezone(${zone}, ${begins}))`;
};

/** Whether an instant is one at which this version of the rule judges. */
export function judgesAt({ from, to }: RuleInForce, instant: Sql, zone: string): Sql {
  const edges = [
    ...(from === null ? [] : [sql`${instant} >= ${startOfDay(from, zone)}`]),
    ...(to === null ? [] : [sql`${instant} < ${startOfDay(to, zone)}`]),
  ];
  return edges.length === 0 ? raw("true") : join(edges, " AND ");
}
