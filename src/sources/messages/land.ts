import type { Connection } from "../../engine/database.ts";
import { raw, sql, typed, type Sql } from "../../engine/sql.ts";
import { count } from "../../facts/staged.ts";
import { dialects, type DialectName } from "./dialect.ts";
import { keyOf } from "./keys.ts";
import { prepareRaw } from "./raw.ts";
import { resumeOf } from "./resume.ts";
import { controls, ofType, readMessages, type Control } from "./read.ts";
import type { Chunk } from "./spool.ts";
import { grown } from "./streams.ts";

/** Where lines are kept that say they are records and are none. */
export const unreadableStream = "(unreadable)";

export interface LandRequest {
  readonly source: string;
  readonly dialect: DialectName;
  readonly chunk: Chunk;
  readonly now: () => Date;
}

export interface Landed {
  readonly records: number;
  /** Versions that are new: of records that were not known, or known otherwise. */
  readonly changed: number;
  /** Versions that ended: of records that are otherwise now, or gone. */
  readonly ended: number;
  readonly unreadable: number;
  /** Lines that are no messages: what a source logs where it should not. */
  readonly logs: number;
  /** What the source is given to go on from here, if it said. */
  readonly state: unknown;
}

/** Keeps what streams declare of themselves, and what their new records look like. */
async function keepStreams(connection: Connection, source: string, all: readonly Control[], at: Sql): Promise<void> {
  for (const { message } of ofType(all, "SCHEMA"))
    await connection.run(sql`INSERT INTO raw_stream (source_name, stream, key, schema, landed_at)
      VALUES (${source}, ${String(message["stream"])}, ${JSON.stringify(message["key_properties"] ?? [])},
        ${JSON.stringify(message["schema"] ?? {})}, ${at})
      ON CONFLICT (source_name, stream) DO UPDATE SET key = excluded.key, schema = excluded.schema`);
  const found = await connection.rows(sql`SELECT stream, CAST(json_group_structure(payload) AS VARCHAR) AS structure,
      (SELECT structure FROM raw_stream WHERE source_name = ${source} AND raw_stream.stream = raw_message.stream) AS before
    FROM raw_message WHERE type = 'RECORD' AND line IS NULL GROUP BY stream`);
  for (const row of found)
    await connection.run(sql`INSERT INTO raw_stream (source_name, stream, structure, landed_at)
      VALUES (${source}, ${String(row["stream"])}, ${grown(row["before"] == null ? null : String(row["before"]), String(row["structure"]))}, ${at})
      ON CONFLICT (source_name, stream) DO UPDATE SET structure = excluded.structure, landed_at = excluded.landed_at`);
}

