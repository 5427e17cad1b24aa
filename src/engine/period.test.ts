import * as fc from "fast-check";
import { expect, test } from "vitest";
import { periodName, readPeriod } from "./period.ts";
import { addDays, startOf } from "./time.ts";

test.each([
  ["2026", "year", "2026-01-01"],
  ["2026-Q4", "quarter", "2026-10-01"],
  ["2026-q1", "quarter", "2026-01-01"],
  ["2026-11", "month", "2026-11-01"],
  ["2026-W47", "week", "2026-11-16"],
  ["2026-W01", "week", "2025-12-29"],
  ["2026-W53", "week", "2026-12-28"],
  ["2026-11-23", "day", "2026-11-23"],
])("%s is a %s from %s on", (text, grain, start) => {
  expect(readPeriod(text)).toEqual({ grain, start });
});

test.each([
  "2026-13",
  "2026-00",
  "2026-Q5",
  "2025-W53",
  "2026-W00",
  "2026-02-30",
  "26-11",
  "2026-11-1",
  "november",
  "",
])("%s is no period", (text) => expect(readPeriod(text)).toBeUndefined());

test("a period is read by its own name", () => {
  const grain = fc.constantFrom("day", "week", "month", "quarter", "year");
  fc.assert(
    fc.property(grain, fc.integer({ min: 0, max: 20_000 }), (each, days) => {
      const period = { grain: each, start: startOf(each, addDays("1995-01-01", days)) };
      expect(readPeriod(periodName(period))).toEqual(period);
    }),
    { seed: 20_261_123, numRuns: 300 },
  );
});
