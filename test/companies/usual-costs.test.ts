import { expect, test } from "vitest";
import { company, rows } from "../company.ts";

const spend = rows`
  day         category  amount  currency  amortise_months
  2026-01-31  salaries  50000   EUR       -
  2026-02-28  salaries  50000   EUR       -
  2026-03-31  salaries  50000   EUR       -
  2026-05-31  salaries  50000   EUR       -
  2026-01-10  tools     1200    EUR       12
  2026-01-15  media     100     EUR       -
  2026-02-15  media     100     EUR       -
  2026-03-15  media     100     EUR       -
  2026-04-15  media     100     EUR       -
  2026-05-15  media     100     EUR       -
  2026-06-15  media     100     EUR       -
  2026-07-02  media     100     EUR       -
  2026-02-01  events    9000    EUR       -
  2026-03-01  events    9000    EUR       -`;

const warned = async (
  one: Awaited<ReturnType<typeof company>>,
  question: {
    indicator?: string;
    variant?: string;
    from?: string;
    to?: string;
    where?: Record<string, string[]>;
    asOf?: string;
  },
) => {
  const { warnings } = await one.api.ask({
    indicator: "customer-acquisition-cost",
    from: "2026-01-01",
    to: "2026-08-01",
    ...question,
  });
  return warnings.filter((each) => each.code === "missing-usual-cost").map((each) => [each.count, each.message]);
};

test("a month without its usual cost warns: salaries of January to March and none in April (T19)", async () => {
  const one = await company({ spend }, { now: "2026-07-20T12:00:00Z" });
  const april = [[1, "a usual cost is missing: salaries in 2026-04; it was there in each of the 3 months before"]];
  expect(await warned(one, {})).toEqual(april);
  expect(await warned(one, { from: "2026-04-01", to: "2026-05-01" })).toEqual(april);
  expect(await warned(one, { indicator: "spend" })).toEqual(april);
  one.close();
});

test("no warning for what the question leaves out, for part of a month, or for one that is not over (T19)", async () => {
  const one = await company({ spend }, { now: "2026-07-20T12:00:00Z" });
  expect(await warned(one, { variant: "paid" })).toEqual([]);
  expect(await warned(one, { where: { category: ["media", "tools"] } })).toEqual([]);
  expect(await warned(one, { from: "2026-04-02" })).toEqual([]);
  expect(await warned(one, { from: "2026-05-01" })).toEqual([]);
  expect(await warned(one, { indicator: "leads" })).toEqual([]);
  one.close();
});

test("salaries that are loaded late warn until then, and as of then (T19)", async () => {
  const one = await company({ spend }, { now: "2026-07-20T12:00:00Z" });
  one.at("2026-07-25T12:00:00Z");
  await one.load({
    spend: rows`
      day         category  amount  currency
      2026-04-30  salaries  50000   EUR`,
  });
  expect(await warned(one, {})).toEqual([
    [1, "a usual cost is missing: salaries in 2026-06; it was there in each of the 3 months before"],
  ]);
  expect((await warned(one, { asOf: "2026-07-21T12:00:00Z" }))[0]?.[1]).toContain("salaries in 2026-04");
  one.close();
});