/** The last that was said of each record, with what it said first where the two differ: the temporary table `raw_last`. */
async function lastOfEach(connection: Connection, source: string, { tooLong }: Chunk): Promise<void> {
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE raw_said AS
    SELECT n, stream, ${await keyOf(connection, source)} AS key, payload, emitted_at, version,
      type = 'DELETE' OR (CAST(payload AS VARCHAR) LIKE '%_deleted_at%'
        AND coalesce(payload->>'$._sdc_deleted_at', payload->>'$._ab_cdc_deleted_at') IS NOT NULL) AS deleted
    FROM raw_message WHERE (type = 'RECORD' AND line IS NULL) OR (type = 'DELETE' AND payload IS NOT NULL)
    UNION ALL
    SELECT n, ${unreadableStream}, '#' || sha256(line), to_json(line), NULL, NULL, false
    FROM raw_message WHERE type = 'RECORD' AND line IS NOT NULL`);
  for (const line of tooLong)
    await connection.run(sql`INSERT INTO raw_said
      VALUES (0, ${unreadableStream}, '#' || sha256(${line}), to_json(${line}), NULL, NULL, false)`);
  await connection.run(
    raw(`CREATE OR REPLACE TEMP TABLE raw_last AS SELECT * FROM raw_said
    SEMI JOIN (SELECT stream, key, max(n) AS n FROM raw_said GROUP BY stream, key) AS last
      ON last.n = raw_said.n AND last.stream = raw_said.stream AND last.key = raw_said.key`),
  );
}

interface Landing {
  readonly connection: Connection;
  readonly source: string;
  /** From when what is landed is known. */
  readonly at: Sql;
}

/** Ends the versions that a condition on them (`record`) chooses. */
const ending = ({ connection, source, at }: Landing, condition: Sql): Promise<number> =>
  connection.run(sql`UPDATE raw_record AS record SET known_to = ${at}
    WHERE record.source_name = ${source} AND record.known_to IS NULL AND ${condition}`);

/** A part of a stream is stated anew: what was known of it, or said before, and is not said again after that, is gone. */
async function replace(landing: Landing, { n, message }: Control): Promise<number> {
  const { account, day_from: from, day_to: to } = (message["scope"] ?? {}) as Record<string, string | undefined>;
  const stream = String(message["stream"]);
  const within = (row: string): Sql => {
    const field = (each: string): Sql => sql`(${raw(row)}.payload->>${`$.${each}`})`;
    return sql`${raw(row)}.stream = ${stream} AND (${account ?? null} IS NULL OR ${field("account")} = ${account ?? null})
      AND (${from ?? null} IS NULL OR ${field("day")} >= ${from ?? null}) AND (${to ?? null} IS NULL OR ${field("day")} < ${to ?? null})`;
  };
  await landing.connection.run(sql`DELETE FROM raw_last WHERE n < ${n} AND ${within("raw_last")}`);
  return ending(
    landing,
    sql`${within("record")} AND NOT EXISTS (SELECT 1 FROM raw_last AS said
      WHERE said.stream = record.stream AND said.key = record.key AND said.n > ${n})`,
  );
}

/** A stream was read whole: what is not of this version is gone. */
async function activate(landing: Landing, { n, message }: Control): Promise<number> {
  const stream = String(message["stream"]);
  const version = Number(message["version"]);
  const isOther = (row: string) =>
    sql`${raw(row)}.stream = ${stream} AND ${raw(row)}.version IS DISTINCT FROM ${version}`;
  await landing.connection.run(sql`DELETE FROM raw_last WHERE n < ${n} AND ${isOther("raw_last")}`);
  return ending(landing, isOther("record"));
}

/** Ends versions that are otherwise now or gone, and adds those that are new. */
async function merge(landing: Landing): Promise<{ changed: number; ended: number }> {
  const { connection, source, at } = landing;
  const same = raw("said.stream = record.stream AND said.key = record.key");
  const ended = await ending(
    landing,
    sql`EXISTS (SELECT 1 FROM raw_last AS said WHERE ${same} AND (said.deleted OR said.payload <> record.payload))`,
  );
  await connection.run(sql`UPDATE raw_record AS record SET version = said.version FROM raw_last AS said
    WHERE record.source_name = ${source} AND record.known_to IS NULL AND ${same}
      AND said.version IS NOT NULL AND said.version IS DISTINCT FROM record.version`);
  const changed = await connection.run(sql`INSERT INTO raw_record
    SELECT ${source}, stream, key, payload, emitted_at, version, ${at}, NULL FROM raw_last AS said
    WHERE NOT deleted AND NOT EXISTS (
      SELECT 1 FROM raw_record AS record WHERE record.source_name = ${source} AND record.known_to IS NULL AND ${same})`);
  return { changed, ended };
}

/** Keeps the last state of each part. */
async function keepStates({ connection, source, at }: Landing, dialect: DialectName, all: readonly Control[]) {
  const { partOf } = dialects[dialect];
  for (const { message } of ofType(all, "STATE"))
    await connection.run(sql`INSERT OR REPLACE INTO raw_state
      VALUES (${source}, ${dialect}, ${partOf(message)}, ${JSON.stringify(message)}, ${at})`);
}

/**
 * Keeps a chunk of messages as they are, in one transaction: every record is there with what was known before, or nothing is.
 * Landing the same chunk twice changes nothing.
 */
export async function land(connection: Connection, request: LandRequest): Promise<Landed> {
  const { source, dialect, chunk, now } = request;
  await prepareRaw(connection);
  await readMessages(connection, chunk, dialects[dialect]);
  const all = await controls(connection);
  const landing = { connection, source, at: typed(now().toISOString().replace("Z", ""), "TIMESTAMP") };
  return connection.transaction(async () => {
    await keepStreams(connection, source, all, landing.at);
    await lastOfEach(connection, source, chunk);
    let ended = 0;
    for (const each of ofType(all, "REPLACE")) ended += await replace(landing, each);
    const merged = await merge(landing);
    for (const each of ofType(all, "ACTIVATE_VERSION")) ended += await activate(landing, each);
    await keepStates(landing, dialect, all);
    const messages = await count(connection, raw("SELECT count(*) AS n FROM raw_message"));
    const unreadable = await count(
      connection,
      sql`SELECT count(*) AS n FROM raw_said WHERE stream = ${unreadableStream}`,
    );
    return {
      records: await count(
        connection,
        raw("SELECT count(*) AS n FROM raw_message WHERE type = 'RECORD' AND line IS NULL"),
      ),
      changed: merged.changed,
      ended: ended + merged.ended,
      unreadable,
      logs: chunk.lines - chunk.tooLong.length - messages,
      state: await resumeOf(connection, source),
    };
  });
}
