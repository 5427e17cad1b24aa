import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "./time.ts";
import { passedUntil, weekdayOf, weekdays, workingDays, type WorkWeek } from "./working-days.ts";

const office: WorkWeek = { days: ["mon", "tue", "wed", "thu", "fri"], holidays: [] };
const november = { from: "2026-11-01", to: "2026-12-01" };

test("November 2026 begins on a Sunday and has 21 working days, 10 of them until the 15th", () => {
  expect(weekdayOf("2026-11-01")).toBe("sun");
  expect(workingDays(november, office)).toBe(21);
  expect(passedUntil(november, "2026-11-16", office)).toEqual({ passed: 10, days: 21 });
});

test("a holiday counts once, and only on a day that would be worked", () => {
  const holidays = ["2026-11-09", "2026-11-09", "2026-11-01", "2026-12-08"];
  expect(workingDays(november, { ...office, holidays })).toBe(20);
  expect(passedUntil(november, "2026-11-16", { ...office, holidays })).toEqual({ passed: 9, days: 20 });
});

test("before it begins nothing has passed, after its end all has", () => {
  expect(passedUntil(november, "2026-10-01", office)).toEqual({ passed: 0, days: 21 });
  expect(passedUntil(november, "2027-01-01", office)).toEqual({ passed: 21, days: 21 });
});

test("a range without a working day is told in plain days", () => {
  const weekend = { from: "2026-11-07", to: "2026-11-09" };
  expect(passedUntil(weekend, "2026-11-08", office)).toEqual({ passed: 1, days: 2 });
});

const day = fc.integer({ min: -12_000, max: 12_000 }).map((days) => addDays("2000-02-29", days));

test("is what counting day by day gives", () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 0, max: 400 }),
      fc.subarray([...weekdays]),
      fc.array(fc.integer({ min: -20, max: 420 }), { maxLength: 12 }),
      (from, length, days, offsets) => {
        const holidays = offsets.map((offset) => addDays(from, offset));
        let counted = 0;
        for (let i = 0; i < length; i++) {
          const each = addDays(from, i);
          const name = ["sun", ...weekdays][new Date(`${each}T00:00:00Z`).getUTCDay()];
          if ((days as unknown[]).includes(name) && !holidays.includes(each)) counted += 1;
        }
        expect(workingDays({ from, to: addDays(from, length) }, { days, holidays })).toBe(counted);
      },
    ),
    { seed: 20_261_123, numRuns: 300 },
  );
});
