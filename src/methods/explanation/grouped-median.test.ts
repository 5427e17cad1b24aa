import * as fc from "fast-check";
import { expect, test } from "vitest";
import { openDatabase } from "../../engine/database.ts";
import { raw } from "../../engine/sql.ts";
import { groupedMedian } from "./grouped-median.ts";

test("the median of groups: the middle value, the mean of two, nothing of nothing", () => {
  expect(groupedMedian([])).toBeNull();
  expect(groupedMedian([{ value: 7, count: 1 }])).toBe(7);
  expect(
    groupedMedian([
      { value: 9, count: 1 },
      { value: 2, count: 1 },
    ]),
  ).toBe(5.5);
  expect(
    groupedMedian([
      { value: 9, count: 3 },
      { value: 2, count: 2 },
    ]),
  ).toBe(9);
});

test("it is what the database says of the values one by one", async () => {
  const database = await openDatabase(":memory:");
  const days = fc.array(fc.integer({ min: -5, max: 40 }), { minLength: 1, maxLength: 30 });
  const property = fc.asyncProperty(days, async (values) => {
    const [row] = await database.use((connection) =>
      connection.rows(
        raw(`SELECT median(v) AS median FROM (VALUES ${values.map((value) => `(${value})`).join(", ")}) AS t(v)`),
      ),
    );
    expect(groupedMedian(values.map((value) => ({ value, count: 1 })))).toBe(row?.["median"]);
  });
  await fc.assert(property, { seed: 5, numRuns: 30 });
  database.close();
});
