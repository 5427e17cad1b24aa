import type { Connection } from "../../engine/database.ts";
import { join, sql } from "../../engine/sql.ts";
import type { Message } from "./dialect.ts";
import { understoodMappings } from "./open.ts";
import { hasRaw } from "./raw.ts";

const page = 20_000;

type Json = null | boolean | number | string | readonly Json[] | { readonly [field: string]: Json };

const scalars = (json: Json): Json[] =>
  json === null || typeof json !== "object" ? [json] : Object.values(json).flatMap(scalars);

/** What stays of a record of somebody who is erased: the fields that are read, without what names them. */
function remaining(json: Json, reads: ReadonlySet<string>, isTheirs: (word: string) => boolean): Json {
  if (typeof json === "string") return isTheirs(json) ? null : json;
  if (json === null || typeof json !== "object") return json;
  if (Array.isArray(json)) return json.map((each: Json) => remaining(each, reads, isTheirs));
  const kept = Object.entries(json).filter(([field]) => reads.has("*") || reads.has(field));
  return Object.fromEntries(kept.map(([field, each]) => [field, remaining(each, reads, isTheirs)]));
}

/** By source and stream, the fields that SELECTs read. */
async function readBy(connection: Connection, sources: Message): Promise<Map<string, Set<string>>> {
  const reads = new Map<string, Set<string>>();
  for (const [source, spec] of Object.entries(sources))
    for (const { names, columns } of await understoodMappings(connection, source, spec))
      for (const stream of names) {
        const of = JSON.stringify([source, stream]);
        reads.set(of, new Set([...(reads.get(of) ?? []), ...columns]));
      }
  return reads;
}

/**
 * Takes somebody out of what was landed, by a test of any word for being one of their names. Of every version of a record that
 * names them only the fields stay that a SELECT of its source reads, without the names; a record that none reads goes.
 */
export async function forgetLanded(
  connection: Connection,
  isTheirs: (word: string) => boolean,
  sources: Message,
): Promise<void> {
  if (!(await hasRaw(connection))) return;
  const reads = await readBy(connection, sources);
  for (let after = -1, more = true; more;) {
    const rows = await connection.rows(sql`SELECT rowid AS row, source_name, stream, CAST(payload AS VARCHAR) AS payload
      FROM raw_record WHERE rowid > ${after} ORDER BY rowid LIMIT ${page}`);
    const gone: number[] = [];
    for (const { row, source_name: source, stream, payload } of rows) {
      const record = JSON.parse(String(payload)) as Json;
      if (!scalars(record).some((each) => typeof each === "string" && isTheirs(each))) continue;
      const read = reads.get(JSON.stringify([source, stream]));
      if (read === undefined) gone.push(Number(row));
      else
        await connection.run(sql`UPDATE raw_record SET payload = ${JSON.stringify(remaining(record, read, isTheirs))}
          WHERE rowid = ${Number(row)}`);
    }
    if (gone.length > 0)
      await connection.run(
        sql`DELETE FROM raw_record WHERE rowid IN (${join(
          gone.map((row) => sql`${row}`),
          ", ",
        )})`,
      );
    after = Number(rows.at(-1)?.["row"] ?? after);
    more = rows.length === page;
  }
}
