import { calendar, type Calendar } from "./calendar.ts";
import { demand, type Demand } from "./demand.ts";
import { random, type Random } from "./random.ts";
import { rates, type Rates } from "./rates.ts";
import { team, type Team } from "./team.ts";

export interface DemoOptions {
  readonly leads: number;
  readonly touches: number;
  readonly seed: number;
  /** YYYY-MM-DD: the demo ends with the day before. */
  readonly today: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Everything that stays the same while the leads come. */
export interface World {
  readonly options: DemoOptions;
  readonly calendar: Calendar;
  readonly demand: Demand;
  readonly random: Random;
  readonly rates: Rates;
  readonly team: Team;
  /** The day on which the step from MQL to SQL broke. */
  readonly breakDay: number;
}

const breakDaysAgo = 60;

function checked(options: DemoOptions): DemoOptions {
  for (const [name, value, least] of [
    ["leads", options.leads, 1],
    ["touches", options.touches, 0],
    ["seed", options.seed, 0],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < least)
      throw new Error(`invalid ${name}: ${value}; expected a whole number from ${least} on`);
  }
  return options;
}

/** The world in which the demo company lives. */
export function world(options: DemoOptions): World {
  const { leads, seed, today } = checked(options);
  const days = calendar(today);
  const numbers = random(seed);
  return {
    options,
    calendar: days,
    demand: demand(days),
    random: numbers,
    rates: rates(numbers, days),
    team: team(leads, days),
    breakDay: days.days - breakDaysAgo,
  };
}
