import type { Connection } from "../../engine/database.ts";
import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import { longestMemory } from "../../methods/attribution/journeys.ts";
import type { Ways } from "../../methods/attribution/markov-credit.ts";
import { journeysTo } from "./asked-journeys.ts";
import { seenOnly } from "./credit.ts";
import { countedCte, type Counted } from "./divided.ts";
import { touchIsOf } from "./lead-people.ts";
import type { Outcome } from "./outcomes.ts";

const remembered = Array.from({ length: longestMemory }, (_, i) => `before_${longestMemory - i}`);

/**
 * The steps of the journeys of `from`, told apart by `holder` and ordered by `order`: which channels came before each, which came,
 * and at the end that nothing did. Windows may grow beyond memory, which lists of channels may not.
 */
function walked(from: string, order: string, converted: boolean): Sql {
  const lags = remembered.map((column, i) => raw(`lag(channel, ${longestMemory - i}) OVER way AS ${column}`));
  const last = [...remembered.slice(1), "channel"].map((column, i) => raw(`${column} AS ${remembered[i] ?? ""}`));
  return sql`${name(`${from}_step`)} AS (
    SELECT ${join(lags, ", ")}, channel, lead(channel) OVER way IS NULL AS ends FROM ${name(from)}
    WINDOW way AS (PARTITION BY holder ORDER BY ${raw(order)})),
  ${name(`${from}_walked`)} AS (
    SELECT ${join(remembered.map(raw), ", ")}, channel, false AS converted FROM ${name(`${from}_step`)}
    UNION ALL
    SELECT ${join(last, ", ")}, NULL, ${raw(String(converted))} FROM ${name(`${from}_step`)} WHERE ends)`;
}

interface Read {
  readonly outcome: Outcome;
  readonly counted: Counted;
  readonly believed: (alias: Sql) => Sql;
}

/**
 * How journeys to outcomes of a kind went, and those of people whose touches led to none: the channels before a step
 * (`before_3` to `before_1`, oldest first, null where there were fewer), the `channel` that came, null at the end, whether it
 * `converted`, and how many (`n`) did so.
 */
function stepsTo({ outcome, counted, believed }: Read): Sql {
  const kinds = counted.views === true ? raw("true") : sql`kind NOT IN ${seenOnly}`;
  const others =
    counted.directYields === true
      ? raw("\n    QUALIFY channel <> 'direct' OR NOT bool_or(channel <> 'direct') OVER (PARTITION BY holder)")
      : raw("");
  return sql`WITH ${journeysTo(outcome, believed)},
  ${countedCte(counted)},
  won AS (SELECT nr AS holder, step, channel FROM counted),
  held AS MATERIALIZED (
    SELECT hash(holder) AS holder, channel, occurred_at, touch_id FROM (
      SELECT CASE WHEN NOT coalesce(person.shared, false) THEN coalesce(person.person_id, touch.visitor) END AS holder,
        touch.channel, occurred_at, touch_id
      FROM touch LEFT JOIN person ON ${touchIsOf} AND ${believed(raw("person"))}
      WHERE ${believed(raw("touch"))} AND touch.channel IS NOT NULL AND ${kinds})
    WHERE holder IS NOT NULL),
  led AS (SELECT holder FROM held SEMI JOIN journey USING (touch_id)),
  other AS (SELECT * FROM held ANTI JOIN led USING (holder)${others}),
  ${walked("won", "step", true)},
  ${walked("other", "occurred_at, touch_id", false)}
SELECT ${join(remembered.map(raw), ", ")}, channel, converted, count(*) AS n
FROM (FROM won_walked UNION ALL FROM other_walked) GROUP BY ALL ORDER BY ALL`;
}

/** The channels that journeys to outcomes of a kind met, as a JSON list in their order (`channels`), and how many met them (`n`). */
const channelsTo = ({ outcome, counted, believed }: Read): Sql => sql`WITH ${journeysTo(outcome, believed)},
  ${countedCte(counted)},
  met AS (SELECT list_sort(list(DISTINCT channel)) AS channels FROM counted GROUP BY nr)
SELECT CAST(to_json(channels) AS VARCHAR) AS channels, count(*) AS n FROM met GROUP BY channels ORDER BY channels`;

/** Milliseconds: more than a question may take, as what is found counts for all questions until the next load. */
const deadline = 20 * 60_000;

/** Reads how all journeys to outcomes of a kind went. */
export async function waysTo(connection: Connection, read: Read): Promise<Ways> {
  const steps = await connection.rows(stepsTo(read), { deadline });
  const sets = await connection.rows(channelsTo(read), { deadline });
  return {
    steps: steps.map((row) => ({
      after: remembered.flatMap((column) => (row[column] == null ? [] : [String(row[column])])),
      to: row["channel"] == null ? null : String(row["channel"]),
      converted: row["converted"] === true,
      count: Number(row["n"]),
    })),
    sets: sets.map(({ channels, n }) => ({
      channels: JSON.parse(String(channels)) as string[],
      conversions: Number(n),
    })),
  };
}
