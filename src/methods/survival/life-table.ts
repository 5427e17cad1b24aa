/** Units of a cohort that left observation at an age in days: they got there, a rival ended them, or they are still open. */
export interface Exits {
  /** Whole days since the unit entered; −1 for a unit that has not been seen for a day yet. */
  readonly age: number;
  readonly reached: number;
  readonly rival: number;
  readonly open: number;
  /** The days that those who got there took, to a part of a day, where that is known; their age where it is not. */
  readonly delay?: number;
}

/** One age of a life table: how many units were seen that old, and what became of them on that day. */
export interface LifeRow {
  readonly age: number;
  readonly atRisk: number;
  readonly reached: number;
  readonly rival: number;
}

/** Fewer units than this say too little about an age to be heard alone. */
const fewest = 10;

/** The exits of several groups of units as those of one: a single entry per age, the young first, ages past the window on it. */
export function gathered(exits: readonly Exits[], window: number): Exits[] {
  const byAge = Map.groupBy(exits, ({ age }) => Math.min(age, window));
  const sum = (of: readonly Exits[], what: "reached" | "rival" | "open") =>
    of.reduce((all, each) => all + each[what], 0);
  return [...byAge]
    .map(([age, of]) => ({ age, reached: sum(of, "reached"), rival: sum(of, "rival"), open: sum(of, "open") }))
    .toSorted((a, b) => a.age - b.age);
}

/**
 * The life table of ages 0 to the window: at risk at age a are the units that left at a or later, those that left open at a
 * included (what happens on a day is seen before observation ends on it).
 */
export function lifeTable(exits: readonly Exits[], window: number): LifeRow[] {
  const byAge = new Map(gathered(exits, window).map((exit) => [exit.age, exit]));
  const table: LifeRow[] = [];
  let atRisk = 0;
  for (let age = window; age >= 0; age--) {
    const { reached = 0, rival = 0, open = 0 } = byAge.get(age) ?? {};
    atRisk += reached + rival + open;
    table.push({ age, atRisk, reached, rival });
  }
  return table.toReversed();
}

/**
 * A cohort's own life table at the ages that at least ten of its units lived to, and at the others that of all units known,
 * where that rests on more of them.
 */
export const lent = (own: readonly LifeRow[], known: readonly LifeRow[]): LifeRow[] =>
  own.map((row, i) => {
    const other = known[i];
    return row.atRisk >= fewest || other === undefined || other.atRisk <= row.atRisk ? row : other;
  });

/** The age up to which the table says what happens: all of it, or until everybody has left, or −1 where nobody was seen. */
export function reachOf(table: readonly LifeRow[]): number {
  for (const { age, atRisk, reached, rival } of table) {
    if (atRisk === 0) return age - 1;
    if (atRisk === reached + rival) return table.length - 1;
  }
  return table.length - 1;
}

/** The table of some units, lent what all known units say beyond it; undefined where nobody was followed to the end of the window. */
export function tableToWindow(units: readonly Exits[], known: readonly Exits[], window: number): LifeRow[] | undefined {
  const table = lent(lifeTable(units, window), lifeTable(known, window));
  return reachOf(table) < window ? undefined : table;
}
