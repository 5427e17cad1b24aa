import { ratio } from "../engine/formula.ts";
import {
  closedOfCreated,
  closedValueOfCreated,
  createdDeals,
  createdValue,
  lostDeals,
  lostOfCreated,
  unwonDeals,
  unwonLeads,
  wonOfCreated,
  wonValueOfCreated,
} from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

const lost = [lostDeals, unwonLeads] as const;
const unwon = [unwonDeals, unwonLeads] as const;

export const winRatio = indicator({
  id: "win-ratio",
  title: "Opportunity-to-win ratio",
  description:
    "The share of opportunities that are won: of all created, by an age that old and young reach alike; of those closed; or of all created so far.",
  better: "higher",
  version: 1,
  variants: [
    variant({
      id: "by-age",
      title: "Won by age",
      unit: "ratio",
      clocks: ["cohort"],
      window: 90,
      rival: lostOfCreated,
      share: true,
      others: unwon,
      parts: { won: wonOfCreated, created: createdDeals },
      value: ratio("won", "created"),
      n: "created",
    }),
    variant({
      id: "closed",
      title: "Of those closed",
      unit: "ratio",
      clocks: ["period", "cohort"],
      share: true,
      others: lost,
      parts: { won: wonOfCreated, closed: closedOfCreated },
      value: ratio("won", "closed"),
      n: "closed",
    }),
    variant({
      id: "created",
      title: "Of all created",
      unit: "ratio",
      clocks: ["cohort", "period"],
      rival: lostOfCreated,
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
      clocks: ["period", "cohort"],
      others: lost,
      parts: { won_value: wonValueOfCreated, closed_value: closedValueOfCreated, closed: closedOfCreated },
      value: ratio("won_value", "closed_value"),
      n: "closed",
    }),
    variant({
      id: "created-value",
      title: "Value of all created",
      unit: "ratio",
      interval: "weighted-share",
      clocks: ["cohort", "period"],
      others: unwon,
      parts: { won_value: wonValueOfCreated, created_value: createdValue, created: createdDeals },
      value: ratio("won_value", "created_value"),
      n: "created",
    }),
  ],
});
