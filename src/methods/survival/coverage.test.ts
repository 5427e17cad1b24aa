import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { completedCohort } from "./completed-cohort.ts";
import type { Exits } from "./life-table.ts";

/** How a unit fares: so likely to get there or to be ended by the rival, after a mean of so many days. */
interface Course {
  readonly name: string;
  readonly window: number;
  readonly reaches: number;
  readonly days: number;
  readonly rivals: number;
  readonly rivalDays: number;
}

const courses: readonly Course[] = [
  { name: "fast", window: 30, reaches: 0.3, days: 8, rivals: 0, rivalDays: 1 },
  { name: "slow", window: 90, reaches: 0.3, days: 50, rivals: 0, rivalDays: 1 },
  { name: "with a rival", window: 90, reaches: 0.4, days: 40, rivals: 0.5, rivalDays: 25 },
];
const [members, history, runs, month, year, level] = [400, 2000, 400, 30, 365, 0.8];

function draws(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Fate = { readonly what: "reached" | "rival" | "open"; readonly day: number };

function fateOf({ reaches, days, rivals, rivalDays }: Course, draw: () => number): Fate {
  const kind = draw();
  const after = (mean: number) => Math.floor(-Math.log(1 - draw()) * mean);
  if (kind < reaches) return { what: "reached", day: after(days) };
  return kind < reaches + rivals ? { what: "rival", day: after(rivalDays) } : { what: "open", day: Infinity };
}

const nothing = { reached: 0, rival: 0, open: 0 };

/** What is seen of a unit that has been watched for so many days. */
function seen({ what, day }: Fate, watched: number, window: number): Exits {
  if (day > Math.min(watched, window)) return { ...nothing, age: Math.max(-1, Math.min(watched, window)), open: 1 };
  return { ...nothing, age: day, [what]: 1 };
}

interface Tally {
  held: number;
  final: number;
  naive: number;
  estimate: number;
}

/** One cohort, watched until its middle member has lived a part of the window, beside the history before it. */
function simulate(course: Course, part: number, draw: () => number, tally: Tally): void {
  const { window } = course;
  const now = month / 2 + Math.round(part * window);
  const fates = Array.from({ length: members }, () => ({ on: Math.floor(draw() * month), fate: fateOf(course, draw) }));
  const before = Array.from({ length: history }, () => ({
    on: -1 - Math.floor(draw() * year),
    fate: fateOf(course, draw),
  }));
  const watch = (all: typeof fates) => all.map(({ on, fate }) => seen(fate, now - on, window));
  const own = watch(fates);
  const final = fates.filter(({ fate }) => fate.what === "reached" && fate.day <= window).length / members;
  const found = completedCohort(own, [...own, ...watch(before)], window, level);
  if (found === undefined) throw new Error("no estimate");
  const [low, high] = found.interval;
  tally.held += final >= low - 1e-9 && final <= high + 1e-9 ? 1 : 0;
  tally.final += final;
  tally.naive += own.reduce((sum, each) => sum + each.reached, 0) / members - final;
  tally.estimate += found.value - final;
}

const points = (share: number) => `${share < 0 ? "−" : "+"}${Math.abs((100 * share) / runs).toFixed(1)}`;

const table: string[][] = [];

for (const course of courses)
  for (const part of [0.25, 0.5, 0.75])
    test(`${course.name}, at ${part * 100} % of a window of ${course.window} days`, () => {
      const tally: Tally = { held: 0, final: 0, naive: 0, estimate: 0 };
      const draw = draws(20_261_124 + Math.round(100 * part) + course.days);
      for (let run = 0; run < runs; run++) simulate(course, part, draw, tally);
      const covered = (100 * tally.held) / runs;
      table.push([
        course.name,
        `${part * 100} %`,
        `${((100 * tally.final) / runs).toFixed(1)} %`,
        points(tally.naive),
        points(tally.estimate),
        `${covered.toFixed(1)} %`,
      ]);
      expect(Math.abs(tally.estimate / runs)).toBeLessThan(0.005);
      expect(covered).toBeGreaterThanOrEqual(75);
      expect(covered).toBeLessThanOrEqual(85);
    });

test("the page of the method shows what the simulation gives", () => {
  const cells = (row: string) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  const page = readFileSync("docs/methods/completed-cohort.md", "utf8").split("\n");
  const shown = page.filter((line) => /^\| (?:fast|slow|with a rival) /.test(line)).map(cells);
  expect(shown).toEqual(table);
});
