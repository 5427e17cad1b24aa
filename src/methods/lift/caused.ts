import { poisson } from "../uncertainty/poisson.ts";

/** An amount that came of people, and as many equal people as would make it as uncertain: (Σx)² ÷ Σx² (Kish). */
export interface Met {
  readonly amount: number;
  readonly people: number;
}

/** From the least to the most. */
export type Span = readonly [least: number, most: number];

/** The share of what is credited that a channel is taken to have caused at least, in the long run. */
const leastCaused = 1 / 3;
/** How often chance is worse than either end allows for. */
const tail = 0.05;

/** The fewest events that a Poisson process brings, up to the tail, where `expected` are expected. */
function fewest(expected: number): number {
  let [events, probability] = [0, Math.exp(-expected)];
  for (let below = probability; below <= tail; below += probability) {
    events += 1;
    probability *= expected / events;
  }
  return events;
}

/** The most that people come to, if fewer of them came than usually do. */
function mostOf(amount: number, people: number): number {
  return (amount * poisson(people, 1 - 2 * tail)[1]) / people;
}

/**
 * What a channel may have caused, where only touches are known: from as many of the people credited to it as chance leaves of
 * a third of them, to all that came of people who met it, and what chance kept from view. Where nobody met it, as many people
 * of the usual amount as chance may keep from view.
 *
 * Touches do not show a cause. Where methods like these were held against experiments they were often wrong by a factor of
 * three: Gordon, Zettelmeyer, Bhargava and Chapsky (2019), "A comparison of approaches to advertising measurement", Marketing
 * Science 38. The third is a margin after that, not an estimate; advertising to who would have bought anyway falls below it.
 *
 * @param credited by some model
 * @param met what came of people who met it
 * @param all what came of all people
 */
export function causedOf(credited: number, met: Met, all: Met): Span {
  const seen = Math.max(met.amount, credited, 0);
  if (met.people === 0 || seen === 0) {
    const usual = all.people === 0 ? 0 : Math.max(0, all.amount) / all.people;
    return [0, seen + usual * poisson(0, 1 - 2 * tail)[1]];
  }
  const sold = (met.people * Math.max(0, credited)) / seen;
  const least = sold === 0 ? 0 : (Math.max(0, credited) * fewest(sold * leastCaused)) / sold;
  return [Math.min(least, seen), mostOf(seen, met.people)];
}
