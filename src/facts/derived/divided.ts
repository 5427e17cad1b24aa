import type { Model, ModelRules } from "../../methods/attribution/model.ts";
import { shareOf } from "../../methods/attribution/shares.ts";
import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";

/** Which steps of a journey earn credit. */
export interface Counted {
  /** Only touches within so many days before the outcome; all that the journey holds where left out. */
  readonly lookBackDays?: number;
  /** Whether what was only seen earns too. */
  readonly views?: boolean;
  /** Whether direct touches earn nothing where the journey has others. */
  readonly directYields?: boolean;
}

/**
 * The steps of `journey` that count, with the places that models go by. `journey` has a number `nr` (or name) per outcome, the
 * `step` (0 for what was recorded), `touched_at`, `credited_at`, `seen`, `channel`, `before_lead` and `before_opportunity`.
 */
export function placedCte({ lookBackDays, views = false, directYields = false }: Counted): Sql {
  const counts = [
    raw("step > 0"),
    ...(views ? [] : [raw("NOT seen")]),
    ...(lookBackDays === undefined ? [] : [sql`touched_at > credited_at - to_days(CAST(${lookBackDays} AS INTEGER))`]),
  ];
  const others = directYields
    ? raw("\n    QUALIFY channel <> 'direct' OR NOT bool_or(channel <> 'direct') OVER (PARTITION BY nr)")
    : raw("");
  return sql`counted AS (SELECT * FROM journey WHERE ${join(counts, " AND ")}${others}),
  numbered_step AS (SELECT *, row_number() OVER (PARTITION BY nr ORDER BY step) AS nth FROM counted),
  placed AS (
    SELECT nr, step, nth, channel, count(*) OVER way AS steps, count(*) OVER (PARTITION BY nr, channel) AS of_channel,
      max(nth) FILTER (channel <> 'direct') OVER way AS last_indirect, max(nth) FILTER (before_lead) OVER way AS lead_nth,
      max(nth) FILTER (before_opportunity) OVER way AS opportunity_nth,
      epoch_us(max(touched_at) OVER way) - epoch_us(touched_at) AS age
    FROM numbered_step WINDOW way AS (PARTITION BY nr))`;
}

/** What was recorded has all of an outcome that no step of `others` has anything of. */
export const recordedAll = (others: string, columns: readonly Sql[]): Sql =>
  sql`SELECT nr, 0 AS step, ${join(columns, ", ")} FROM journey ANTI JOIN ${name(others)} USING (nr) WHERE step = 0`;

/** Expressions that end in `shared`: the share of each step of `journey` that has one, under each model. */
export function dividedCtes(models: readonly Model[], rules: ModelRules, counted: Counted): Sql {
  const weights = models.map((each) => sql`${each.weight(rules)} AS ${name(each.id)}`);
  const shares = models.map(({ id, single }) => sql`${single ? name(id) : shareOf(name(id), "nr")} AS ${name(id)}`);
  return sql`${placedCte(counted)},
  weighed AS (SELECT nr, step, nth, ${join(weights, ", ")} FROM placed),
  shared AS (
    SELECT nr, step, ${join(shares, ", ")} FROM weighed
    UNION ALL
    ${recordedAll(
      "weighed",
      models.map(({ id }) => sql`1 AS ${name(id)}`),
    )})`;
}
