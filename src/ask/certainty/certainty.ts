import type { Row } from "../../contract/answer.ts";
import { dating } from "../../engine/aggregates.ts";
import type { Tuple } from "../../engine/database.ts";
import { evaluate, gradient, isProduct, mentions, partsOf } from "../../engine/formula.ts";
import { isMoney, type Measure } from "../../engine/measure.ts";
import type { Plan, Product } from "../../engine/plan.ts";
import { isMedian, productName, productsAmong } from "../../engine/products.ts";
import type { Clock, Variant } from "../../indicators/definition.ts";
import { delta, deltaVariance } from "../../methods/uncertainty/delta.ts";
import { medianInterval, type Frequency } from "../../methods/uncertainty/order-statistics.ts";
import { poisson } from "../../methods/uncertainty/poisson.ts";
import { ratioOfCounts } from "../../methods/uncertainty/ratio-of-counts.ts";
import { weightedShare } from "../../methods/uncertainty/weighted-share.ts";
import { wilson } from "../../methods/uncertainty/wilson.ts";

/** What is known of a row beside its parts: the sums of products, by the name of their column. */
export type Moments = Readonly<Record<string, number | string | null>>;

/** What an interval is made from. */
export interface Uncertain {
  readonly variant: Variant;
  readonly plan: Plan;
  readonly level: number;
  readonly parts: Row["parts"];
  readonly value: number;
  readonly moments: Moments;
}

type Interval = Row["interval"];
export type Method =
  "wilson" | "weighted-share" | "counts" | "events" | "amounts" | "delta" | "order-statistics" | "none";

const isSum = (measure: Measure | undefined): boolean => measure !== undefined && isMoney(measure);

/** The parts of the formula that chance has a hand in: all but amounts that people decide. */
const chanceParts = ({ parts, value }: Variant): string[] =>
  partsOf(value).filter((each) => !(isSum(parts[each]) && parts[each]?.table.decided === true));

/** Whether two parts are taken over the same rows by the clock, so that one can be a share of the other. */
function overSameRows(left: Measure | undefined, right: Measure | undefined, clock: Clock): boolean {
  if (left === undefined || right === undefined || left.table.name !== right.table.name) return false;
  if (left.kind === "balance" || right.kind === "balance") return left.kind === right.kind;
  return dating(left, clock) === dating(right, clock);
}

function ofShare(variant: Variant, clock: Clock): Method {
  const [left, right] = partsOf(variant.value);
  return overSameRows(variant.parts[left ?? ""], variant.parts[right ?? ""], clock) ? "wilson" : "counts";
}

function ofOne(variant: Variant, part: string): Method {
  const measure = variant.parts[part];
  if (measure?.kind === "balance") return "none";
  if (isMedian(measure)) return variant.value.kind === "part" ? "order-statistics" : "none";
  if (mentions(variant.value, part) > 1) return "delta";
  return isSum(measure) ? "amounts" : "events";
}

/** How the variant's interval is found: what its definition says, or what follows from its measures and its formula. */
export function methodOf(variant: Variant, clock: Clock): Method {
  if (variant.interval !== undefined) return variant.interval;
  if (variant.share) return ofShare(variant, clock);
  const [first, second, ...more] = chanceParts(variant);
  if (first === undefined) return "none";
  if (second === undefined) return ofOne(variant, first);
  if ([first, second, ...more].some((each) => isMedian(variant.parts[each]))) return "none";
  const [left, right] = [variant.parts[first], variant.parts[second]];
  const apart = !overSameRows(left, right, clock) && !isSum(left) && !isSum(right);
  const { kind } = variant.value;
  return apart && more.length === 0 && kind === "/" && isProduct(variant.value) ? "counts" : "delta";
}

const pairs = (parts: readonly string[]): Product[] =>
  parts.flatMap((left, i) => parts.slice(i).map((right): Product => [left, right]));

/** The products that the interval of a variant needs, beside the parts themselves. */
export function productsOf(variant: Variant, clock: Clock): Product[] {
  const method = methodOf(variant, clock);
  if (!["weighted-share", "amounts", "delta", "order-statistics"].includes(method)) return [];
  const { parts } = variant;
  return pairs(chanceParts(variant)).filter(
    ([left, right]) => left !== right || isSum(parts[left]) || isMedian(parts[left]),
  );
}

/** The moments that a row of the query brings. */
export function momentsOf(tuple: Tuple, plan: Plan): Moments {
  const names = productsAmong(Object.keys(plan.parts), plan).map((pair) => productName(pair, plan.parts));
  return Object.fromEntries(
    names.map((each) => {
      const cell = tuple[each];
      return [each, typeof cell === "string" ? cell : cell == null ? null : Number(cell)];
    }),
  );
}

