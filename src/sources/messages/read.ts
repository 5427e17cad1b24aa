import type { Connection } from "../../engine/database.ts";
import { join, raw, sql } from "../../engine/sql.ts";
import type { Dialect, Message } from "./dialect.ts";
import { separator, type Chunk } from "./spool.ts";

/** A message that says something about others, and its place among them. */
export interface Control {
  readonly n: number;
  readonly message: Message;
}

/** Every line of a chunk that is a message, each read once: the temporary table `raw_message`. A RECORD that is none has its `line`. */
export async function readMessages(connection: Connection, { file }: Chunk, dialect: Dialect): Promise<void> {
  const paths = ["$.type", "$.stream", dialect.stream, dialect.record, dialect.emittedAt, "$.version", "$.key"];
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE raw_message AS
    WITH line AS (SELECT n, line FROM read_csv(${file}, delim = ${separator}, columns = {'n': 'BIGINT', 'line': 'VARCHAR'},
      header = false, auto_detect = false, quote = '', escape = '', ignore_errors = true, max_line_size = 17000000)),
    part AS (SELECT n, line, json_extract(line, [${join(
      paths.map((each) => sql`${each}`),
      ", ",
    )}]) AS part FROM line WHERE json_valid(line)),
    said AS (SELECT n, line, part[1]->>'$' AS type, coalesce(part[3]->>'$', part[2]->>'$') AS stream,
      CASE part[1]->>'$' WHEN 'DELETE' THEN part[7] ELSE part[4] END AS payload,
      part[5]->>'$' AS said, TRY_CAST(part[6]->>'$' AS BIGINT) AS version FROM part)
    SELECT n, type, stream, payload, ${dialect.instant} AS emitted_at, version,
      CASE WHEN type <> 'RECORD' OR payload IS NULL OR stream IS NULL OR json_type(payload) <> 'OBJECT' THEN line END AS line
    FROM said WHERE type IS NOT NULL`);
}

/** Messages that say something about others, in their order. */
export async function controls(connection: Connection): Promise<Control[]> {
  const rows = await connection.rows(
    raw(`SELECT n, line FROM raw_message
    WHERE type IN ('SCHEMA', 'STATE', 'REPLACE', 'ACTIVATE_VERSION') ORDER BY n`),
  );
  return rows.map((row) => ({ n: Number(row["n"]), message: JSON.parse(String(row["line"])) as Message }));
}

/** Those of a type. */
export const ofType = (all: readonly Control[], type: string): Control[] =>
  all.filter(({ message }) => message["type"] === type);
