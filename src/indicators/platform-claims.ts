import { part } from "../engine/formula.ts";
import { platformConversions, platformValue } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

/** What ad platforms say that they brought. It is held beside what the company knows and never shown as a number of its own. */
export const platformClaims = indicator({
  id: "platform-claims",
  title: "Value that ad platforms claim",
  description: "The value of the conversions that ad platforms claim.",
  better: "higher",
  version: 1,
  variants: [
    variant({
      id: "value",
      title: "Value",
      unit: "money",
      parts: { claimed: platformValue, conversions: platformConversions },
      value: part("claimed"),
      n: "conversions",
    }),
  ],
});
