import { part } from "../engine/formula.ts";
import { marketingCosts, mediaSpend, spend } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const spendIndicator = indicator({
  id: "spend",
  title: "Spend",
  description: "Costs on the days that bear them; an amortised cost is spread over its months.",
  better: "lower",
  version: 1,
  variants: [
    variant({ id: "all", title: "All costs", unit: "money", parts: { spend }, value: part("spend"), n: "spend" }),
    variant({ id: "media", title: "Media", unit: "money", parts: { spend: mediaSpend }, value: part("spend"), n: "spend" }),
    variant({ id: "marketing", title: "Marketing costs", unit: "money", parts: { spend: marketingCosts }, value: part("spend"), n: "spend" }),
  ],
});
