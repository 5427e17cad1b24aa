import { duckdb, type Dialect } from "./dialect.ts";
import type { Balance, Measure } from "./measure.ts";
import type { Plan } from "./plan.ts";
import { believed, qualified } from "./relation.ts";
import { joined } from "./row-joins.ts";
import { happening, identity, scope, side, type Earlier } from "./row-sides.ts";
import { join, name, raw, sql, type Sql } from "./sql.ts";
import type { Table } from "./table.ts";
import { addDays, minDay } from "./time.ts";

/** Why a row adds something else than before. */
export type RowCause = "new" | "late" | "restated" | "reversal" | "merge" | "deletion" | "currency" | "definition";

/** A part of a plan without keys and grain, as it was counted at an earlier and at a later instant. */
export interface PartChange {
  readonly part: string;
  readonly measure: Measure;
  /** The plan at either instant; undefined where the part has no value, so that no row counts. */
  readonly before: Plan | undefined;
  readonly after: Plan | undefined;
  readonly earlier: Earlier;
  readonly later: Pick<Plan, "asOf" | "today" | "range">;
  /** Loads between them that followed changed rules rather than a source, with the instants of their rows. */
  readonly redefined: readonly { readonly load: number; readonly at: string }[];
  /** Whether any of the things that rows name became part of another between them. */
  readonly grew: boolean;
}

const equal = (columns: readonly string[], left: string, right: string, required: (column: string) => boolean): Sql =>
  join(
    columns.map(
      (column) =>
        sql`${raw(left)}.${name(column)} ${raw(required(column) ? "=" : "IS NOT DISTINCT FROM")} ${raw(right)}.${name(column)}`,
    ),
    " AND ",
  );

const isMedian = (measure: Measure): boolean => measure.kind === "aggregate" && measure.function === "median";

/** Both sides, row by row. */
function compared({ part, measure, before, after, earlier }: PartChange, dialect: Dialect): Sql {
  const sideOf = (plan: Plan | undefined): Sql => {
    const there = plan ?? before ?? after;
    if (there === undefined) throw new Error(`${part} has no value before or after`);
    const rows = side(part, measure, there, earlier, dialect);
    return plan === undefined ? sql`SELECT * FROM (${rows}) AS none WHERE false` : rows;
  };
  const found = identity(measure);
  const required = (column: string) => measure.table.columns[column]?.required ?? column === "source_name";
  return sql`before_rows AS (${sideOf(before)}),
  after_rows AS (${sideOf(after)}),
  compared AS (
    SELECT ${join(
      found.map((column) => sql`coalesce(a.${name(column)}, b.${name(column)}) AS ${name(column)}`),
      ", ",
    )},
      b.adds AS adds_before, a.adds AS adds_after, b.counted IS NOT NULL AS in_before, a.counted IS NOT NULL AS in_after,
      a.stated = b.stated AND a.stated_in IS NOT DISTINCT FROM b.stated_in AS alike,
      coalesce(a.is_new, false) AS is_new, coalesce(a.reverses, false) AS reverses, a.loaded
    FROM before_rows AS b FULL JOIN after_rows AS a ON ${equal(found, "a", "b", required)})`;
}

/** The day after the last one that a balance sees. */
function closing({ today, range }: Pick<Plan, "today" | "range">): string {
  const tomorrow = addDays(today, 1);
  return minDay(range.to, range.from > tomorrow ? range.from : tomorrow);
}

/** The last day on which an entity's intervals began or ended, as far as the balance sees them. */
function lastEdge({ from, to }: Balance, later: PartChange["later"], dialect: Dialect): Sql {
  const closes = dialect.day(closing(later));
  const edge = (column: string) => sql`CASE WHEN t.${name(column)} < ${closes} THEN t.${name(column)} END`;
  return sql`max(greatest(${edge(from)}, ${edge(to)}))`;
}

/** What tells that a row, or the thing whose state it is, is known: a table, and the columns by which it is found there. */
function witness(measure: Measure): { table: Table; columns: readonly string[] } {
  const { statesOf } = measure.table;
  return statesOf === undefined
    ? { table: measure.table, columns: scope(measure) }
    : { table: statesOf, columns: statesOf.key };
}

