import { funnelIn, type FunnelTexts } from "../../locales/funnel.ts";
import { formatValue } from "../format.ts";
import { useView } from "../view.tsx";

/** The texts of the page in the reader's language. */
export const useWords = (): FunnelTexts => funnelIn(useView().place.language);

/** How amounts and shares of the page read in sentences. */
export function useFigures(currency: string): { money: (value: number) => string; share: (value: number) => string } {
  const { place } = useView();
  return {
    money: (value) => formatValue(place, value, "money", "tile", currency),
    share: (value) => formatValue(place, value, "ratio", "tile", null),
  };
}
