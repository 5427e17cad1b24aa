import { repsIn, type RepsTexts } from "../../locales/reps.ts";
import { formatNumber, formatValue } from "../format.ts";
import { useView } from "../view.tsx";

/** The texts of the pages in the reader's language. */
export const useWords = (): RepsTexts => repsIn(useView().place.language);

const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const whole = { minimumFractionDigits: 0, maximumFractionDigits: 0 };

/** How the numbers of the pages read. */
export function useFigures(currency: string) {
  const { place } = useView();
  return {
    money: (value: number) => formatValue(place, value, "money", "tile", currency),
    /** How far a rate or a share may be off, in round numbers. */
    rateRange: ([low, high]: readonly [number, number]) =>
      [low, high].map((value) => formatNumber(place.locale, value, tenths)).join("–"),
    shareRange: ([low, high]: readonly [number, number]) =>
      [
        formatNumber(place.locale, low * 100, whole),
        formatNumber(place.locale, high, { style: "percent", ...whole }),
      ].join("–"),
    /** A rate on an axis, as short as can be. */
    tick: (value: number) => formatNumber(place.locale, value, { maximumFractionDigits: 2 }),
    shareTick: (value: number) => formatValue(place, value, "ratio", "axis", null),
    share: (value: number) => formatValue(place, value, "ratio", "tile", null),
    rate: (value: number) => {
      const digits = value < 10 ? 2 : 1;
      return formatNumber(place.locale, value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    },
    count: (value: number) => formatNumber(place.locale, Math.round(value), { useGrouping: "always" }),
  };
}
