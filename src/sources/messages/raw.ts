import type { Connection } from "../../engine/database.ts";
import { raw } from "../../engine/sql.ts";

/**
 * What sources said, as they said it, before it means anything: every version of every record, and of each stream its key, its
 * structure and its state. A record is found by `key`: the values of its stream's key as a JSON array, its `id` where the stream
 * declares none, or else a fingerprint of all of it.
 */
const tables = [
  `CREATE TABLE IF NOT EXISTS raw_record (source_name VARCHAR, stream VARCHAR, key VARCHAR, payload JSON,
     emitted_at TIMESTAMP, version BIGINT, known_from TIMESTAMP, known_to TIMESTAMP)`,
  `CREATE TABLE IF NOT EXISTS raw_stream (source_name VARCHAR, stream VARCHAR, key VARCHAR, schema VARCHAR, structure VARCHAR,
     landed_at TIMESTAMP, PRIMARY KEY (source_name, stream))`,
  `CREATE TABLE IF NOT EXISTS raw_state (source_name VARCHAR, dialect VARCHAR, part VARCHAR, state VARCHAR, landed_at TIMESTAMP,
     PRIMARY KEY (source_name, dialect, part))`,
];

/** Creates what is missing of it. */
export async function prepareRaw(connection: Connection): Promise<void> {
  for (const table of tables) await connection.run(raw(table));
}

/** Whether anything was ever landed here. */
export async function hasRaw(connection: Connection): Promise<boolean> {
  const found = await connection.rows(raw("SELECT 1 AS one FROM duckdb_tables() WHERE table_name = 'raw_state'"));
  return found.length > 0;
}
