import type { Calendar } from "./calendar.ts";
import type { Currency } from "./places.ts";
import { normal, purpose, type Random } from "./random.ts";

/** Euros for a unit of a currency, on every day from the first to today. */
export interface Rates {
  readonly foreign: readonly Exclude<Currency, "EUR">[];
  readonly text: (currency: Exclude<Currency, "EUR">, day: number) => string;
  /** Euro cents of an amount in minor units, at the day's rate and not rounded. */
  readonly euros: (cents: number, currency: Currency, day: number) => number;
}

const middles = { USD: 0.92, MXN: 0.0505 } as const;
const foreign = ["USD", "MXN"] as const;
const dailyMove = { USD: 0.004, MXN: 0.007 };
const pull = 0.01;

function walk(random: Random, currency: (typeof foreign)[number], days: number): string[] {
  random.restart(purpose.rate, foreign.indexOf(currency));
  let distance = 0;
  return Array.from({ length: days }, () => {
    distance = distance * (1 - pull) + dailyMove[currency] * normal(random);
    return (middles[currency] * Math.exp(distance)).toFixed(6);
  });
}

/** Rates that wander around a middle. */
export function rates(random: Random, calendar: Calendar): Rates {
  const days = calendar.days + 1;
  const texts = { USD: walk(random, "USD", days), MXN: walk(random, "MXN", days) };
  const numbers = { USD: Float64Array.from(texts.USD, Number), MXN: Float64Array.from(texts.MXN, Number) };
  return {
    foreign,
    text: (currency, day) => texts[currency][day] as string,
    euros: (cents, currency, day) => (currency === "EUR" ? cents : cents * (numbers[currency][day] as number)),
  };
}
