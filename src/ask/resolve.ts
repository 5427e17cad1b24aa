import type { Question } from "../contract/question.ts";
import { suggestion } from "../engine/nearest.ts";
import { Problem } from "../engine/problem.ts";
import type { Indicator, RevenueBasis, Variant } from "../indicators/definition.ts";
import type { Context, Note } from "./draft.ts";

/** What the trade calls indicators for short, for remedies. */
const tradeShort: Readonly<Record<string, string>> = {
  cac: "customer-acquisition-cost",
  cpl: "cost-per-lead",
  ltv: "lifetime-value",
  mql: "marketing-qualified-leads",
  mqls: "marketing-qualified-leads",
  retention: "customer-retention",
  revenue: "sales-revenue",
  roi: "marketing-roi",
  sql: "sales-qualified-leads",
  sqls: "sales-qualified-leads",
};

export function findIndicator(id: string, indicators: readonly Indicator[]): Indicator {
  const found = indicators.find((each) => each.id === id);
  if (found !== undefined) return found;
  const ids = indicators.map((each) => each.id);
  const meant = tradeShort[id.toLowerCase()];
  const remedy = suggestion(meant !== undefined && ids.includes(meant) ? meant : id, ids);
  throw new Problem("unknown-indicator", `no indicator is named ${id}`, remedy, { indicator: id });
}

/** The context with what the company settles for one indicator differently than for all. */
export const settledFor = (indicator: Indicator, context: Context): Context => ({
  ...context,
  settings: { ...context.settings, ...indicator.settings },
});

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
  const { basis, notes } = revenueBasis(settledFor(indicator, context));
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
