import type { Unit } from "../contract/answer.ts";
import type { Kind } from "./format.ts";

const multiples = new Set(["roas", "mer"]);

/** How a variant's value is told: returns on spend as multiples, all others by their unit. */
export const kindOf = (variant: string, unit: Unit): Kind =>
  unit === "ratio" && multiples.has(variant) ? "multiple" : unit;

const money = /spend|cost|revenue|value|amount|mrr|refund|kept/i;

/** How a part of a formula is told; parts come without units, so the money among them is known by name. */
export const partKindOf = (part: string): Kind => (money.test(part) ? "money" : "plain");

/** Whether a value grows as its period goes on, so that a goal has a pace. */
export const accumulates = (indicator: string, kind: Kind): boolean =>
  indicator === "sales-revenue" ||
  indicator === "spend" ||
  (kind === "count" && !["customers", "scoreboard"].includes(indicator));
