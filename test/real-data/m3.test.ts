import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { foretell } from "../../src/methods/forecast/choose.ts";
import { exponentialSmoothing } from "../../src/methods/forecast/exponential-smoothing.ts";
import type { Forecaster } from "../../src/methods/forecast/forecaster.ts";
import { naive } from "../../src/methods/forecast/naive.ts";
import { seasonalNaive } from "../../src/methods/forecast/seasonal-naive.ts";
import { theta } from "../../src/methods/forecast/theta.ts";
import { fileOf, present, skipped } from "./workspace.ts";

interface Series {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

function allSeries(): Series[] {
  const lines = gunzipSync(fileOf("m3_micro_half/series.csv.gz")).toString("utf8").trim().split(/\r?\n/).slice(1);
  const cells = lines.map((line) => line.split(","));
  const values = (rows: readonly string[][], part: string) =>
    rows.filter((row) => row[3] === part).map((row) => Number(row[4]));
  return [...Map.groupBy(cells, ([name]) => name).values()].map((rows) => ({
    train: values(rows, "train"),
    test: values(rows, "test"),
  }));
}

/** The symmetric mean absolute percentage error, as the competition counted it. */
const smape = (actual: readonly number[], told: readonly number[]): number =>
  actual.reduce((sum, value, i) => {
    const other = told[i] ?? Number.NaN;
    return sum + (200 * Math.abs(value - other)) / (Math.abs(value) + Math.abs(other));
  }, 0) / actual.length;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.skipIf(!present)(`M3: 237 monthly series of businesses, 18 months ahead${skipped}`, () => {
  const series = present ? allSeries() : [];
  const errorOf = ({ forecast }: Forecaster): number =>
    mean(series.map(({ train, test: actual }) => smape(actual, forecast(train, actual.length, 12))));

  test("the published errors of the baselines are met, and theta comes near its own", () => {
    expect(series).toHaveLength(237);
    expect(errorOf(naive)).toBeCloseTo(28.699, 3);
    expect(errorOf(seasonalNaive)).toBeCloseTo(25.7, 3);
    expect(Math.abs(errorOf(theta) - 21.136)).toBeLessThan(0.02);
    expect(errorOf(exponentialSmoothing)).toBeLessThan(22.429);
  });

  test("the method that each series' own past chooses errs by 22 % at most, and bands of 80 % hold 75 to 85 %", () => {
    const errors: number[] = [];
    const held: number[] = [];
    for (const { train, test: actual } of series) {
      const found = foretell(train, actual.length, { season: 12, level: 0.8 });
      errors.push(smape(actual, found?.values ?? []));
      for (const [i, value] of actual.entries()) {
        const [told, [low, high] = [Number.NaN, Number.NaN]] = [found?.values[i] ?? Number.NaN, found?.bands?.[i]];
        held.push(value >= told + low && value <= told + high ? 1 : 0);
      }
    }
    expect(mean(errors)).toBeLessThan(22);
    expect(mean(held)).toBeGreaterThan(0.75);
    expect(mean(held)).toBeLessThan(0.85);
  });
});
