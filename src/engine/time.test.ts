import { describe, expect, test } from "vitest";
import {
  addDays,
  addMonths,
  addPeriods,
  dayIn,
  endOfDay,
  daysBetween,
  elapsedAlike,
  isDay,
  periodsOf,
  previous,
  startOf,
  yearBefore,
} from "./time.ts";

test("days are added across months, years and leap days", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
  expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  expect(daysBetween("2024-02-01", "2024-03-01")).toBe(29);
});

test("a day is one of the calendar", () => {
  expect(["2026-02-28", "2024-02-29", "2026-12-31"].filter(isDay)).toHaveLength(3);
  expect(["2026-02-29", "2026-02-30", "2026-13-01", "2026-00-10", "2026-1-1", "may", ""].filter(isDay)).toEqual([]);
});

test("a month later is the same day, or the last one of a shorter month", () => {
  expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
  expect(addMonths("2024-01-31", 1)).toBe("2024-02-29");
  expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
  expect(addMonths("2024-02-29", 12)).toBe("2025-02-28");
  expect(addMonths("2026-11-15", 3)).toBe("2027-02-15");
});

test.each([
  ["day", "2026-11-23", "2026-11-23", "2026-11-24"],
  ["week", "2026-11-29", "2026-11-23", "2026-11-30"],
  ["week", "2026-11-23", "2026-11-23", "2026-11-30"],
  ["week", "2027-01-01", "2026-12-28", "2027-01-04"],
  ["month", "2026-11-23", "2026-11-01", "2026-12-01"],
  ["quarter", "2026-11-23", "2026-10-01", "2027-01-01"],
  ["quarter", "2026-03-31", "2026-01-01", "2026-04-01"],
  ["year", "2026-11-23", "2026-01-01", "2027-01-01"],
] as const)("the %s of %s starts on %s, the next one on %s", (grain, day, start, next) => {
  expect(startOf(grain, day)).toBe(start);
  expect(addPeriods(grain, start, 1)).toBe(next);
});

test("periods cover a range without a gap, cut at its ends", () => {
  expect(periodsOf("month", { from: "2026-01-15", to: "2026-03-02" })).toEqual([
    { start: "2026-01-01", range: { from: "2026-01-15", to: "2026-02-01" } },
    { start: "2026-02-01", range: { from: "2026-02-01", to: "2026-03-01" } },
    { start: "2026-03-01", range: { from: "2026-03-01", to: "2026-03-02" } },
  ]);
  expect(periodsOf("year", { from: "2026-01-15", to: "2026-01-16" })).toHaveLength(1);
});

describe("the range before", () => {
  test("is so many months before whole months, so many days before others", () => {
    expect(previous({ from: "2026-03-01", to: "2026-04-01" })).toEqual({ from: "2026-02-01", to: "2026-03-01" });
    expect(previous({ from: "2026-01-01", to: "2026-04-01" })).toEqual({ from: "2025-10-01", to: "2026-01-01" });
    expect(previous({ from: "2026-03-10", to: "2026-03-17" })).toEqual({ from: "2026-03-03", to: "2026-03-10" });
  });

  test.each([
    ["2026-02-01", "2026-03-01", "2025-02-01", "2025-03-01"],
    ["2025-02-01", "2025-03-01", "2024-02-01", "2024-03-01"],
    ["2024-02-28", "2024-02-29", "2023-02-28", "2023-03-01"],
    ["2024-02-29", "2024-03-01", "2023-02-28", "2023-03-01"],
    ["2026-03-10", "2026-03-17", "2025-03-10", "2025-03-17"],
  ])("a year before %s until %s is %s until %s", (from, to, begin, end) => {
    expect(yearBefore({ from, to })).toEqual({ from: begin, to: end });
  });

  test("has as many days as have passed of a running one", () => {
    const november = { from: "2026-11-01", to: "2026-12-01" };
    const october = { from: "2026-10-01", to: "2026-11-01" };
    expect(elapsedAlike(november, october, "2026-11-23")).toEqual({ from: "2026-10-01", to: "2026-10-24" });
    expect(elapsedAlike(november, october, "2026-11-30")).toEqual(october);
    expect(elapsedAlike(november, october, "2026-12-05")).toEqual(october);
    expect(elapsedAlike(november, october, "2026-10-05")).toEqual(october);
    const march = { from: "2026-03-01", to: "2026-04-01" };
    expect(elapsedAlike(march, previous(march), "2026-03-30")).toEqual({ from: "2026-02-01", to: "2026-03-01" });
  });
});

test.each([
  ["America/Bogota", "2026-11-22"],
  ["UTC", "2026-11-23"],
  ["Asia/Kolkata", "2026-11-23"],
  ["Pacific/Kiritimati", "2026-11-23"],
  ["Pacific/Pago_Pago", "2026-11-22"],
])("at 04:30 of Greenwich it is in %s the %s", (zone, day) => {
  expect(dayIn(zone, new Date("2026-11-23T04:30:00Z"))).toBe(day);
});

test.each([
  ["2026-11-22", "UTC", "2026-11-22T23:59:59.999Z"],
  ["2026-11-22", "America/Mexico_City", "2026-11-23T05:59:59.999Z"],
  ["2026-11-22", "Asia/Kolkata", "2026-11-22T18:29:59.999Z"],
  ["2026-03-29", "Europe/Madrid", "2026-03-29T21:59:59.999Z"],
  ["2026-10-25", "Europe/Madrid", "2026-10-25T22:59:59.999Z"],
])("%s ends in %s at %s", (day, zone, instant) => {
  expect(endOfDay(day, zone)).toBe(instant);
});
