import { expect, test } from "vitest";
import { openDatabase } from "./database.ts";
import { duckdb } from "./dialect.ts";
import { join, raw, sql } from "./sql.ts";
import { addDays, daysBetween, startOf, type Grain } from "./time.ts";

const grains: readonly Grain[] = ["day", "week", "month", "quarter", "year"];

test("periods begin, and days pass, as they do in the calendar of everything else", async () => {
  const database = await openDatabase(":memory:");
  const starts = grains.map(
    (grain) => sql`CAST(${duckdb.startOf(grain, raw("day"))} AS VARCHAR) AS ${raw(grain)}_start`,
  );
  const some = sql`SELECT CAST(range AS DATE) AS day FROM range(DATE '1999-12-01', DATE '2005-03-02', INTERVAL 1 DAY)`;
  const passed = duckdb.daysBetween(duckdb.day("2000-02-29"), raw("day"));
  const found = await database.use((connection) =>
    connection.rows(
      sql`SELECT CAST(day AS VARCHAR) AS day, ${join(starts, ", ")}, ${passed} AS passed FROM (${some}) ORDER BY 1`,
    ),
  );
  expect(found).toHaveLength(daysBetween("1999-12-01", "2005-03-02"));
  found.forEach((row, i) => {
    const day = addDays("1999-12-01", i);
    const expected = Object.fromEntries(grains.map((grain) => [`${grain}_start`, startOf(grain, day)]));
    expect(row).toEqual({ day, ...expected, passed: daysBetween("2000-02-29", day) });
  });
  database.close();
});
