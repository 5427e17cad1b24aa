import { describe, expect, test } from "vitest";
import { calendar, officeTime } from "./calendar.ts";
import { random } from "./random.ts";

const year = calendar("2026-03-15");
const dayNamed = (name: string) =>
  Array.from({ length: year.days }, (_, day) => day).find((day) => year.day(day) === name) ?? -1;

describe("calendar", () => {
  test("covers the 24 months before the month of today, and this month until yesterday", () => {
    expect(year.day(0)).toBe("2024-03-01");
    expect(year.day(year.days)).toBe("2026-03-15");
    expect(year.months).toBe(25);
    expect(year.instant(year.cutoff)).toBe("2026-03-14T23:00:00Z");
  });

  test("refuses what is no day", () => {
    expect(() => calendar("15/03/2026")).toThrow("invalid day: 15/03/2026; expected YYYY-MM-DD");
    expect(() => calendar("2026-13-01")).toThrow("invalid day: 2026-13-01");
  });

  test("follows Madrid's clock through the days of 23 and 25 hours", () => {
    const noon = (name: string) => year.instant(year.at(dayNamed(name), 12 * 3600));
    expect(noon("2025-03-29")).toBe("2025-03-29T11:00:00Z");
    expect(noon("2025-03-30")).toBe("2025-03-30T10:00:00Z");
    expect(noon("2025-10-25")).toBe("2025-10-25T10:00:00Z");
    expect(noon("2025-10-26")).toBe("2025-10-26T11:00:00Z");
  });

  test("finds the day of every time from 03:00 to midnight", () => {
    for (let day = 0; day < year.days; day++)
      for (const hour of [3, 12, 23.99]) expect(year.dayOf(year.at(day, hour * 3600))).toBe(day);
  });

  test("knows weekdays and months", () => {
    const day = dayNamed("2025-08-04");
    expect(year.weekday(day)).toBe(0);
    expect(year.monthOfYear(year.month(day))).toBe(7);
    expect(year.dayOfMonth(day)).toBe(4);
    expect(year.day(year.addMonths(dayNamed("2025-01-31"), 1))).toBe("2025-02-28");
    expect(year.addMonths(dayNamed("2026-01-31"), 30)).toBeGreaterThan(year.days);
  });

  test("moves work to office hours, never back in time", () => {
    const numbers = random(1);
    for (let time = year.at(100, 0); time < year.at(110, 0); time += 5000) {
      const moved = officeTime(year, numbers, time);
      expect(moved).toBeGreaterThanOrEqual(time);
      expect(year.weekday(year.dayOf(moved))).toBeLessThan(5);
    }
  });
});
