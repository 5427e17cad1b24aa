import type { Passage } from "../../contract/funnel.ts";
import { worthOf } from "../../methods/chain/lead-chain.ts";
import { churnOf, type CustomerLife, type CustomerLives } from "./customer-life.ts";

/** Months of a customer's life that count. */
export const months = 36;
/** The stages before a sale. */
export const beforeSale = 4;

/** What a lead is worth at each stage up to the customer; null from where a stage is not known to be passed. */
export interface Worth {
  readonly sale: readonly (number | null)[];
  readonly value: readonly (number | null)[];
}

/** What is paid so far is paid in one month. */
const monthsOf = (by: CustomerLives["by"]): number => (by === "subscription" ? months : 1);

/** The worth at each stage by the shares that passed them, times the gross margin. */
export function worthAt(
  steps: readonly Passage[],
  by: CustomerLives["by"] | null,
  life: CustomerLife | undefined,
  margin: number,
): Worth {
  const rates = steps.slice(0, beforeSale).map(({ rate }) => rate);
  const unknown = rates.lastIndexOf(null) + 1;
  const passes = rates.slice(unknown).map((rate) => rate ?? 0);
  const isKnown = by !== null && life !== undefined && life.customerMonths > 0;
  const path = isKnown
    ? { passes, monthly: life.monthly * margin, churn: churnOf(life), months: monthsOf(by) }
    : { passes, monthly: 0, churn: 1, months: 1 };
  const { sale, value } = worthOf(path);
  const before = Array.from({ length: unknown }, () => null);
  return { sale: [...before, ...sale], value: [...before, ...(isKnown ? value : value.map(() => null))] };
}