/** What was known of the rows that moved at either instant, whether they counted or not. */
function knowledge(change: PartChange, dialect: Dialect): Sql {
  const { measure, before, after, earlier, later } = change;
  const { table, columns } = witness(measure);
  const clock = (after ?? before)?.clock ?? "period";
  const day = measure.kind === "balance" || table !== measure.table ? undefined : happening(measure, clock);
  const happened =
    measure.kind === "balance" ? lastEdge(measure, later, dialect) : sql`max(t.${name(day ?? columns[0] ?? "")})`;
  const began = measure.kind === "balance" ? sql`min(t.${name(measure.from)})` : raw("max(NULL)");
  const required = (column: string) => table.columns[column]?.required ?? column === "source_name";
  const [then, now] = [believed(raw("t"), earlier, dialect), believed(raw("t"), later, dialect)];
  const at = (instant: string, when: Sql) => sql`bool_or(${when}) AS ${name(`${instant}_known`)},
      ${happened} FILTER (WHERE ${when}) AS ${name(`${instant}_happened`)},
      ${began} FILTER (WHERE ${when}) AS ${name(`${instant}_began`)}`;
  return sql`SELECT ${join(
    columns.map((column) => sql`t.${name(column)}`),
    ", ",
  )}, ${at("then", then)}, ${at("now", now)}, max(t.load_id) FILTER (WHERE ${now}) AS loaded
    FROM ${qualified(table, dialect)} AS t SEMI JOIN moved AS m ON ${equal(columns, "t", "m", required)}
    WHERE (${then}) OR (${now}) GROUP BY ALL`;
}

/** When the rows that moved were last heard of, up to the later instant: a row that is gone went then. */
function lastHeard({ measure, later }: PartChange, dialect: Dialect): Sql {
  const columns = scope(measure).map((column) => sql`t.${name(column)}`);
  const required = (column: string) => measure.table.columns[column]?.required ?? column === "source_name";
  const known = later.asOf === undefined ? raw("true") : sql`t.known_to <= ${dialect.instant(later.asOf)}`;
  return sql`SELECT ${join(columns, ", ")}, max(t.known_to) AS at
    FROM ${qualified(measure.table, dialect)} AS t SEMI JOIN moved AS m ON ${equal(scope(measure), "t", "m", required)}
    WHERE ${known} GROUP BY ALL`;
}

/** Rows that became part of others between the instants, with those others. */
function merged({ measure, earlier, later }: PartChange, dialect: Dialect): Sql {
  const { merges } = measure.table;
  if (merges === undefined) return raw("merged AS (SELECT NULL AS gone, NULL AS into_row WHERE false)");
  const pairs = (
    plan: Pick<Plan, "asOf">,
  ) => sql`SELECT t.${name(merges.row)} AS gone, t.${name(merges.into)} AS into_row
    FROM ${qualified(merges.table, dialect)} AS t WHERE t.${name(merges.into)} IS NOT NULL AND ${believed(raw("t"), plan, dialect)}`;
  return sql`merged AS (${pairs(later)} EXCEPT ${pairs(earlier)})`;
}

const among = (cell: Sql, values: readonly Sql[]): Sql =>
  values.length === 0 ? raw("false") : sql`coalesce(${cell} IN (${join(values, ", ")}), false)`;

/** One cause for each row, decided from the top. */
function aggregateCause({ measure, redefined, grew }: PartChange, dialect: Dialect): Sql {
  const own = sql`m.${name(measure.table.key[0] ?? "")}`;
  const gone = measure.table.merges === undefined ? raw("false") : sql`${own} IN (SELECT gone FROM merged)`;
  const grown = measure.table.merges === undefined ? raw("false") : sql`${own} IN (SELECT into_row FROM merged)`;
  const { joins } = measure.table;
  const together = joins === undefined || !grew ? raw("false") : sql`${own} IN (SELECT own FROM joined)`;
  const loads = redefined.map(({ load }) => sql`${load}`);
  const followed = among(raw("coalesce(m.loaded, known.loaded)"), loads);
  const dropped = among(
    raw("last_heard.at"),
    redefined.map(({ at }) => dialect.instant(at)),
  );
  const scoped = measure.table.replacedBy.length > 0;
  const went = raw(measure.table.statesOf === undefined ? "NOT coalesce(now_known, false)" : "NOT in_after");
  return sql`CASE
      WHEN in_before AND in_after AND coalesce(alike, false) THEN 'currency'
      WHEN in_after AND NOT in_before AND NOT coalesce(then_known, false) AND reverses THEN 'reversal'
      WHEN in_after AND NOT in_before AND is_new THEN 'new'
      WHEN in_before AND NOT in_after AND NOT coalesce(now_known, false) AND ${gone} THEN 'merge'
      WHEN in_before AND NOT in_after AND NOT coalesce(now_known, false) AND NOT ${dropped} THEN 'deletion'
      WHEN ${followed} OR (${went} AND ${dropped}) THEN 'definition'
      WHEN in_after AND NOT in_before AND NOT coalesce(then_known, false) THEN 'late'
      WHEN ${grown} OR ${together} THEN 'merge'
      WHEN in_after AND NOT in_before AND ${raw(scoped ? "false" : "then_happened IS NULL")} THEN 'late'
      ELSE 'restated' END`;
}

