import type { Connection } from "../engine/database.ts";
import { name, sql, type Sql } from "../engine/sql.ts";
import type { Table } from "../engine/table.ts";

/** Where the rows of a fact wait until they are loaded, each with its `_reason` and `_raw` where it broke a rule. */
export const stagedName = (fact: Table): Sql => name(`staged_${fact.name}`);

/** The rows that broke no rule. */
export const sound = (fact: Table): Sql => sql`(SELECT * FROM ${stagedName(fact)} WHERE _reason IS NULL)`;

/** The number that a query gives as `n`. */
export const count = async (connection: Connection, query: Sql): Promise<number> =>
  Number((await connection.rows(query))[0]?.["n"] ?? 0);
