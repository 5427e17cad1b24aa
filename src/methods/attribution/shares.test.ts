import * as fc from "fast-check";
import { expect, test } from "vitest";
import { openDatabase } from "../../engine/database.ts";
import { raw, sql } from "../../engine/sql.ts";
import { sharesOf, shareOf } from "./shares.ts";

/** Totals below 9e6, below 9e14 and beyond are divided in different ways. */
const someWeights = fc
  .constantFrom(100, 9e6, 1e10, 2 ** 40, 9e14, Number.MAX_SAFE_INTEGER)
  .chain((most) => fc.array(fc.integer({ min: 0, max: most }), { minLength: 1, maxLength: 12 }))
  .filter((weights) => weights.some((weight) => weight > 0));

test("SQL divides weights of any size as the plain rule does", async () => {
  const database = await openDatabase(":memory:");
  await database.use((connection) =>
    fc.assert(
      fc.asyncProperty(someWeights, async (weights) => {
        const found = await connection.rows(sql`SELECT ${shareOf(raw("weight"), "nr", "nth")} AS share
          FROM (SELECT 1 AS nr, nth, weight FROM (SELECT unnest(CAST(from_json(${JSON.stringify(weights)}, '["BIGINT"]') AS BIGINT[])) AS weight,
            generate_subscripts(from_json(${JSON.stringify(weights)}, '["BIGINT"]'), 1) AS nth)) ORDER BY nth`);
        expect(found.map(({ share }) => Math.round(Number(share) * 1e12))).toEqual(sharesOf(weights));
      }),
      { numRuns: 150 },
    ),
  );
  database.close();
});
