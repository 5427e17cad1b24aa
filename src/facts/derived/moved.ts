import { name, raw, sql, type Sql } from "../../engine/sql.ts";
import { instantOf, type Statement } from "../merge.ts";

/**
 * Columns (`*`, or expressions over the table's) of the rows of a table that a load opened or closed. Each half has a condition of
 * its own, by which the parts of a table that no load touched are passed over.
 */
export const movedRows = (table: string, columns: string, { loadId, at }: Statement): Sql =>
  sql`(SELECT ${raw(columns)} FROM main.${name(table)} WHERE load_id = ${loadId}
    UNION ALL SELECT ${raw(columns)} FROM main.${name(table)} WHERE known_to = ${instantOf(at)} AND load_id <> ${loadId})`;
