import type { Explanation } from "../contract/explanation.ts";
import type { Contribution, Mover, Why } from "../contract/why.ts";
import { figure, moved } from "./figures.ts";
import { table, type Column } from "./table.ts";

type Figures = Pick<Explanation["indicator"], "unit" | "currency">;

const effects = ["volume", "rate", "mix"] as const;
const sureness = (certain: boolean | null): string =>
  certain === null ? "" : certain ? "more than noise" : "may be noise";

/** Contributions as a table, each under the columns that say something. */
function contributionTable(
  first: readonly Column[],
  lines: readonly { readonly head: readonly string[]; readonly of: Contribution }[],
  { unit, currency }: Figures,
): string {
  const used = effects.filter((effect) => lines.some(({ of }) => of[effect] !== 0));
  const columns = [
    ...first,
    ...["before", "after", "n", ...used, "total"].map((title) => ({ title, right: true })),
    { title: "its own change" },
  ];
  const rows = lines.map(({ head, of }) => [
    ...head,
    figure(of.before, unit, currency),
    figure(of.after, unit, currency),
    of.n.map((n) => figure(n, "count", null)).join(" → "),
    ...used.map((effect) => moved(of[effect], unit, currency)),
    moved(of.total, unit, currency),
    sureness(of.certain),
  ]);
  return table(columns, rows);
}

/** Why a number changed, as lines of a terminal. */
export function whyInLines(why: Why, figures: Figures): string[] {
  const { unit, currency } = figures;
  const { difference, remainder } = why;
  const sums = effects
    .filter((effect) => why[effect] !== 0)
    .map((effect) => `${effect} ${moved(why[effect], unit, currency)}`);
  const rest = remainder === 0 ? [] : [`not of the segments ${moved(remainder, unit, currency)}`];
  const lines = why.contributions.map((of) => ({ head: [of.key ?? "(none)"], of }));
  return [
    `Why it changed, by ${why.by}: ${figure(why.before.value, unit, currency)} → ${figure(why.after.value, unit, currency)} (${moved(difference, unit, currency)}${why.certain === null ? "" : `, ${sureness(why.certain)}`})`,
    ...(sums.length + rest.length === 0 ? [] : [[...sums, ...rest].join(", ")]),
    contributionTable([{ title: why.by }], lines, figures),
    "",
  ];
}

/** The biggest movers of all dimensions, as lines of a terminal. */
export function moversInLines(movers: readonly Mover[] | null, figures: Figures): string[] {
  if (movers === null) return [];
  if (movers.length === 0) return ["Biggest movers: no segment's own change is more than noise", ""];
  const lines = movers.map((of) => ({ head: [of.by, of.key ?? "(none)"], of }));
  return [
    "Biggest movers, of all dimensions",
    contributionTable([{ title: "dimension" }, { title: "value" }], lines, figures),
    "",
  ];
}
