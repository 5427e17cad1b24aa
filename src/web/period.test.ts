import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysIn } from "./dates.ts";
import { comparedSpan, neighbour, parsePeriod } from "./period.ts";

const today = "2026-11-23";

const periodOf = (text: string, on = today) => {
  const period = parsePeriod(text, on);
  if (period === undefined) throw new Error(`not a period: ${text}`);
  return period;
};

describe("a period in an address", () => {
  test.each([
    ["mtd", "2026-11-01", "2026-11-24", true],
    ["qtd", "2026-10-01", "2026-11-24", true],
    ["ytd", "2026-01-01", "2026-11-24", true],
    ["last30", "2026-10-25", "2026-11-24", false],
    ["2026-10", "2026-10-01", "2026-11-01", false],
    ["2026-Q3", "2026-07-01", "2026-10-01", false],
    ["2025", "2025-01-01", "2026-01-01", false],
    ["2026-11", "2026-11-01", "2026-11-24", true],
    ["2026-11-03..2026-11-05", "2026-11-03", "2026-11-06", false],
  ])("%s", (text, from, to, incomplete) => {
    expect(periodOf(text)).toMatchObject({ from, to, incomplete });
  });

  test.each([
    "",
    "hoy",
    "2026-13",
    "2026-Q5",
    "2026-02-30..2026-03-01",
    "2026-11-05..2026-11-03",
    "a..b",
    "0001-01-01..9999-01-01",
  ])("%s is none", (text) => expect(parsePeriod(text, today)).toBeUndefined());
});

describe("the compared days", () => {
  test.each([
    ["mtd", "prev", "2026-10-01", "2026-10-24"],
    ["mtd", "yoy", "2025-11-01", "2025-11-24"],
    ["2026-10", "prev", "2026-09-01", "2026-10-01"],
    ["2026-Q3", "prev", "2026-04-01", "2026-07-01"],
    ["qtd", "prev", "2026-07-01", "2026-08-24"],
    ["2026-11-03..2026-11-05", "prev", "2026-10-31", "2026-11-03"],
    ["2026-02", "yoy", "2025-02-01", "2025-03-01"],
  ])("of %s, %s", (text, compare, from, to) => {
    expect(comparedSpan(periodOf(text), compare, "days")).toEqual({ from, to });
  });

  test("never reach into the period, and are as many while it runs", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.constantFrom("mtd", "qtd", "ytd"), (days, text) => {
        const on = new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10);
        const period = periodOf(text, on);
        const compared = comparedSpan(period, "prev", "days");
        expect(compared?.to.localeCompare(period.from)).toBeLessThanOrEqual(0);
        if (period.incomplete && compared) expect(daysIn(compared)).toBeLessThanOrEqual(daysIn(period));
      }),
    );
  });

  test("by weekday begin on the same day of the week", () => {
    const period = periodOf("mtd");
    const compared = comparedSpan(period, "prev", "dow");
    const weekday = (day: string | undefined) => new Date(`${day}T00:00:00Z`).getUTCDay();
    expect(weekday(compared?.from)).toBe(weekday(period.from));
    expect(compared && daysIn(compared)).toBe(daysIn(period));
  });
});

test("stepping back and forth returns to the same period", () => {
  for (const text of ["mtd", "qtd", "ytd", "2026-05", "2026-11-03..2026-11-05"]) {
    const before = periodOf(neighbour(periodOf(text), -1, today));
    expect(neighbour(before, 1, today)).toBe(text);
  }
});
