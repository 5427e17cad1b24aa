import type { RevenuePeriod } from "../../contract/revenue.ts";
import { revenueIn, type RevenueTexts } from "../../locales/revenue.ts";
import { formatPeriod } from "../dates.ts";
import { formatNumber, formatValue, type Place } from "../format.ts";
import { useView } from "../view.tsx";

/** The texts of the page in the reader's language. */
export const useWords = (): RevenueTexts => revenueIn(useView().place.language);

const begins = (text: string, { locale }: Place): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

/** How amounts, shares and periods of the page read. */
export function useFigures(currency: string) {
  const { place } = useView();
  return {
    money: (value: number) => formatValue(place, value, "money", "tile", currency),
    /** A difference with its sign. */
    signed: (value: number) =>
      `${value > 0 ? "+" : value < 0 ? "\u2212" : ""}${formatValue(place, Math.abs(value), "money", "tile", currency)}`,
    share: (value: number) => formatNumber(place.locale, value, { style: "percent", maximumFractionDigits: 0 }),
    count: (value: number) => formatNumber(place.locale, value),
    /** As it begins a sentence. */
    period: ({ grain, from }: Pick<RevenuePeriod, "grain" | "from">) => begins(formatPeriod(place, from, grain), place),
  };
}
