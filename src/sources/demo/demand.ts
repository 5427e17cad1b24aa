import type { Calendar } from "./calendar.ts";
import type { Random } from "./random.ts";

const monthWeights = [1.02, 1.05, 1.1, 0.98, 1.04, 1, 0.86, 0.5, 1.1, 1.15, 1.12, 0.82];
const weekdayWeights = [1.15, 1.2, 1.15, 1.1, 0.9, 0.35, 0.4];
const christmasWeight = 0.45;
const growth = 0.9;

/** How the leads of the whole span fall on its days. */
export interface Demand {
  readonly share: (day: number) => number;
  /** The day at which a share `u` (0..1) of all leads has come. */
  readonly dayAt: (u: number) => number;
}

function isChristmas(monthOfYear: number, dayOfMonth: number): boolean {
  return monthOfYear === 11 ? dayOfMonth >= 22 : monthOfYear === 0 && dayOfMonth <= 6;
}

function dayWeight(calendar: Calendar, day: number): number {
  const season = calendar.monthOfYear(calendar.month(day));
  const christmas = isChristmas(season, calendar.dayOfMonth(day)) ? christmasWeight : 1;
  const trend = 1 + growth * (day / calendar.days);
  return trend * christmas * (monthWeights[season] as number) * (weekdayWeights[calendar.weekday(day)] as number);
}

/** Demand that grows by 90 % over the span, sleeps in August, at Christmas and at weekends. */
export function demand(calendar: Calendar): Demand {
  const weights = Float64Array.from({ length: calendar.days }, (_, day) => dayWeight(calendar, day));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const until = new Float64Array(calendar.days);
  weights.reduce((sum, weight, day) => (until[day] = sum + weight / total), 0);
  const dayAt = (u: number): number => {
    let low = 0;
    let high = calendar.days - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((until[middle] as number) > u) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return { share: (day) => (weights[day] as number) / total, dayAt };
}

const spanishHours = [0, 0, 0, 0, 0, 0, 0, 3, 7, 13, 16, 16, 14, 10, 6, 7, 12, 13, 11, 8, 6, 6, 5, 2];
const americanHours = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 6, 12, 16, 16, 14, 10, 9, 12, 13, 11];

const hourTable = (weights: readonly number[]): Uint8Array =>
  Uint8Array.from(weights.flatMap((weight, hour) => Array.from({ length: weight }, () => hour)));

const hours = { es: hourTable(spanishHours), latam: hourTable(americanHours) };

/** Seconds after Madrid's midnight at which somebody of that region is on the web. */
export function webSeconds(random: Random, region: "es" | "latam"): number {
  const table = hours[region];
  const hour = table[(random.next() * table.length) | 0] as number;
  return hour * 3600 + ((random.next() * 3600) | 0);
}
