import { retentionIn, type RetentionTexts } from "../../locales/retention.ts";
import { formatNumber, formatValue } from "../format.ts";
import { useView } from "../view.tsx";

/** The texts of the page in the reader's language. */
export const useWords = (): RetentionTexts => retentionIn(useView().place.language);

/** How shares, counts and multiples of the page read in sentences. */
export function useFigures() {
  const { place } = useView();
  return {
    share: (value: number) => formatValue(place, value, "ratio", "tile", null),
    count: (value: number) => formatNumber(place.locale, Math.round(value)),
    times: (value: number) => formatNumber(place.locale, value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  };
}
