import { expect, test } from "vitest";
import type { Row } from "../../contract/answer.ts";
import { draws } from "../../../test/random.ts";
import { winRatio } from "../../indicators/win-ratio.ts";
import { leadsIndicator } from "../../indicators/leads.ts";
import { poisson } from "../../methods/uncertainty/poisson.ts";
import { wilson } from "../../methods/uncertainty/wilson.ts";
import { rankingOf } from "./ranking.ts";
import type { Frame } from "../rows.ts";

const frameOf = (variant: Frame["variant"], level = 0.8): Frame => ({
  variant,
  plan: { clock: "period" } as Frame["plan"],
  level,
  unrecorded: [],
});
const closed = winRatio.variants.find(({ id }) => id === "closed") as Frame["variant"];
const counted = leadsIndicator.variants[0] as Frame["variant"];

const rowOf = (
  rep: string,
  value: number | null,
  n: number,
  interval: Row["interval"],
  more: Partial<Row> = {},
): Row => ({
  key: { rep },
  period: null,
  value,
  observed: null,
  band: null,
  n,
  interval,
  maturity: 1,
  incomplete: false,
  parts: {},
  flags: [],
  ...more,
});
const share = (rep: string, k: number, n: number): Row => rowOf(rep, n === 0 ? null : k / n, n, wilson(k, n, 0.8));
const order = (rows: readonly Row[]) => rankingOf(frameOf(closed), rows, "higher").rows.map(({ key }) => key["rep"]);

test("3 of 3 is no sure winner over 40 of 60 (T27)", () => {
  const { rows, differences } = rankingOf(frameOf(closed), [share("Ana", 3, 3), share("Berta", 40, 60)], "higher");
  const [ana, berta] = rows;
  expect(ana?.value).toBeCloseTo(0.7612, 3);
  expect(berta?.value).toBeCloseTo(0.6689, 3);
  expect(ana?.interval[0]).toBeLessThan(berta?.value ?? 0);
  expect(ana?.best).toBeLessThan(0.85);
  expect(differences.map(({ certain }) => certain)).toEqual([false]);
});

test("beside steady colleagues 3 of 3 stands behind 40 of 60 (T27)", () => {
  const others = ["C", "D", "E", "F"].map((rep, i) => share(rep, 34 + i, 60));
  const found = order([share("Ana", 3, 3), share("Berta", 40, 60), ...others]);
  expect(found.indexOf("Berta")).toBeLessThan(found.indexOf("Ana"));
});

test("a great difference over many cases is certain, and the better is the best", () => {
  const { rows, differences } = rankingOf(
    frameOf(closed),
    [share("Ana", 300, 1000), share("Berta", 600, 1000)],
    "higher",
  );
  expect(rows[0]?.key).toEqual({ rep: "Berta" });
  expect(rows[0]?.best).toBeGreaterThan(0.999);
  const [pair] = differences;
  expect(pair?.difference).toBeCloseTo(0.3, 2);
  expect(pair?.certain).toBe(true);
  expect(pair?.interval[0]).toBeGreaterThan(0.25);
  expect(pair?.interval[1]).toBeLessThan(0.35);
});

test("where lower is better, the lowest comes first", () => {
  const rows = [10, 40, 90].map((n) => rowOf(String(n), n, n, poisson(n, 0.8)));
  const found = rankingOf(frameOf(counted), rows, "lower");
  expect(found.rows.map(({ value }) => value)).toEqual([10, 40, 90]);
  expect(found.rows[0]?.best).toBeGreaterThan(0.99);
  expect(found.differences.every(({ certain, probability }) => certain && probability > 0.99)).toBe(true);
});

test("what cannot be judged takes no part, with the reason", () => {
  const rows = [
    share("Ana", 5, 10),
    share("Berta", 0, 0),
    rowOf("Carla", 0.5, 3, null),
    rowOf("Dora", 0.2, 50, [0.1, 0.3], { maturity: 0.4, flags: ["immature"] }),
    rowOf("Eva", 0.2, 50, [0.1, 0.3], {
      maturity: 0.4,
      flags: ["immature", "estimated"],
      observed: 0.1,
      band: [0.1, 0.3],
    }),
  ];
  const { rows: ranked, left } = rankingOf(frameOf(closed), rows, "higher");
  expect(ranked.map(({ key }) => key["rep"])).toEqual(["Ana", "Eva"]);
  expect(left.map(({ key, reason }) => [key["rep"], reason])).toEqual([
    ["Berta", "no-value"],
    ["Carla", "no-interval"],
    ["Dora", "immature"],
  ]);
});

