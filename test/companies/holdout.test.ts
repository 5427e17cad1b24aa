import { expect, test } from "vitest";
import { company, rows, times, type FactRow } from "../company.ts";

const start = Date.parse("2026-05-04T10:00:00Z");
/** Leads of a country, so many in each week, one day after the other. */
const weekly = (country: string, ...counts: number[]): FactRow[] =>
  counts.flatMap((count, week) =>
    times(count, (nth) => ({
      lead_id: `${country}-${week}-${nth}`,
      created_at: new Date(start + (week * 7 + (nth % 7)) * 86_400_000).toISOString(),
      country,
    })),
  );
const lead = [...weekly("ES", 21, 19, 25, 27), ...weekly("MX", 6, 5, 6, 8), ...weekly("PT", 4, 5, 5, 4)];
const now = { now: "2026-06-01T12:00:00Z" };
const june = { of: "leads", from: "2026-05-18", before: "2026-05-04", to: "2026-06-01" } as const;

test("what Spain had more than twice the others, who were half of it before", async () => {
  const { api, close } = await company({ lead }, now);
  const found = await api.holdout({ ...june, treated: ["ES"], spend: 300 });
  // k = 40 ÷ 20 = 2; the others had 11 and 12: 46 expected, 52 counted.
  expect(found).toMatchObject({
    design: "geo",
    treated: ["ES"],
    control: ["MX", "PT"],
    before: { from: "2026-05-04", to: "2026-05-18", blocks: 2 },
    test: { from: "2026-05-18", to: "2026-06-01", blocks: 2 },
    observed: 52,
    expected: 46,
    incremental: 6,
    currency: null,
  });
  // s² = (1 + 1 + 0 + 0) ÷ 2; SE = √(1/2 + 1.15² ÷ 2); t = 1.8856.
  const error = 2 * 1.8856 * Math.sqrt(0.5 + 1.15 ** 2 / 2);
  expect(found.interval[0]).toBeCloseTo(6 - error, 3);
  expect(found.interval[1]).toBeCloseTo(6 + error, 3);
  expect(found.perSpend?.value).toBeCloseTo(0.02, 12);
  const alone = await api.holdout({ ...june, treated: ["ES"], control: ["MX"] });
  expect(alone.expected).toBeCloseTo((40 / 11) * 14, 9);
  close();
});

test("without countries only time is compared; money is of all revenue", async () => {
  const { api, close } = await company(
    {
      lead,
      revenue: rows`
        revenue_id  customer_id  occurred_on  amount  currency
        R1          A            2026-05-05   90      EUR
        R2          B            2026-05-12   110     EUR
        R3          C            2026-05-19   130     EUR
        R4          D            2026-05-26   120     EUR`,
    },
    now,
  );
  const { of: _, ...days } = june;
  expect(await api.holdout({ ...days, spend: -20 })).toMatchObject({
    design: "time",
    of: "revenue",
    currency: "EUR",
    expected: 200,
    incremental: 50,
    perSpend: { value: -2.5 },
  });
  close();
});

test("days that are told stand by themselves; a missing one is refused, and so is too short a test", async () => {
  const { api, close } = await company({ lead }, now);
  const observations = Array.from({ length: 8 }, (_, i) => ({
    day: `2026-05-0${i + 1}`,
    treated: [20, 22, 19, 23, 30, 34, 31, 33][i] ?? 0,
    control: 10,
  }));
  const told = { from: "2026-05-05", block: 2, observations };
  expect(await api.holdout(told)).toMatchObject({
    design: "geo",
    of: null,
    treated: null,
    expected: 84,
    incremental: 44,
  });
  await expect(api.holdout({ ...told, observations: observations.filter((_, i) => i !== 2) })).rejects.toMatchObject({
    code: "missing-day",
  });
  await expect(api.holdout({ ...told, block: 3 })).rejects.toMatchObject({ code: "test-too-short" });
  await expect(api.holdout({ ...told, treated: ["ES"] })).rejects.toMatchObject({ code: "told-and-counted" });
  await expect(api.holdout({ ...june, treated: ["FR"] })).rejects.toMatchObject({ code: "unknown-country" });
  await expect(api.holdout({ ...june, treated: ["ES"], control: ["ES"] })).rejects.toMatchObject({
    code: "same-country",
  });
  close();
});
