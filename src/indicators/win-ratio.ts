import { ratio } from "../engine/formula.ts";
import {
  closedDeals,
  closedValue,
  createdDeals,
  createdValue,
  lostDeals,
  unwonDeals,
  unwonLeads,
  wonDeals,
  wonOfCreated,
  wonValue,
  wonValueOfCreated,
} from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

const lost = [lostDeals, unwonLeads] as const;
const unwon = [unwonDeals, unwonLeads] as const;

export const winRatio = indicator({
  id: "win-ratio",
  title: "Opportunity-to-win ratio",
  description: "The share of opportunities that were won: of those closed in the period, or of all created in it.",
  better: "higher",
  version: 1,
  variants: [
    variant({
      id: "closed",
      title: "Of those closed",
      unit: "ratio",
      share: true,
      others: lost,
      parts: { won: wonDeals, closed: closedDeals },
      value: ratio("won", "closed"),
      n: "closed",
    }),
    variant({
      id: "created",
      title: "Of all created",
      unit: "ratio",
      clocks: ["cohort"],
      share: true,
      others: unwon,
      parts: { won: wonOfCreated, created: createdDeals },
      value: ratio("won", "created"),
      n: "created",
    }),
    variant({
      id: "closed-value",
      title: "Value of those closed",
      unit: "ratio",
      interval: "weighted-share",
      others: lost,
      parts: { won_value: wonValue, closed_value: closedValue, closed: closedDeals },
      value: ratio("won_value", "closed_value"),
      n: "closed",
    }),
    variant({
      id: "created-value",
      title: "Value of all created",
      unit: "ratio",
      interval: "weighted-share",
      clocks: ["cohort"],
      others: unwon,
      parts: { won_value: wonValueOfCreated, created_value: createdValue, created: createdDeals },
      value: ratio("won_value", "created_value"),
      n: "created",
    }),
  ],
});
