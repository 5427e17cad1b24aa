import type { Connection, Tuple } from "../../engine/database.ts";
import { literal, quoted, sql } from "../../engine/sql.ts";
import { hasRaw } from "./raw.ts";
import { merged, readable, type Structure } from "./structure.ts";

/** A stream of a source as it is known. */
export interface Stream {
  readonly name: string;
  /** Its declared key; none where it declares none. */
  readonly key: readonly string[];
  /** What its records have in common, and what was declared of them. */
  readonly structure: Structure;
  readonly landedAt: string;
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

const declaredTypes: Readonly<Record<string, string>> = { integer: "BIGINT", number: "DOUBLE", boolean: "BOOLEAN" };

/** A declared schema as a structure: what it says of fields that no record had so far. */
export function declared({ type, properties }: JsonSchema): Structure {
  const types = [type ?? []].flat().filter((each) => each !== "null");
  if (types.length !== 1) return "NULL";
  if (types[0] === "object" && properties !== undefined)
    return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, declared(each)]));
  return declaredTypes[types[0] ?? ""] ?? "NULL";
}

function streamOf(tuple: Tuple): Stream {
  const json = (column: string): unknown => (tuple[column] == null ? undefined : JSON.parse(String(tuple[column])));
  const schema = declared(json("schema") ?? {});
  const found = (json("structure") ?? "NULL") as Structure;
  return {
    name: String(tuple["stream"]),
    key: (json("key") ?? []) as string[],
    structure: typeof found === "string" && found === "NULL" ? schema : completed(found, schema),
    landedAt: String(tuple["landed_at"]),
  };
}

/** What was found, with the fields that were only declared: what is found decides what a field is. */
function completed(found: Structure, schema: Structure): Structure {
  if (typeof found === "string" || Array.isArray(found)) return found;
  if (typeof schema === "string" || Array.isArray(schema)) return found;
  const fields = found as Readonly<Record<string, Structure>>;
  return { ...schema, ...Object.fromEntries(Object.entries(fields).filter(([, each]) => each !== "NULL")) };
}

/** The streams that a source has landed so far, in the order of their names. */
export async function streamsOf(connection: Connection, source: string): Promise<Stream[]> {
  if (!(await hasRaw(connection))) return [];
  const rows = await connection.rows(
    sql`SELECT stream, key, schema, structure, landed_at FROM raw_stream WHERE source_name = ${source} ORDER BY stream`,
  );
  return rows.map(streamOf);
}

/** The structure of records that are new beside that of those before. */
export const grown = (before: string | null, records: string): string =>
  JSON.stringify(
    merged((before === null ? "NULL" : JSON.parse(before)) as Structure, JSON.parse(records) as Structure),
  );

/**
 * The records of a stream that stand, as a relation with a column for each of their fields, objects as STRUCTs, and as text what
 * is sometimes this and sometimes that. `_key` finds a record, `_emitted_at` is when it was read at its source.
 */
export function relationOf(source: string, { name, structure }: Stream): string {
  const fields = readable(structure);
  const isObject = typeof fields === "object" && !Array.isArray(fields);
  const column = ([field, each]: [string, Structure]): string =>
    each === "JSON" ? `r.${quoted(field)}->>'$' AS ${quoted(field)}, ` : `r.${quoted(field)}, `;
  const columns = isObject ? Object.entries(fields).map(column) : [];
  const row = isObject ? `json_transform(payload, ${literal(JSON.stringify(fields))})` : "payload";
  return `SELECT ${columns.join("")}_key, _emitted_at FROM (
    SELECT ${row} AS r, key AS _key, emitted_at AS _emitted_at FROM raw_record
    WHERE source_name = ${literal(source)} AND stream = ${literal(name)} AND known_to IS NULL) AS record`;
}

/** How many records of each stream stand. */
export async function countsOf(connection: Connection, source: string): Promise<ReadonlyMap<string, number>> {
  if (!(await hasRaw(connection))) return new Map();
  const rows = await connection.rows(
    sql`SELECT stream, count(*) AS n FROM raw_record WHERE source_name = ${source} AND known_to IS NULL GROUP BY ALL`,
  );
  return new Map(rows.map((row) => [String(row["stream"]), Number(row["n"])]));
}

/** Equal to an earlier one when nothing that was landed since says anything new. */
export async function landedFingerprint(connection: Connection, source: string): Promise<string> {
  const [row] = await connection.rows(sql`SELECT
    (SELECT count(*) || ' ' || count(known_to) FROM raw_record WHERE source_name = ${source}) || ' ' ||
    (SELECT md5(string_agg(concat_ws(' ', stream, schema, structure), ' ' ORDER BY stream)) FROM raw_stream WHERE source_name = ${source}) AS stamp`);
  return String(row?.["stamp"]);
}
