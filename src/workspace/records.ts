import type { Cell, Connection } from "../engine/database.ts";
import { raw, sql, typed, type Sql } from "../engine/sql.ts";
import type { Day } from "../engine/time.ts";
import { instantOf } from "../facts/merge.ts";

/** Under this id the company's settings are kept among its definitions. */
export const company = "(company)";

/** A definition as it was recorded: what its file said, from which day of the data it is in force, and since when it is known. */
export interface Recorded {
  readonly id: string;
  readonly version: number;
  /** Null where it is in force since ever. */
  readonly effective: Day | null;
  readonly owner: string | null;
  readonly by: string | null;
  /** The version of the shipped indicator that it changes; null for the company's own. */
  readonly shipped: number | null;
  /** What the file said, as JSON with its keys in order; null where the file was taken away. */
  readonly body: string | null;
  /** Null for what was there when the first were recorded: how long it had been so is not known. */
  readonly since: string | null;
}

/** A definition to be recorded where it differs from what is known. */
export interface Wanted {
  readonly id: string;
  readonly content: unknown;
  readonly effective: Day | null;
  readonly owner: string | null;
  readonly shipped: number | null;
}

/** JSON with the keys of every object in order, so that equal contents are equal texts. */
export const canonical = (content: unknown): string =>
  JSON.stringify(content, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

const text = (cell: Cell | undefined): string | null => (cell == null ? null : String(cell));

/** Every definition that was ever recorded, in the order of recording; none in a store that never kept any. */
export async function recordedIn(connection: Connection): Promise<Recorded[]> {
  const kept = await connection.rows(raw("SELECT 1 AS one FROM duckdb_tables() WHERE table_name = 'definition'"));
  if (kept.length === 0) return [];
  const rows = await connection.rows(raw("SELECT * FROM definition ORDER BY id, version"));
  return rows.map((row) => ({
    id: String(row["id"]),
    version: Number(row["version"]),
    effective: text(row["effective_on"]),
    owner: text(row["owner"]),
    by: text(row["set_by"]),
    shipped: row["shipped"] == null ? null : Number(row["shipped"]),
    body: text(row["body"]),
    since: text(row["known_from"]),
  }));
}

const isSame = (last: Recorded | undefined, wanted: Wanted): boolean =>
  last !== undefined && last.body === canonical(wanted.content) && last.shipped === wanted.shipped;

/** What has to be recorded so that the last version of each definition is what is wanted; nothing where it is so already. */
export function unrecorded(
  known: readonly Recorded[],
  wanted: readonly Wanted[],
  today: Day,
): Omit<Recorded, "since" | "by">[] {
  const lastOf = (id: string) => known.findLast((each) => each.id === id);
  const changed = wanted.flatMap((each) => {
    const last = lastOf(each.id);
    if (isSame(last, each)) return [];
    const { id, owner, shipped, content, effective } = each;
    const isFirst = known.length === 0 || (last === undefined && shipped === null);
    const version = Math.max(last?.version ?? 0, shipped ?? 0) + 1;
    return [
      { id, version, owner, shipped, effective: effective ?? (isFirst ? null : today), body: canonical(content) },
    ];
  });
  const ids = new Set(known.map((each) => each.id));
  const gone = [...ids].flatMap((id) => {
    const last = lastOf(id);
    if (last?.body == null || wanted.some((each) => each.id === id)) return [];
    return [{ ...last, version: last.version + 1, effective: today, body: null }];
  });
  return [...changed, ...gone];
}

const instant = (since: string | null): Sql => (since === null ? raw("NULL") : instantOf(since));

/** Records new versions as known from now on; what is recorded first of all was so since nobody knows when. */
export async function record(
  connection: Connection,
  versions: readonly Omit<Recorded, "since" | "by">[],
  since: string | null,
  by: string | null = null,
): Promise<void> {
  for (const { id, version, effective, owner, shipped, body } of versions)
    await connection.run(sql`INSERT INTO definition VALUES (${id}, ${version}, ${typed(effective, "DATE")}, ${owner}, ${by},
      ${shipped}, ${body}, ${instant(since)})`);
}
