import leven from "leven";
import type { Question } from "../contract/question.ts";
import { Problem } from "../engine/problem.ts";
import type { Indicator, RevenueBasis, Variant } from "../indicators/definition.ts";
import type { Context, Note } from "./draft.ts";

/** The name that was probably meant, for remedies. */
export const nearest = (wanted: string, names: readonly string[]): string | undefined =>
  names
    .toSorted((a, b) => leven(wanted, a) - leven(wanted, b))
    .find((each) => leven(wanted, each) <= Math.max(2, each.length / 3));

const suggestion = (wanted: string, names: readonly string[]): string => {
  const meant = nearest(wanted, names);
  return `${meant === undefined ? "" : `did you mean ${meant}? `}use one of ${names.join(", ")}`;
};

export function findIndicator(id: string, indicators: readonly Indicator[]): Indicator {
  const found = indicators.find((each) => each.id === id);
  if (found !== undefined) return found;
  const ids = indicators.map((each) => each.id);
  throw new Problem("unknown-indicator", `no indicator is named ${id}`, suggestion(id, ids), { indicator: id });
}

/** Which money counts as revenue here, and a note where nobody decided it. */
export function revenueBasis({ settings, ledger }: Pick<Context, "settings" | "ledger">): {
  basis: RevenueBasis;
  notes: Note[];
} {
  if (settings.revenue !== undefined)
    return { basis: settings.revenue === "bookings" ? "bookings" : "revenue", notes: [] };
  if ((ledger.rows["revenue"] ?? 0) > 0 || (ledger.rows["deal"] ?? 0) === 0) return { basis: "revenue", notes: [] };
  const message =
    "no revenue rows are loaded, so won deals (bookings) are counted; set `revenue: bookings` in embudo.yaml to confirm";
  return { basis: "bookings", notes: [{ code: "revenue-from-bookings", message }] };
}

export function findVariant(
  indicator: Indicator,
  question: Question,
  context: Context,
): { variant: Variant; notes: Note[] } {
  const { basis, notes } = revenueBasis(context);
  const offered = indicator.variants.filter((each) => each.basis === undefined || each.basis === basis);
  const variant = question.variant === undefined ? offered[0] : offered.find((each) => each.id === question.variant);
  if (variant !== undefined) return { variant, notes: variant.basis === undefined ? [] : notes };
  const ids = offered.map((each) => each.id);
  throw new Problem(
    "unknown-variant",
    `${indicator.id} has no variant ${question.variant}`,
    suggestion(question.variant ?? "", ids),
    { indicator: indicator.id, variant: question.variant ?? "" },
  );
}
