import { expect, test } from "vitest";
import type { Ranking } from "../../contract/ranking.ts";
import type { BreakdownRow } from "./loader.ts";
import { isShrunk, rankedRows } from "./rank.ts";

const row = (rep: string | null): BreakdownRow => ({
  key: { rep },
  period: null,
  value: 0.5,
  observed: null,
  band: null,
  n: 40,
  interval: null,
  maturity: null,
  incomplete: false,
  parts: {},
  flags: [],
  previous: null,
  certain: null,
});
const rows = [row("Ana"), row(null), row("Berta"), row("Carla")];
const ranking: Ranking = {
  rows: [
    { key: { rep: "Carla" }, value: 0.6, interval: [0.5, 0.7], best: 0.9 },
    { key: { rep: null }, value: 0.5, interval: [0.4, 0.6], best: 0.1 },
    { key: { rep: "Ana" }, value: 0.2, interval: [0.1, 0.3], best: 0 },
  ],
  differences: [
    {
      left: { rep: "Carla" },
      right: { rep: null },
      difference: 0.1,
      interval: [-0.1, 0.3],
      probability: 0.7,
      certain: false,
    },
    {
      left: { rep: null },
      right: { rep: "Ana" },
      difference: 0.3,
      interval: [0.1, 0.5],
      probability: 0.99,
      certain: true,
    },
  ],
  left: [{ key: { rep: "Berta" }, reason: "immature" }],
};

test("rows stand in their order, each beside the next, and those that take no part at the end", () => {
  expect(
    rankedRows(rows, "rep", ranking).map(({ row: { key }, best, next, leftOut }) => [
      key["rep"],
      best,
      next?.certain,
      leftOut,
    ]),
  ).toEqual([
    ["Carla", 0.9, false, null],
    [null, 0.1, true, null],
    ["Ana", 0, undefined, null],
    ["Berta", null, undefined, "immature"],
  ]);
});

test("the value that decides the order is shown where it is not the row's own", () => {
  const ranked = rankedRows(rows, "rep", ranking);
  expect(ranked.map(({ rankedBy }) => rankedBy)).toEqual([0.6, 0.5, 0.2, null]);
  expect(isShrunk(ranked)).toBe(true);
  const plain = { ...ranking, rows: ranking.rows.map((each) => ({ ...each, value: 0.5 })) };
  expect(isShrunk(rankedRows(rows, "rep", plain))).toBe(false);
  expect(isShrunk(rankedRows(rows, "rep", null))).toBe(false);
});

test("without a ranking rows stay as they came", () => {
  expect(rankedRows(rows, "rep", null).map(({ row: { key } }) => key["rep"])).toEqual(["Ana", null, "Berta", "Carla"]);
});
