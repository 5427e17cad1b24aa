import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumOfEffects, type Effects } from "./effects.ts";
import { ratioChange, type Fraction, type RatioSegment } from "./ratio-change.ts";
import { sumChange, type Amount, type SumSegment } from "./sum-change.ts";

const near =
  (wanted: number, scale = 1) =>
  (found: number): boolean =>
    Math.abs(found - wanted) <= 1e-9 * Math.max(1, scale, Math.abs(wanted));

/** Shapley values by their meaning: what changing a factor adds, averaged over all orders of changing them. */
function shapley(value: (changed: ReadonlySet<number>) => number, players: number): number[] {
  const orders = (left: number[]): number[][] =>
    left.length === 0
      ? [[]]
      : left.flatMap((first) => orders(left.filter((each) => each !== first)).map((rest) => [first, ...rest]));
  const all = orders(Array.from({ length: players }, (_, i) => i));
  const sums = Array.from({ length: players }, () => 0);
  for (const order of all)
    order.forEach((player, i) => {
      const before = new Set(order.slice(0, i));
      sums[player] = (sums[player] ?? 0) + (value(new Set([...before, player])) - value(before)) / all.length;
    });
  return sums;
}

const fraction = fc.record({
  numerator: fc.oneof(fc.integer({ min: -200, max: 1000 }), fc.constant(0)),
  denominator: fc.oneof(fc.nat({ max: 500 }), fc.constant(0)),
});
const ratioTable = fc
  .array(fc.record({ before: fraction, after: fraction }), { minLength: 1, maxLength: 8 })
  .filter((table) => (["before", "after"] as const).every((side) => table.some((each) => each[side].denominator > 0)));

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
const whole = (table: readonly RatioSegment[], side: "before" | "after") =>
  sum(table.map((each) => each[side].numerator)) / sum(table.map((each) => each[side].denominator));
const own = ({ numerator, denominator }: Fraction, other: Fraction) =>
  denominator > 0 ? numerator / denominator : other.denominator > 0 ? other.numerator / other.denominator : 0;

/** Rate and mix of one segment, uncentred, from the factor vectors. */
function ratioOracle(table: readonly RatioSegment[], { before, after }: RatioSegment): [mix: number, rate: number] {
  const [all, later] = [sum(table.map((s) => s.before.denominator)), sum(table.map((s) => s.after.denominator))];
  const weights = [before.denominator / all, after.denominator / later];
  const rates = [own(before, after), own(after, before)];
  const loose = [
    before.denominator > 0 ? 0 : before.numerator / all,
    after.denominator > 0 ? 0 : after.numerator / later,
  ];
  const pick = (pair: readonly number[], changed: boolean) => pair[changed ? 1 : 0] ?? 0;
  const value = (changed: ReadonlySet<number>) =>
    pick(weights, changed.has(0)) * pick(rates, changed.has(1)) + pick(loose, changed.has(1));
  return shapley(value, 2) as [number, number];
}