/** As for rows, but by the days on which an entity's intervals begin and end. */
function balanceCause({ earlier, redefined }: PartChange, dialect: Dialect): Sql {
  const day = dialect.day(earlier.day);
  const loads = redefined.map(({ load }) => sql`${load}`);
  const dropped = among(
    raw("last_heard.at"),
    redefined.map(({ at }) => dialect.instant(at)),
  );
  return sql`CASE
      WHEN in_before AND in_after AND coalesce(alike, false) AND adds_before <> 0 AND adds_after <> 0 THEN 'currency'
      WHEN NOT coalesce(now_known, false) AND NOT ${dropped} THEN 'deletion'
      WHEN NOT coalesce(now_known, false) OR ${among(raw("known.loaded"), loads)} THEN 'definition'
      WHEN NOT coalesce(then_known, false) AND now_began < ${day} THEN 'late'
      WHEN NOT coalesce(then_known, false) OR now_happened >= ${day} THEN 'new'
      WHEN now_happened > coalesce(then_happened, DATE '0001-01-01') THEN 'late'
      ELSE 'restated' END`;
}

/** The rows that moved, each with its cause. */
function caused(change: PartChange, dialect: Dialect): Sql {
  const { measure, earlier, later, grew } = change;
  const differs = isMedian(measure)
    ? raw("adds_before IS DISTINCT FROM adds_after")
    : raw("coalesce(adds_before, 0) <> coalesce(adds_after, 0)");
  const cause = measure.kind === "balance" ? balanceCause(change, dialect) : aggregateCause(change, dialect);
  const same = (known: string, columns: readonly string[]) =>
    join(
      columns.map((column) => sql`${raw(known)}.${name(column)} IS NOT DISTINCT FROM m.${name(column)}`),
      " AND ",
    );
  const { columns } = witness(measure);
  const example = identity(measure)
    .filter((column) => column !== "source_name")
    .map((column) => sql`CAST(m.${name(column)} AS VARCHAR)`);
  return sql`${compared(change, dialect)},
  moved AS (SELECT * FROM compared WHERE ${differs}),
  known AS (${knowledge(change, dialect)}),
  last_heard AS (${lastHeard(change, dialect)}),
  ${merged(change, dialect)},
  ${grew ? joined(measure.table, [earlier, later], dialect) : raw("joined AS (SELECT NULL AS own WHERE false)")},
  caused AS (
    SELECT ${cause} AS cause, adds_before, adds_after, concat_ws(' · ', ${join(example, ", ")}) AS example
    FROM moved AS m LEFT JOIN known ON ${same("known", columns)} LEFT JOIN last_heard ON ${same("last_heard", scope(measure))})`;
}

const examples = raw("CAST(to_json(min(example, 5)) AS VARCHAR) AS examples");

/**
 * What each cause adds to a part between two instants of knowledge: every row that counts at either has exactly one cause.
 * Columns: `cause`, `difference`, `rows`, `examples`; for medians, instead of the difference, groups of rows of equal
 * `adds_before` and `adds_after`, those that did not change with a null cause.
 */
export function rowChanges(change: PartChange, dialect: Dialect = duckdb): Sql {
  const all = sql`WITH ${caused(change, dialect)}`;
  if (!isMedian(change.measure))
    return sql`${all}
SELECT cause, sum(coalesce(adds_after, 0) - coalesce(adds_before, 0)) AS difference, count(*) AS rows, ${examples}
FROM caused GROUP BY cause ORDER BY cause`;
  return sql`${all}
SELECT cause, adds_before, adds_after, count(*) AS rows, ${examples} FROM caused GROUP BY cause, adds_before, adds_after
UNION ALL
SELECT NULL, adds_before, adds_after, count(*), NULL FROM compared
WHERE adds_before IS NOT DISTINCT FROM adds_after GROUP BY adds_before, adds_after
ORDER BY ALL`;
}
