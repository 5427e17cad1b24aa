import { part } from "../engine/formula.ts";
import { touches } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const touchesIndicator = indicator({
  id: "touches",
  title: "Touches",
  description: "Contacts of people with the company: impressions, clicks, visits, e-mails, calls, meetings.",
  better: "higher",
  version: 1,
  variants: [
    variant({ id: "all", title: "All", unit: "count", parts: { touches }, value: part("touches"), n: "touches" }),
  ],
});
