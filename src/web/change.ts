import { dictionaryOf, fill } from "../locales/index.ts";
import { formatNumber, formatSigned, type Kind, type Place } from "./format.ts";

/** A change as it is told: arrow, sign and word say the same as the colour. */
export interface Change {
  tone: "good" | "bad" | "same" | "none";
  arrow: "▲" | "▼" | "";
  amount: string;
  word: string;
  /** How much worse (positive) or better, to rank by; shares in points, others in percent. */
  worsening: number;
}

const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const untold = (word: string): Change => ({ tone: "none", arrow: "", amount: "", word, worsening: 0 });

/** The change from a previous value: percent, or points where the value is a share. Under 0.05 nothing changed. */
export function changeOf(
  place: Place,
  current: number | null,
  previous: number | null | undefined,
  kind: Kind,
  better: "higher" | "lower",
): Change {
  const texts = dictionaryOf(place.language).change;
  if (current === null || previous === null || previous === undefined) return untold(texts.missing);
  const inPoints = kind === "ratio";
  if (!inPoints && previous === 0) return current === 0 ? same(texts.same) : untold(texts.fresh);
  const delta = inPoints ? (current - previous) * 100 : ((current - previous) / Math.abs(previous)) * 100;
  if (Math.abs(delta) < 0.05) return same(texts.same);
  const good = delta > 0 === (better === "higher");
  return {
    tone: good ? "good" : "bad",
    arrow: delta > 0 ? "▲" : "▼",
    amount: amountOf(place, delta, inPoints),
    word: good ? texts.better : texts.worse,
    worsening: good ? -Math.abs(delta) : Math.abs(delta),
  };
}

/** Whether there is a change to tell that chance may have brought. */
export const isChance = ({ tone }: Change, unsure: boolean): boolean => unsure && (tone === "good" || tone === "bad");

/** A change that chance may have brought is told without colour. */
export const unlessChance = (change: Change, unsure: boolean): Change =>
  isChance(change, unsure) ? { ...change, tone: "same" } : change;

const same = (word: string): Change => ({ tone: "same", arrow: "", amount: "", word, worsening: 0 });

function amountOf(place: Place, delta: number, inPoints: boolean): string {
  const options = Math.abs(delta) >= 1000 ? { maximumFractionDigits: 0 } : oneDecimal;
  if (!inPoints) return formatSigned(place, delta / 100, { style: "percent", ...options });
  const value = formatSigned(place, delta, options);
  return fill(dictionaryOf(place.language).change.points, { value }).replace(" ", "\u00a0");
}

/** How far a goal is reached, in whole percent; never rounded up to what is not reached. */
export const formatAttainment = (place: Place, share: number): string =>
  formatNumber(place.locale, share, { style: "percent", maximumFractionDigits: 0, roundingMode: "trunc" });

/** How far a goal is reached: 1 is met. Where less is better, spending half of the goal is 2. */
export function attainmentOf(value: number | null, goal: number | null, better: "higher" | "lower"): number | null {
  if (value === null || goal === null || goal === 0 || (better === "lower" && value <= 0)) return null;
  return better === "higher" ? value / goal : goal / value;
}
