import { part } from "../engine/formula.ts";
import { costEntries, marketingCosts, marketingEntries, mediaEntries, mediaSpend, spend } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const spendIndicator = indicator({
  id: "spend",
  title: "Spend",
  description: "Costs on the days that bear them; an amortised cost is spread over its months.",
  better: "lower",
  version: 1,
  variants: [
    variant({
      id: "all",
      title: "All costs",
      unit: "money",
      parts: { spend, entries: costEntries },
      value: part("spend"),
      n: "entries",
    }),
    variant({
      id: "media",
      title: "Media",
      unit: "money",
      parts: { spend: mediaSpend, entries: mediaEntries },
      value: part("spend"),
      n: "entries",
    }),
    variant({
      id: "marketing",
      title: "Marketing costs",
      unit: "money",
      parts: { spend: marketingCosts, entries: marketingEntries },
      value: part("spend"),
      n: "entries",
    }),
  ],
});