test("many rows: neighbours alone are held against each other, and the hundred with the most cases take part", () => {
  const { normal } = draws(9);
  const rows = Array.from({ length: 120 }, (_, i) => share(String(i), Math.round(50 + 5 * normal()), 100 + i));
  const { rows: ranked, differences, left } = rankingOf(frameOf(closed), rows, "higher");
  expect(ranked).toHaveLength(100);
  expect(differences).toHaveLength(99);
  expect(left).toHaveLength(20);
  expect(left.every(({ reason, key }) => reason === "too-many" && Number(key["rep"]) < 20)).toBe(true);
  expect(ranked.reduce((sum, { best }) => sum + best, 0)).toBeCloseTo(1, 9);
});

/** The share of pairs that are called more than noise, over seeded runs. */
function called(runs: number, draw: () => readonly Row[], frame: Frame): number {
  let [certain, all] = [0, 0];
  for (let i = 0; i < runs; i++) {
    const { differences } = rankingOf(frame, draw(), "higher");
    certain += differences.filter((each) => each.certain).length;
    all += differences.length;
  }
  return certain / all;
}

test("of equal true rates, no more pairs than the level allows are called more than noise", () => {
  const { uniform } = draws(4);
  const draw = () =>
    Array.from({ length: 4 }, (_, i) => {
      const n = 20 + 30 * i;
      return share(String(i), Array.from({ length: n }).filter(() => uniform() < 0.4).length, n);
    });
  const found = called(60, draw, frameOf(closed));
  expect(found).toBeLessThan(0.25);
});

test("of equal true rates that are foretold, too: what is nearly sure to come is still a matter of chance", () => {
  const { uniform } = draws(11);
  const draw = () =>
    Array.from({ length: 4 }, (_, i) => {
      const k = Array.from({ length: 120 }).filter(() => uniform() < 0.4).length;
      const value = (k + 1) / 120;
      const flags = ["immature", "estimated"] as const;
      return rowOf(String(i), value, 120, [0, 1], {
        observed: k / 120,
        band: [k / 120, (k + 2) / 120],
        flags: [...flags],
      });
    });
  expect(called(60, draw, frameOf(closed))).toBeLessThan(0.25);
});

test("of equal true numbers, too", () => {
  const { poisson: draw } = draws(5);
  const rows = () =>
    ["A", "B", "C", "D"].map((rep) => {
      const n = draw(40);
      return rowOf(rep, n, n, poisson(n, 0.8));
    });
  const found = called(80, rows, frameOf(counted));
  expect(found).toBeLessThan(0.25);
  expect(found).toBeGreaterThan(0.1);
});

test("real differences are found, and are gone when the labels are dealt anew", () => {
  const { uniform } = draws(6);
  const groups = [0.2, 0.35, 0.5, 0.65];
  const dealt = (relabelled: boolean) => () => {
    const outcomes = groups.flatMap((rate, group) =>
      Array.from({ length: 120 }, () => ({ group, won: uniform() < rate })),
    );
    const labels = outcomes.map(({ group }) => group);
    if (relabelled)
      for (let i = labels.length - 1; i > 0; i--) {
        const j = Math.floor(uniform() * (i + 1));
        [labels[i], labels[j]] = [labels[j] as number, labels[i] as number];
      }
    return groups.map((_, group) => {
      const own = outcomes.filter((__, i) => labels[i] === group);
      return share(String(group), own.filter(({ won }) => won).length, own.length);
    });
  };
  expect(called(25, dealt(false), frameOf(closed))).toBeGreaterThan(0.8);
  expect(called(50, dealt(true), frameOf(closed))).toBeLessThan(0.25);
});
