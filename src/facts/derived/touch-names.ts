import type { Connection } from "../../engine/database.ts";
import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import type { Statement } from "../merge.ts";
import { movedRows } from "./moved.ts";

/**
 * The names that touches state together, with how many of those that are believed do (`touches`), and since when any did. Who is who
 * follows from the names, whichever touches they are of, so that touches are counted once. The table has no versions: nothing is
 * asked of it as of a past day.
 */
export const touchNamesTable = raw(
  `CREATE TABLE IF NOT EXISTS touch_names (person_id VARCHAR, visitor VARCHAR, click_id VARCHAR, touches BIGINT, known_from TIMESTAMP)`,
);

const names = ["person_id", "visitor", "click_id"];
const together = raw(names.join(", "));
const some = raw("coalesce(person_id, visitor, click_id) IS NOT NULL");

/** One row for all names that are stated together, as the touches stand now. */
const rows = sql`SELECT ${together}, count(*) FILTER (known_to IS NULL) AS touches, min(known_from) AS known_from
  FROM touch WHERE ${some} GROUP BY ALL`;

/** By how many touches more, or fewer, a load states names together. */
function moved(statement: Statement): Sql {
  const more = `CASE WHEN load_id <> ${statement.loadId} THEN -1 WHEN known_to IS NULL THEN 1 ELSE 0 END AS more`;
  return sql`SELECT ${together}, CAST(sum(more) AS BIGINT) AS more, min(known_from) AS known_from
  FROM ${movedRows("touch", `${names.join(", ")}, known_from, ${more}`, statement)} WHERE ${some} GROUP BY ALL`;
}

const same = join(
  names.map((each) => sql`moved.${name(each)} IS NOT DISTINCT FROM touch_names.${name(each)}`),
  " AND ",
);

/**
 * Counts the names of the touches that a load opened and closed, which must be done once. They are left in a table `moved_names`: by
 * how many touches `more` each are stated than `before`.
 */
async function changed(connection: Connection, statement: Statement): Promise<void> {
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE moved AS ${moved(statement)}`);
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE moved_names AS
    SELECT moved.*, coalesce(touch_names.touches, 0) AS before, touch_names.rowid AS row FROM moved LEFT JOIN touch_names ON ${same}`);
  await connection.run(
    raw("UPDATE touch_names SET touches = before + more FROM moved_names WHERE touch_names.rowid = moved_names.row"),
  );
  await connection.run(
    sql`INSERT INTO touch_names BY NAME SELECT ${together}, more AS touches, known_from FROM moved_names WHERE row IS NULL`,
  );
  await connection.run(raw("DROP TABLE moved"));
}

/** How the names of touches are counted: of all of them, or of those that a load moved; and what it leaves behind, to be dropped. */
export const touchNames = {
  rows,
  whole: (connection: Connection) => connection.run(sql`CREATE OR REPLACE TABLE touch_names AS ${rows}`),
  changed,
  left: "moved_names",
};
