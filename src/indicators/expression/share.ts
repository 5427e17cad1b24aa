import type { Aggregate, Measure } from "../../engine/measure.ts";
import { isDeepStrictEqual } from "node:util";
import type { Predicate } from "../../engine/table.ts";
import type { Clock } from "../definition.ts";

/** The condition that holds for exactly the rows for which this one does not; undefined where there is none. */
function opposite({ test, ...rest }: Predicate): Predicate | undefined {
  switch (test.kind) {
    case "in":
      return { ...rest, test: { kind: "not-in", values: test.values } };
    case "not-in":
      return { ...rest, test: { kind: "in", values: test.values } };
    case "null":
      return { ...rest, test: { kind: "present" } };
    case "present":
      return { ...rest, test: { kind: "null" } };
    case "positive":
      return undefined;
  }
}

const listed = ({ test }: Predicate): readonly string[] | undefined =>
  "values" in test && !("setting" in test.values) ? test.values : undefined;

/** Whether every row for which `narrow` holds is one for which `wide` does. */
function implies(narrow: Predicate, wide: Predicate): boolean {
  if (narrow.on !== wide.on || narrow.name !== wide.name) return false;
  if (isDeepStrictEqual(narrow, wide)) return true;
  const [some, others] = [listed(narrow), listed(wide)];
  if (narrow.test.kind !== "in") return false;
  if (wide.test.kind === "present") return true;
  if (some === undefined || others === undefined) return false;
  if (wide.test.kind === "in") return some.every((each) => others.includes(each));
  return wide.test.kind === "not-in" && !some.some((each) => others.includes(each));
}

const within = (part: readonly Predicate[], whole: readonly Predicate[]): boolean =>
  whole.every((wide) => part.some((narrow) => implies(narrow, wide)));

function isPart(part: Aggregate, whole: Aggregate, clock: Clock): boolean {
  const follows = part.reached === whole.reached || (whole.reached === undefined && clock === "cohort");
  return part.function === "count" && whole.function === "count" && part.at === whole.at && follows;
}

/** Whether a ratio is a share: both count rows of one table, and each row of the numerator is one of the denominator's. */
export function isShare(part: Measure, whole: Measure, clock: Clock): boolean {
  if (part.table.name !== whole.table.name || !within(part.where, whole.where)) return false;
  if (part.kind === "aggregate") return whole.kind === "aggregate" && isPart(part, whole, clock);
  const kept = part.of === "retained" || part.of === "kept";
  return (
    whole.kind === "balance" &&
    part.function === "count" &&
    whole.function === "count" &&
    kept &&
    whole.of === "opening"
  );
}

/** The rows of the denominator of a share that are not in its numerator, where one condition tells them apart. */
export function leftOut(part: Measure, whole: Measure): Measure[] {
  if (part.kind !== "aggregate" || whole.kind !== "aggregate") return [];
  const apart = part.where.filter((each) => !whole.where.some((wide) => isDeepStrictEqual(wide, each)));
  const reached: Predicate[] =
    part.reached === undefined || part.reached === whole.reached
      ? []
      : [{ on: "column", name: part.reached, test: { kind: "present" } }];
  const [only, ...more] = [...apart, ...reached];
  const against = only && opposite(only);
  return against === undefined || more.length > 0 ? [] : [{ ...whole, where: [...whole.where, against] }];
}
