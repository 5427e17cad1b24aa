import { expect, test } from "vitest";
import type { Row } from "../../contract/answer.ts";
import { draws } from "../../../test/random.ts";
import { winRatio } from "../../indicators/win-ratio.ts";
import { wilson } from "../../methods/uncertainty/wilson.ts";
import type { Frame } from "../rows.ts";
import { isCertain } from "./noise.ts";

const variant = winRatio.variants.find(({ id }) => id === "by-age") as Frame["variant"];
const frame: Frame = { variant, plan: { clock: "cohort" } as Frame["plan"], level: 0.8, unrecorded: [] };

/** A finished share; with `low` and `high`, an estimate that will end between them. */
const row = (won: number, n: number, to?: readonly [number, number]): Row => ({
  key: {},
  period: null,
  value: to === undefined ? won / n : (won + 0.001) / n,
  observed: to === undefined ? null : won / n,
  n,
  band: to === undefined ? null : [to[0], to[1]],
  interval: wilson(won, n, 0.8),
  maturity: 1,
  incomplete: false,
  parts: { won, created: n },
  flags: [],
});
const estimate = (won: number, n: number) => row(won, n, [won / n, won / n + 0.001]);

test("3 of 4 and then 1 of 4 may be chance, whether the last is finished or as good as finished", () => {
  expect(isCertain(frame, row(3, 4), row(1, 4))).toBe(false);
  expect(isCertain(frame, row(3, 4), estimate(1, 4))).toBe(false);
  expect(isCertain(frame, row(30, 40), estimate(10, 40))).toBe(true);
});

test("an estimate that is hardly foretold is no evidence", () => {
  expect(isCertain(frame, row(30, 40), row(0, 10, [0, 1]))).toBe(false);
});

test("of few cases with one true rate no more changes are called certain than the level allows, estimates or not", () => {
  const { uniform } = draws(12);
  const won = (n: number) => Array.from({ length: n }).filter(() => uniform() < 0.5).length;
  const runs = 1000;
  let called = 0;
  for (let run = 0; run < runs; run++) if (isCertain(frame, row(won(4), 4), estimate(won(4), 4)) === true) called += 1;
  expect(called / runs).toBeLessThan(0.2);
});
