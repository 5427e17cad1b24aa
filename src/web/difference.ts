import { dictionaryOf, fill } from "../locales/index.ts";
import { formatNumber, formatValue, type Kind, type Place } from "./format.ts";

const minus = "\u2212";

/** A difference of two values with its sign; that of shares in points, with as many digits as it takes to see it. */
export function formatDifference(place: Place, difference: number, kind: Kind, currency?: string | null): string {
  const size = sizeText(place, Math.abs(difference), kind, currency);
  if (size === sizeText(place, 0, kind, currency)) return size;
  return `${difference < 0 ? minus : "+"}${size}`;
}

function sizeText(place: Place, size: number, kind: Kind, currency: string | null | undefined): string {
  if (kind !== "ratio") return formatValue(place, size, kind, "tile", currency);
  const digits = size > 0 && size < 0.001 ? 2 : 1;
  const value = formatNumber(place.locale, size * 100, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return Number(size.toFixed(4)) === 0 && digits === 2
    ? sizeText(place, 0, kind, currency)
    : fill(dictionaryOf(place.language).change.points, { value }).replace(" ", "\u00a0");
}

/** Whether a difference is for the better: null where it is nothing. */
export const isBetter = (difference: number, better: "higher" | "lower"): boolean | null =>
  difference === 0 ? null : difference > 0 === (better === "higher");
