import { name, sql, type Sql } from "../../engine/sql.ts";
import { instantOf, type Statement } from "../merge.ts";

/** Whether a load opened or closed a row of a table. */
export const moved = (table: string, { loadId, at }: Statement): Sql =>
  sql`(${name(table)}.load_id = ${loadId} OR ${name(table)}.known_to = ${instantOf(at)})`;
