import { absorbed, type AbsorbingChain } from "./absorbing-chain.ts";

/** What is known of the path of a lead: the share that passes each stage on to a sale, and the life of a customer. */
export interface LeadPath {
  readonly passes: readonly number[];
  /** What a customer brings in each month. */
  readonly monthly: number;
  /** The share of customers that is lost each month. */
  readonly churn: number;
  /** Months of a customer's life that count. */
  readonly months: number;
}

/** At each stage, the customer last: the probability of a sale, and what is expected to come of it. */
export interface StageWorth {
  readonly sale: readonly number[];
  readonly value: readonly number[];
}

/**
 * The chain of a lead: its stages, then one state for each month of a customer; it ends lost before the sale, churned, or as a
 * customer after the last month that counts.
 */
function chainOf({ passes, monthly, churn, months }: LeadPath): AbsorbingChain {
  const before = passes.length;
  const next = [...passes, ...Array.from({ length: months }, (_, month) => (month === months - 1 ? 0 : 1 - churn))];
  return {
    onward: next.map((probability, i) => next.map((_, j) => (j === i + 1 ? probability : 0))),
    ends: next.map((probability, i) => {
      if (i < before) return [1 - probability, 0, 0];
      return i === next.length - 1 ? [0, churn, 1 - churn] : [0, churn, 0];
    }),
    rewards: next.map((_, i) => (i < before ? 0 : monthly)),
  };
}

/** What a lead is worth at each stage, by its absorbing chain. */
export function worthOf(path: LeadPath): StageWorth {
  const { probabilities, values } = absorbed(chainOf(path));
  const stages = path.passes.length + 1;
  return {
    sale: probabilities.slice(0, stages).map(([, churned = 0, kept = 0]) => churned + kept),
    value: values.slice(0, stages),
  };
}

/** The variance of the logarithm of a share, with half a success and half a failure added. */
export const logShareVariance = (successes: number, of: number): number =>
  1 / (Math.min(successes, of) + 0.5) - 1 / (of + 1);

/** How many months of a customer's life are expected to be paid, of so many at most. */
const expectedMonths = (churn: number, months: number): number =>
  churn === 0 ? months : (1 - (1 - churn) ** months) / churn;

/**
 * The variance of the logarithm of a customer's expected life, by the delta method, where so many of so many customer-months
 * ended it; half an end more, so that none is no certainty.
 */
export function logLifeVariance(ended: number, of: number, months: number): number {
  const churn = Math.min(1, (ended + 0.5) / (of + 1));
  const step = churn * 1e-4;
  const slope = (Math.log(expectedMonths(churn, months)) - Math.log(expectedMonths(churn - step, months))) / step;
  return (slope ** 2 * churn * (1 - churn)) / (of + 1);
}
