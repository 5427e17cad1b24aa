import type { Database } from "../engine/database.ts";
import { duckdb } from "../engine/dialect.ts";
import { believed } from "../engine/relation.ts";
import { name, runnable, sql, type Sql } from "../engine/sql.ts";
import { acquisition } from "../facts/derived/acquisition.ts";
import { families } from "../facts/derived/family.ts";
import { cohortRevenue } from "../facts/views.ts";
import type { Context, Draft, Note } from "./draft.ts";

const ofFamilies: readonly string[] = [acquisition.name, cohortRevenue.name];

/** How many customers name a parent that nothing is known of, and how many belong to one another in a circle. */
function doubtful({ plan }: Draft): Sql {
  const known = (table: string): Sql => believed(name(table), plan, duckdb);
  return sql`WITH ${families(known("customer"))},
  known_customer AS (
    SELECT customer_id FROM customer WHERE ${known("customer")}
    UNION
    SELECT customer_id FROM acquisition WHERE ${known("acquisition")})
SELECT (SELECT count(*) FROM parent WHERE parent_id NOT IN (SELECT customer_id FROM known_customer)) AS unknown,
  (SELECT count(*) FROM family WHERE family_id IN (SELECT customer_id FROM parent)) AS circular`;
}

const note = (code: string, count: number, message: string): Note[] =>
  count === 0 ? [] : [{ code, count, message: `${count} ${count === 1 ? "customer" : "customers"} ${message}` }];

/** Says where families of customers, which are won once, rest on parents that cannot be. */
export async function doubtfulParents(draft: Draft, context: Context, database: Database): Promise<Note[]> {
  const rests = Object.values(draft.variant.parts).some((measure) => ofFamilies.includes(measure.table.name));
  if (!rests || (context.ledger.rows["customer"] ?? 0) === 0) return [];
  const query = doubtful(draft);
  const [found] = await context.ledger.remembered(`parents ${runnable(query)}`, () =>
    database.use((connection) => connection.rows(query)),
  );
  return [
    ...note(
      "unknown-parents",
      Number(found?.["unknown"] ?? 0),
      "belong to a customer that is not there; those of one such parent still count as one family",
    ),
    ...note(
      "circular-parents",
      Number(found?.["circular"] ?? 0),
      "belong to one another in a circle; each circle counts as one family",
    ),
  ];
}