describe("the change of a ratio", () => {
  test("by hand: 100 of 1,000 become 100 of 1,100 by two segments", () => {
    const [a, b] = ratioChange([
      { before: { numerator: 60, denominator: 400 }, after: { numerator: 45, denominator: 300 } },
      { before: { numerator: 40, denominator: 600 }, after: { numerator: 55, denominator: 800 } },
    ]) as [Effects, Effects];
    const [r0, r1] = [0.1, 100 / 1100];
    expect(a.rate).toSatisfy(near(0));
    expect(a.mix).toSatisfy(near((300 / 1100 - 0.4) * (0.15 - (r0 + r1) / 2)));
    expect(b.rate).toSatisfy(near(((55 / 800 - 40 / 600) * (0.6 + 800 / 1100)) / 2));
    expect(a.total + b.total).toSatisfy(near(r1 - r0));
  });

  test("a segment that comes anew is mix alone; spend without leads is rate alone", () => {
    const [old, fresh, idle] = ratioChange([
      { before: { numerator: 100, denominator: 10 }, after: { numerator: 100, denominator: 10 } },
      { before: { numerator: 0, denominator: 0 }, after: { numerator: 200, denominator: 10 } },
      { before: { numerator: 0, denominator: 0 }, after: { numerator: 50, denominator: 0 } },
    ]) as [Effects, Effects, Effects];
    expect(old.rate).toBe(0);
    expect(fresh.rate).toBe(0);
    expect(idle).toEqual({ volume: 0, rate: 2.5, mix: 0, total: 2.5 });
    expect(old.total + fresh.total + idle.total).toSatisfy(near(350 / 20 - 10));
  });

  test("adds up to the difference, and each part is the Shapley value by brute force", () => {
    fc.assert(
      fc.property(ratioTable, (table) => {
        const found = ratioChange(table);
        const [r0, r1] = [whole(table, "before"), whole(table, "after")];
        const scale = Math.max(Math.abs(r0), Math.abs(r1), ...found.map((each) => Math.abs(each.total)));
        expect(sumOfEffects(found).total).toSatisfy(near(r1 - r0, scale));
        expect(sum(found.map((each) => each.total))).toSatisfy(near(r1 - r0, scale));
        const [d0, d1] = [sum(table.map((s) => s.before.denominator)), sum(table.map((s) => s.after.denominator))];
        table.forEach((segment, i) => {
          const [mix, rate] = ratioOracle(table, segment);
          const shift = segment.after.denominator / d1 - segment.before.denominator / d0;
          expect(found[i]?.rate ?? Number.NaN).toSatisfy(near(rate, scale));
          expect(found[i]?.mix ?? Number.NaN).toSatisfy(near(mix - (shift * (r0 + r1)) / 2, scale));
        });
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  test("the other way round is the negative", () => {
    fc.assert(
      fc.property(ratioTable, (table) => {
        const back = ratioChange(table.map(({ before, after }) => ({ before: after, after: before })));
        ratioChange(table).forEach((each, i) => {
          expect(each.rate).toSatisfy(near(-(back[i]?.rate ?? Number.NaN), Math.abs(each.rate)));
          expect(each.mix).toSatisfy(near(-(back[i]?.mix ?? Number.NaN), Math.abs(each.mix)));
        });
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});

const amount = fc.record({ amount: fc.integer({ min: -500, max: 5000 }), count: fc.nat({ max: 40 }) });
const sumTable = fc.array(fc.record({ before: amount, after: amount }), { minLength: 1, maxLength: 8 });

function sumOracle(table: readonly SumSegment[], { before, after }: SumSegment): [number, number, number] {
  const counts = (["before", "after"] as const).map((side) => sum(table.map((each) => each[side].count ?? 0)));
  const shareOf = (each: Amount, i: number) => (counts[i] ? (each.count ?? 0) / counts[i] : undefined);
  const shares = [shareOf(before, 0), shareOf(after, 1)];
  const averages = [before, after].map((each) => (each.count ? each.amount / each.count : undefined));
  const pick = (pair: readonly (number | undefined)[], changed: boolean) =>
    pair[changed ? 1 : 0] ?? pair[changed ? 0 : 1] ?? 0;
  const loose = [before, after].map((each) => (each.count ? 0 : each.amount));
  const value = (changed: ReadonlySet<number>) =>
    pick(counts, changed.has(0)) * pick(shares, changed.has(1)) * pick(averages, changed.has(2)) +
    pick(loose, changed.has(2));
  return shapley(value, 3) as [number, number, number];
}

describe("the change of a sum", () => {
  test("by hand: 10 sales at 20 become 12 at 30", () => {
    const [only] = sumChange([{ before: { amount: 200, count: 10 }, after: { amount: 360, count: 12 } }]);
    expect(only?.volume ?? 0).toSatisfy(near(2 * 25));
    expect(only?.rate ?? 0).toSatisfy(near(10 * 11));
    expect(only?.mix).toBe(0);
  });

  test("without counts the difference is volume", () => {
    const found = sumChange([{ before: { amount: 7, count: null }, after: { amount: 4, count: null } }]);
    expect(found).toEqual([{ volume: -3, rate: 0, mix: 0, total: -3 }]);
  });

  test("adds up per segment, and each part is the Shapley value by brute force", () => {
    fc.assert(
      fc.property(sumTable, (table) => {
        sumChange(table).forEach((found, i) => {
          const segment = table[i] as SumSegment;
          const scale = Math.max(...table.flatMap((each) => [each.before.amount, each.after.amount].map(Math.abs)));
          expect(found.total).toSatisfy(near(segment.after.amount - segment.before.amount, scale));
          const [volume, mix, rate] = sumOracle(table, segment);
          expect(found.volume).toSatisfy(near(volume, scale));
          expect(found.mix).toSatisfy(near(mix, scale));
          expect(found.rate).toSatisfy(near(rate, scale));
        });
      }),
      { seed: 6, numRuns: 500 },
    );
  });

  test("from nothing, and to nothing, is volume alone", () => {
    const table: SumSegment[] = [
      { before: { amount: 0, count: 0 }, after: { amount: 30, count: 3 } },
      { before: { amount: 0, count: 0 }, after: { amount: 80, count: 2 } },
    ];
    expect(sumChange(table).map((each) => [each.volume, each.rate, each.mix])).toEqual([
      [30, 0, 0],
      [80, 0, 0],
    ]);
  });
});
