import type { Answer } from "../../contract/answer.ts";
import type { FunnelSource, RankFlip } from "../../contract/funnel.ts";
import { logLifeVariance, logShareVariance } from "../../methods/chain/lead-chain.ts";
import { normalQuantile } from "../../methods/uncertainty/normal-quantile.ts";
import { ratioOfCounts } from "../../methods/uncertainty/ratio-of-counts.ts";
import { defaultLevel } from "../answer.ts";
import type { Passed } from "./counts.ts";
import { churnOf, type CustomerLife, type CustomerLives } from "./customer-life.ts";
import { levelOfEach } from "./steps.ts";
import { beforeSale, months, worthAt } from "./worth.ts";

/** A source with the variance of the logarithm of what its leads are worth. */
interface Known {
  readonly source: FunnelSource;
  readonly variance: number;
}

/**
 * Of the product of the shares that pass, a customer's life and what one brings. How much that differs between customers is not
 * looked at: it is taken to vary as much as its mean, as amounts that are exponential do.
 */
function varianceOf({ steps }: Passed, { ended, customerMonths }: CustomerLife, by: CustomerLives["by"]): number {
  const shares = steps.slice(0, beforeSale).map(({ passed, of }) => logShareVariance(passed, of));
  const life = by === "subscription" ? logLifeVariance(ended, customerMonths, months) : 0;
  const won = steps[beforeSale - 1]?.passed ?? 0;
  return shares.reduce((sum, each) => sum + each, 0) + life + 1 / Math.max(1, won);
}

/** The interval of a value that is known on the logarithm. */
function around(value: number, variance: number, level: number): [number, number] {
  const factor = Math.exp(normalQuantile((1 + level) / 2) * Math.sqrt(variance));
  return [value / factor, value * factor];
}

function sourceOf(
  passed: Passed,
  {
    lives,
    costs,
    by,
    margin,
  }: { lives: CustomerLives | undefined; costs: Answer | undefined; by: string; margin: number },
): Known {
  const { source: name, leads } = passed;
  const life = lives?.of.get(name);
  const subscribes = lives?.by === "subscription" && life !== undefined && life.customerMonths > 0;
  const { sale, value } = worthAt(passed.steps, lives?.by ?? null, life, margin);
  const spend =
    costs === undefined ? null : (costs.rows.find(({ key }) => (key[by] ?? null) === name)?.parts["spend"] ?? 0);
  const costPerLead = spend === null || leads === 0 ? null : spend / leads;
  const worth = value[0] || null;
  const variance = life === undefined || lives === undefined ? Infinity : varianceOf(passed, life, lives.by);
  return {
    variance,
    source: {
      name,
      leads,
      sale: [...sale],
      value: [...value],
      churn: subscribes ? churnOf(life) : null,
      monthly: subscribes ? life.monthly : null,
      customerMonths: subscribes ? life.customerMonths : 0,
      spend,
      costPerLead,
      affordable: worth,
      interval: worth === null ? null : around(worth, variance, defaultLevel),
      returned: worth === null || costPerLead === null || costPerLead === 0 ? null : worth / costPerLead,
    },
  };
}

interface Rated extends Known {
  readonly name: string;
  readonly cost: number;
  readonly worth: number;
}

const rated = (all: readonly Known[]): Rated[] =>
  all.flatMap((known) => {
    const { name, costPerLead, affordable } = known.source;
    return name === null || costPerLead === null || costPerLead <= 0 || affordable === null || affordable <= 0
      ? []
      : [{ ...known, name, cost: costPerLead, worth: affordable }];
  });

/** The cost is as it was paid; only how many leads it brought is left to chance. */
function isCheaper(one: Rated, other: Rated, level: number): boolean {
  const leads = ratioOfCounts(one.source.leads, other.source.leads, level);
  if (leads === null) return false;
  return leads[0] * ((other.cost * other.source.leads) / (one.cost * one.source.leads)) > 1;
}

function flipOf(cheaper: Rated, dearer: Rated, level: number): RankFlip[] {
  if (!isCheaper(cheaper, dearer, level)) return [];
  const worth = cheaper.worth / dearer.worth;
  const variance = cheaper.variance + dearer.variance;
  const interval = around(worth, variance, level);
  if (interval[1] >= 1) return [];
  const counts = 1 / cheaper.source.leads + 1 / dearer.source.leads;
  const returned = (worth * dearer.cost) / cheaper.cost;
  return [
    {
      cheaper: cheaper.name,
      dearer: dearer.name,
      worth,
      interval,
      returnsLess: around(returned, variance + counts, level)[1] < 1,
    },
  ];
}

/** Pairs of sources whose leads cost less and are worth less, both beyond noise; the clearest first. */
function flipsOf(all: readonly Known[]): RankFlip[] {
  const sources = rated(all);
  const level = levelOfEach((sources.length * (sources.length - 1)) / 2);
  return sources
    .flatMap((one) => sources.flatMap((other) => (one.cost < other.cost ? flipOf(one, other, level) : [])))
    .toSorted((one, other) => one.interval[1] - other.interval[1]);
}

/** Each source with what its leads cost and are worth, and those whose leads only look cheap. */
export function sourcesOf(
  passed: readonly Passed[],
  known: { lives: CustomerLives | undefined; costs: Answer | undefined; by: string; margin: number },
): { sources: FunnelSource[]; flips: RankFlip[] } {
  const all = passed.map((each) => sourceOf(each, known));
  return { sources: all.map(({ source }) => source), flips: flipsOf(all) };
}
