import type { Aggregate } from "./measure.ts";
import type { Plan } from "./plan.ts";

/** The parts of a plan that follow rows of a cohort: all that entered, and those of them that got somewhere. */
export interface Followed {
  readonly all: readonly [part: string, measure: Aggregate];
  readonly reached: readonly [part: string, measure: Aggregate];
}

/** The count of every row that entered, beside a part that follows the same rows further; undefined where no part has the rows. */
export function followed(plan: Pick<Plan, "parts">): Followed | undefined {
  const parts = Object.entries(plan.parts).flatMap(([part, measure]) =>
    measure.kind === "aggregate" ? [[part, measure] as const] : [],
  );
  for (const reached of parts.filter(([, measure]) => measure.reached !== undefined)) {
    const all = parts.find(
      ([, { table, at, reached: further, function: takes }]) =>
        takes === "count" && further === undefined && table.name === reached[1].table.name && at === reached[1].at,
    );
    if (all !== undefined) return { all, reached };
  }
  return undefined;
}
