import { createHash } from "node:crypto";
import type { Database, Limits, Tuple } from "../../engine/database.ts";
import { duckdb } from "../../engine/dialect.ts";
import { believed } from "../../engine/relation.ts";
import { join, name, sql, type Sql } from "../../engine/sql.ts";
import type { Table } from "../../engine/table.ts";

/** How many rows there are, and a fingerprint of what they say, whatever their order. */
export interface Fingerprint {
  readonly rows: number;
  readonly fingerprint: string;
}

const contentOf = (fact: Table): string[] => [...Object.keys(fact.columns), "source_name", "source_key"];

/** A cell that every row has is written as it is; where some have none, an end-of-text that no value is stands for it. */
const cell = (column: string, always: boolean): Sql =>
  always ? name(column) : sql`coalesce(CAST(${name(column)} AS VARCHAR), chr(0))`;

/** The sums of both halves of each row's MD5: exact, and the same in whatever order the rows come. */
function sums(fact: Table, columns: readonly string[], filled: Tuple, where: Sql): Sql {
  const cells = columns.map((column) => cell(column, filled[column] === filled["rows"]));
  return sql`SELECT CAST(sum(CAST(number >> 64 AS UBIGINT)) AS VARCHAR) AS upper,
    CAST(sum(CAST(number & 18446744073709551615::UHUGEINT AS UBIGINT)) AS VARCHAR) AS lower
    FROM (SELECT md5_number(concat(${join(cells, ", chr(31), ")})) AS number FROM ${name(fact.name)} WHERE ${where})`;
}

/**
 * The fingerprint of a fact's rows that are believed, or were at an instant. It changes with any cell. Columns without any
 * value take no part, so that a column which a later version of Embudo adds changes nothing.
 */
export async function fingerprintOf(
  fact: Table,
  asOf: string | undefined,
  database: Database,
  limits: Limits,
): Promise<Fingerprint> {
  const where = believed(name(fact.name), { asOf }, duckdb);
  const counts = contentOf(fact).map((column) => sql`count(${name(column)}) AS ${name(column)}`);
  return database.use(async (connection) => {
    const [filled = {}] = await connection.rows(
      sql`SELECT count(*) AS rows, ${join(counts, ", ")} FROM ${name(fact.name)} WHERE ${where}`,
      limits,
    );
    const columns = contentOf(fact).filter((column) => Number(filled[column]) > 0);
    const rows = Number(filled["rows"]);
    const [found] = rows === 0 ? [] : await connection.rows(sums(fact, columns, filled, where), limits);
    const content = JSON.stringify([columns, rows, found?.["upper"] ?? null, found?.["lower"] ?? null]);
    return { rows, fingerprint: createHash("sha256").update(content).digest("hex") };
  });
}
