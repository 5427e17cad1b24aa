import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import { instant, integer, money, oneOf, required, table, text } from "../../engine/table.ts";
import { looksAt, plainEvents } from "../mql/events.ts";
import { leadTouches } from "../mql/lead-touches.ts";
import { fitColumns } from "../mql/rule.ts";
import { scoreEvents, scoreTables } from "../mql/scores.ts";
import type { DerivationRules } from "./rules.ts";
import { survivors } from "./survivor.ts";

/**
 * Each lead that the company's rule makes an MQL, at the first instant at which it does: why, by which version of the rule, and
 * with which touch; where points did it, how many there were then, those of fit included. Where a lead does two things at one
 * instant, a raised hand goes before points, and points before the stage.
 */
export const qualification = table("qualification", {
  key: ["lead_id"],
  columns: {
    lead_id: required(text),
    qualified_at: required(instant),
    reason: required(oneOf("hand_raise", "score", "stage")),
    definition: required(integer),
    score: money,
    fit: integer,
    touch_id: text,
  },
});

const candidates = sql`candidate AS (SELECT lead_id, created_at, ${join(fitColumns.map(name), ", ")}
    FROM lead ANTI JOIN survivor USING (lead_id) WHERE known_to IS NULL)`;

/** One row per lead that is an MQL by the rule, as the facts stand now; each instant is judged by the version in force then. */
export function qualificationRows({ mql, stages, zone }: DerivationRules, day: (instant: Sql) => Sql): Sql {
  const among = looksAt(mql);
  const scored = mql
    .map((inForce, place) => ({ inForce, place }))
    .filter(({ inForce }) => inForce.rule.threshold !== null);
  const tables = [
    survivors,
    candidates,
    ...(among === undefined ? [] : [leadTouches(among)]),
    ...scored.map(({ inForce, place }) => scoreTables(inForce, place, zone)),
  ];
  const events = [
    ...mql.flatMap((inForce) => plainEvents(inForce, stages.mql, zone)),
    ...scored.map(({ inForce, place }) => scoreEvents(inForce, place)),
  ];
  const first = sql`SELECT *, row_number() OVER (PARTITION BY lead_id ORDER BY judged_at, reason, touch_id) AS nth
    FROM (${join(events, " UNION ALL ")}) SEMI JOIN candidate USING (lead_id)`;
  return sql`WITH ${join(tables, ",\n  ")}
  SELECT lead_id, judged_at AS qualified_at, ${day(raw("judged_at"))} AS qualified_on, reason, definition, score, fit, touch_id
  FROM (${first}) WHERE nth = 1`;
}
