import type { Model, ModelRules } from "../../methods/attribution/model.ts";
import { shareOf } from "../../methods/attribution/shares.ts";
import { join, name, raw, runnable, sql, type Sql } from "../../engine/sql.ts";

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
 * The steps of `journey` that count, as `counted`. `journey` has a number `nr` per outcome, the `step` (0 for what was recorded),
 * `touched_at`, `credited_at`, `seen`, `channel`, `before_lead` and `before_opportunity`.
 */
export function countedCte({ lookBackDays, views = false, directYields = false }: Counted): Sql {
  const counts = [
    raw("step > 0"),
    ...(views ? [] : [raw("NOT seen")]),
    ...(lookBackDays === undefined ? [] : [sql`touched_at > credited_at - to_days(CAST(${lookBackDays} AS INTEGER))`]),
  ];
  const others = directYields
    ? raw("\n    QUALIFY channel <> 'direct' OR NOT bool_or(channel <> 'direct') OVER (PARTITION BY nr)")
    : raw("");
  return sql`counted AS (SELECT * FROM journey WHERE ${join(counts, " AND ")}${others})`;
}

/** The places of a step that weights may go by; those that are found by its number among the steps come after it. */
const places = {
  steps: "count(*) OVER way",
  of_channel: "count(*) OVER (PARTITION BY nr, channel)",
  last_indirect: "max(nth) FILTER (channel <> 'direct') OVER way",
  lead_nth: "max(nth) FILTER (before_lead) OVER way",
  opportunity_nth: "max(nth) FILTER (before_opportunity) OVER way",
  age: "epoch_us(max(touched_at) OVER way) - epoch_us(touched_at)",
} as const;

const isRead = (place: string, weights: readonly Sql[]): boolean =>
  weights.some((weight) => new RegExp(`\\b${place}\\b`).test(runnable(weight)));

/** The steps of `counted` with those places that the weights read: each is another pass over all journeys. */
function placedCte(weights: readonly Sql[]): Sql {
  const read = Object.entries(places).filter(([place]) => isRead(place, weights));
  const numbered = ["nth", ...read.filter(([, window]) => window.includes("nth")).map(([place]) => place)];
  const nth = numbered.some((place) => isRead(place, weights));
  const found = read.map(([place, window]) => raw(`, ${window} AS ${place}`));
  return sql`numbered_step AS (SELECT *${raw(nth ? ", row_number() OVER (PARTITION BY nr ORDER BY step) AS nth" : "")} FROM counted),
  placed AS (SELECT nr, step${raw(nth ? ", nth" : "")}${join(found, "")} FROM numbered_step WINDOW way AS (PARTITION BY nr))`;
}

/** What was recorded has all of an outcome that no step of `others` has anything of. */
export const recordedAll = (others: string, columns: readonly Sql[]): Sql =>
  sql`SELECT nr, 0 AS step, ${join(columns, ", ")} FROM journey ANTI JOIN ${name(others)} USING (nr) WHERE step = 0`;

/** Expressions that end in `shared`: the share of each step of `journey` that has one, under each model. */
export function dividedCtes(models: readonly Model[], rules: ModelRules, counted: Counted): Sql {
  const weights = models.map((each) => each.weight(rules));
  const named = models.map(({ id }, i) => sql`${weights[i] ?? raw("NULL")} AS ${name(id)}`);
  const shares = models.map(
    ({ id, single }) => sql`${single ? name(id) : shareOf(name(id), "nr", "step")} AS ${name(id)}`,
  );
  return sql`${countedCte(counted)},
  ${placedCte(weights)},
  weighed AS (SELECT nr, step, ${join(named, ", ")} FROM placed),
  shared AS (
    SELECT nr, step, ${join(shares, ", ")} FROM weighed
    UNION ALL
    ${recordedAll(
      "weighed",
      models.map(({ id }) => sql`1 AS ${name(id)}`),
    )})`;
}
