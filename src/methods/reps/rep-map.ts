import { binomialTail } from "../uncertainty/binomial-tail.ts";
import { commonRate, type Exposed } from "../uncertainty/common-rate.ts";
import { discoveries } from "../uncertainty/discoveries.ts";
import { gammaQuantile } from "../uncertainty/gamma.ts";
import { betaQuantile } from "../uncertainty/beta.ts";
import { commonShare, type Tally } from "../uncertainty/shrinkage.ts";

/** What somebody won, of what was to be expected at the company's rates from what they had. */
export interface Won {
  readonly won: number;
  readonly expected: number;
  /** Of the number won, where each case is won at its expected rate or not. */
  readonly variance: number;
}

/** How somebody stands to all others: beyond noise, or not, or with too little to tell. */
export type Stand = "above" | "below" | "alike" | "too-few";

/** A rate or a share as it is believed to be, drawn towards what all have in common as far as few cases let it. */
export interface Believed {
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly stands: Stand;
}

/** Of those flagged, the share that is expected to be flagged by chance; of a map where nobody differs, the chance of any flag. */
export const falseFlags = 0.05;
/** With fewer expected than this nobody is flagged. */
export const fewest = 5;
/** Who is this near to all others is like them, however sure the difference is. */
export const slight = 0.1;

interface Judged extends Omit<Believed, "stands"> {
  readonly pValue: number;
  readonly expected: number;
  /** Of what all have in common. */
  readonly centre: number;
}

/** How often somebody does something in a unit of exposure. */
function judgedRates(groups: readonly Exposed[], level: number): (Judged | undefined)[] {
  const prior = commonRate(groups);
  const all = groups.reduce((sum, { exposure }) => sum + exposure, 0);
  const events = groups.reduce((sum, each) => sum + each.events, 0);
  return groups.map(({ events: own, exposure }) => {
    if (prior === undefined || !(exposure > 0)) return undefined;
    const [shape, rate] = [prior.shape + own, prior.rate + exposure];
    return {
      value: shape / rate,
      interval: [gammaQuantile((1 - level) / 2, shape) / rate, gammaQuantile((1 + level) / 2, shape) / rate],
      pValue: binomialTail(own, events, exposure / all),
      expected: (events * exposure) / all,
      centre: events / all,
    };
  });
}

/**
 * So many of so many whose share is `usual` times what was won ÷ expected, and as uncertain: of n cases it would vary by
 * usual(1 − usual) ÷ n, and it varies by usual² × variance ÷ expected².
 */
export function worthOfWon({ won, expected, variance }: Won, usual: number): Tally | undefined {
  if (!(expected > 0) || !(variance > 0)) return undefined;
  const n = ((1 - usual) * expected * expected) / (usual * variance);
  const successes = (n * usual * won) / expected;
  return { successes, n: Math.max(n, successes) };
}

function judgedShares(groups: readonly Won[], usual: number, level: number): (Judged | undefined)[] {
  const tallies = groups.map((each) => worthOfWon(each, usual));
  const { a, b } = commonShare(tallies.filter((each) => each !== undefined));
  return tallies.map((tally, i) => {
    if (tally === undefined) return undefined;
    const [over, under] = [a + tally.successes, b + tally.n - tally.successes];
    return {
      value: over / (over + under),
      interval: [betaQuantile((1 - level) / 2, over, under), betaQuantile((1 + level) / 2, over, under)],
      pValue: binomialTail(tally.successes, tally.n, usual),
      expected: groups[i]?.expected ?? 0,
      centre: usual,
    };
  });
}

function standOf({ value, centre, expected }: Judged, isFlagged: boolean): Stand {
  if (expected < fewest) return "too-few";
  if (!isFlagged || Math.abs(value / centre - 1) < slight) return "alike";
  return value > centre ? "above" : "below";
}

/** What each person does per week, and what share they win, in the order in which they are given. */
export interface RepMap {
  readonly create: readonly (Believed | undefined)[];
  readonly close: readonly (Believed | undefined)[];
}

/**
 * The map of who creates and who closes. What somebody creates is a rate, gamma-Poisson; what they win is a share of cases of
 * the usual mix, beta-binomial: both drawn towards all of them by empirical Bayes, with intervals of their belief. Who stands
 * above or below the others is tested on the plain counts, for both sides and all people together, so that of those flagged no
 * more than 5 % are expected to be flagged by chance. Nobody is flagged of whom fewer than five were to be expected, or who is
 * within a tenth of the others.
 *
 * @param usual the share that is won of cases of the usual mix, 0..1
 * @param level of the intervals, e.g. 0.8
 */
export function repMap(
  people: readonly { readonly created: Exposed; readonly closed: Won }[],
  usual: number,
  level: number,
): RepMap {
  const rates = judgedRates(
    people.map(({ created }) => created),
    level,
  );
  const shares = judgedShares(
    people.map(({ closed }) => closed),
    usual,
    level,
  );
  const tested = [...rates, ...shares].filter((each) => each !== undefined && each.expected >= fewest);
  const flags = discoveries(
    tested.map((each) => each?.pValue ?? 1),
    falseFlags,
  );
  const flagged = new Set(tested.filter((_, i) => flags[i]));
  const believed = (judged: Judged | undefined): Believed | undefined =>
    judged && { value: judged.value, interval: judged.interval, stands: standOf(judged, flagged.has(judged)) };
  return { create: rates.map(believed), close: shares.map(believed) };
}
