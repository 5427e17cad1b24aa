import type { Catalogue, IndicatorEntry, VariantEntry } from "../../src/contract/catalogue.ts";

const marketing = ["channel", "campaign", "country", "segment"];
const sales = ["rep", "team", "channel", "segment", "product"];

type Formula = readonly [id: string, title: string, unit: VariantEntry["unit"], parts: readonly string[]];

/** The parts of every variant: one is a sum, two are a ratio, and the result of ROI is a return. */
export const formulas: Readonly<Record<string, readonly Formula[]>> = {
  scoreboard: [["on-goal", "On goal", "ratio", ["on_goal", "with_goal"]]],
  "cost-per-lead": [
    ["paid", "Paid", "money", ["spend", "leads"]],
    ["per-mql", "Per MQL", "money", ["spend", "mqls"]],
  ],
  "marketing-qualified-leads": [
    ["count", "Count", "count", ["mqls"]],
    ["rate", "Rate", "ratio", ["mqls", "leads"]],
  ],
  "customer-acquisition-cost": [
    ["loaded", "Loaded", "money", ["costs", "customers"]],
    ["paid", "Paid", "money", ["spend", "customers"]],
  ],
  "customer-retention": [["logo", "Customers", "ratio", ["retained", "at_start"]]],
  "marketing-roi": [
    ["realised", "Realised", "ratio", ["revenue", "costs"]],
    ["roas", "ROAS", "ratio", ["revenue", "spend"]],
  ],
  "sales-qualified-leads": [
    ["count", "Count", "count", ["sqls"]],
    ["rate", "Rate", "ratio", ["sqls", "mqls"]],
  ],
  "win-ratio": [["closed", "Of those closed", "ratio", ["won", "closed"]]],
  "sales-revenue": [
    ["net", "Net", "money", ["revenue"]],
    ["refunds", "Refunds", "money", ["refunds"]],
  ],
  leads: [["count", "Count", "count", ["leads"]]],
  "opportunities-created": [["count", "Count", "count", ["created"]]],
  touches: [["count", "Count", "count", ["touches"]]],
  "demo-requests": [["count", "Count", "count", ["leads"]]],
};

const lower = new Set(["cost-per-lead", "customer-acquisition-cost"]);
const ofSales = new Set([
  "win-ratio",
  "sales-revenue",
  "opportunities-created",
  "sales-qualified-leads",
  "customer-retention",
]);

const dimensionsOf = (id: string): string[] => {
  if (id === "scoreboard") return [];
  return ofSales.has(id) ? sales : marketing;
};

type Definition = Pick<IndicatorEntry, "own" | "owner" | "effective" | "history" | "titles" | "descriptions">;

/** Who answers for an indicator: Embudo, or the company for the one that it made. */
function definitionOf(id: string): Definition {
  const shipped = { own: false, owner: null, effective: null, history: [], titles: {}, descriptions: {} };
  if (id !== "demo-requests") return shipped;
  const version = { owner: "Ana", by: "Ana", own: true };
  return {
    own: true,
    owner: "Ana",
    effective: "2026-08-01",
    history: [
      { ...version, version: 1, effective: null, since: "2026-01-15T10:00:00Z" },
      { ...version, version: 2, effective: "2026-08-01", since: "2026-07-28T16:30:00Z" },
    ],
    titles: { es: "Solicitudes de demo", en: "Demo requests" },
    descriptions: { es: "Quienes piden ver el producto.", en: "Those who ask to see the product." },
  };
}

const entries: IndicatorEntry[] = Object.entries(formulas).map(([id, variants], index) => ({
  id,
  title: `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll("-", " ")}`,
  description: "What an invented company counts.",
  better: lower.has(id) ? "lower" : "higher",
  version: 1,
  ...definitionOf(id),
  nine: index < 9 ? index + 1 : null,
  grains: ["day", "week", "month", "quarter", "year"],
  variants: variants.map(([variant, title, unit, parts]) => ({
    id: variant,
    title,
    unit,
    formula: id === "marketing-roi" && variant === "realised" ? "(revenue − costs) ÷ costs" : parts.join(" ÷ "),
    parts: parts.map((part) => ({ id: part, unit: /spend|cost|revenue|value|mrr/.test(part) ? "money" : "count" })),
    accumulates: unit === "count" || id === "sales-revenue",
    by: dimensionsOf(id),
    clocks: unit === "ratio" && (variant === "rate" || variant === "closed") ? ["period", "cohort"] : ["period"],
  })),
}));

/** The catalogue of the invented company. */
export const catalogue: Catalogue = {
  workspace: {
    name: "Café Nube",
    currency: "MXN",
    timeZone: "America/Mexico_City",
    languages: ["es", "en"],
    locale: "es-MX",
    today: "2026-11-23",
    lastDay: "2026-11-22",
    firstLoadedOn: "2026-01-07",
    empty: false,
    violations: [],
  },
  indicators: entries,
};