/** Moments of rows that share no row beneath them add up. */
export function sumMoments(all: readonly Moments[]): Moments {
  const sums: Record<string, number> = {};
  for (const moments of all)
    for (const [name, moment] of Object.entries(moments)) sums[name] = (sums[name] ?? 0) + Number(moment ?? 0);
  return sums;
}

/** The covariance of two parts: the sum of their products row by row; parts of other rows do not hang together. */
function covarianceOf({ variant, parts, moments }: Uncertain): (left: string, right: string) => number {
  const random = chanceParts(variant);
  const found = (pair: Product) => moments[productName(pair, variant.parts)];
  return (left, right) => {
    if (!random.includes(left) || !random.includes(right)) return 0;
    if (left === right && !isSum(variant.parts[left])) return parts[left] ?? 0;
    return Number(found([left, right]) ?? found([right, left]) ?? 0);
  };
}

const numbersOf =
  ({ plan }: Uncertain) =>
  (setting: string): number =>
    plan.numbers[setting] ?? Number.NaN;

/** The interval of the only part that chance has a hand in, carried through the formula, which rises or falls with it. */
function carried(from: Uncertain, part: string, interval: Interval): Interval {
  if (interval === null) return null;
  const ends = interval.map((end) => evaluate(from.variant.value, { ...from.parts, [part]: end }, numbersOf(from)));
  const [a, b] = ends;
  return a == null || b == null ? null : [Math.min(a, b), Math.max(a, b)];
}

function ofCounts(from: Uncertain): Interval {
  const [left = "", right = ""] = partsOf(from.variant.value);
  return ratioOfCounts(from.parts[left] ?? 0, from.parts[right] ?? 0, from.level);
}

/** Wilson's, of the share in the formula: that of the share itself, or of 1 − the share. */
function ofWilson(from: Uncertain): Interval {
  const [left = "", right = ""] = partsOf(from.variant.value);
  const [part, whole] = [from.parts[left] ?? 0, from.parts[right] ?? 0];
  const share = part > whole ? null : wilson(part, whole, from.level);
  return share === null || from.variant.value.kind === "/" ? share : [1 - share[1], 1 - share[0]];
}

function ofWeightedShare(from: Uncertain): Interval {
  const [left = "", right = ""] = partsOf(from.variant.value);
  const covariance = covarianceOf(from);
  const sums = {
    part: from.parts[left] ?? 0,
    whole: from.parts[right] ?? 0,
    partSquared: covariance(left, left),
    product: covariance(left, right),
    wholeSquared: covariance(right, right),
  };
  return weightedShare(sums, from.level);
}

function ofDelta(from: Uncertain): Interval {
  const slopes = gradient(from.variant.value, from.parts, numbersOf(from));
  if (slopes === null) return null;
  const scale = from.value > 0 && isProduct(from.variant.value) ? "log" : "linear";
  return delta(from.value, deltaVariance(slopes, covarianceOf(from)), scale, from.level);
}

function ofAmounts(from: Uncertain): Interval {
  const [part = ""] = chanceParts(from.variant);
  const sum = from.parts[part] ?? 0;
  return carried(from, part, delta(sum, covarianceOf(from)(part, part), sum > 0 ? "log" : "linear", from.level));
}

function ofEvents(from: Uncertain): Interval {
  const [part = ""] = chanceParts(from.variant);
  return carried(from, part, poisson(from.parts[part] ?? 0, from.level));
}

function ofMedian({ plan, moments, level, variant }: Uncertain): Interval {
  const [part = ""] = partsOf(variant.value);
  const found = moments[productName([part, part], plan.parts)];
  if (typeof found !== "string") return null;
  const frequencies = Object.entries(JSON.parse(found) as Record<string, number>);
  return medianInterval(
    frequencies.map(([value, times]): Frequency => [Number(value), times]),
    level,
  );
}

const methods: Readonly<Record<Method, (from: Uncertain) => Interval>> = {
  wilson: ofWilson,
  "weighted-share": ofWeightedShare,
  counts: ofCounts,
  events: ofEvents,
  amounts: ofAmounts,
  delta: ofDelta,
  "order-statistics": ofMedian,
  none: () => null,
};

/** The interval of a value at a level, or null where chance has no part in it or nothing is known of how it varies. */
export function intervalOf(from: Uncertain): Interval {
  const interval = methods[methodOf(from.variant, from.plan.clock)](from);
  return interval !== null && interval.every(Number.isFinite) ? interval : null;
}
