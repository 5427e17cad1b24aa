import type { Attribution } from "../../contract/attribution.ts";

/** What the settings agree on: who brings back more than it costs, who brings back less, and of whom that depends. */
export interface Agreed {
  readonly gains: readonly string[];
  readonly loses: readonly string[];
  readonly depends: readonly string[];
}

/** The values with costs, by what the settings agree on, the costliest first; one that breaks even under all is in none. */
export function agreedOn({ rows }: Pick<Attribution, "rows">): Agreed {
  const named = (is: (low: number, high: number, robust: boolean) => boolean) =>
    rows.flatMap(({ name, range, verdict }) =>
      name !== null && range !== null && verdict !== null && is(range.low, range.high, verdict === "robust")
        ? [name]
        : [],
    );
  return {
    gains: named((low, _high, robust) => robust && low > 0),
    loses: named((_low, high, robust) => robust && high < 0),
    depends: named((_low, _high, robust) => !robust),
  };
}
