import type { AttributedRow, Attribution } from "../../contract/attribution.ts";

/** What is robust, of those who bring back more or less than they cost, what is not proven, and what depends on the model. */
export interface Agreed {
  readonly gains: readonly string[];
  readonly loses: readonly string[];
  readonly unproven: readonly string[];
  readonly depends: readonly string[];
}

/** The values with costs by their verdict, the costliest first; one that robustly breaks even is in none. */
export function agreedOn({ rows }: Pick<Attribution, "rows">): Agreed {
  const named = (is: (row: AttributedRow) => boolean) =>
    rows.filter(is).flatMap(({ name }) => (name === null ? [] : [name]));
  return {
    gains: named(({ verdict, range }) => verdict === "robust" && (range?.low ?? 0) > 0),
    loses: named(({ verdict, range }) => verdict === "robust" && (range?.high ?? 0) < 0),
    unproven: named(({ verdict }) => verdict === "unproven"),
    depends: named(({ verdict }) => verdict === "contested"),
  };
}
