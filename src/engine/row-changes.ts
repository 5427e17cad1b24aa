import { duckdb, type Dialect } from "./dialect.ts";
import type { Balance, Measure } from "./measure.ts";
import type { Plan } from "./plan.ts";
import { believed, qualified } from "./relation.ts";
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

/** What was known at an instant of the rows that moved, whether they counted or not. */
function knowledge({ measure, before, after, later }: PartChange, plan: Pick<Plan, "asOf">, dialect: Dialect): Sql {
  const { table, columns } = witness(measure);
  const clock = (after ?? before)?.clock ?? "period";
  const day = measure.kind === "balance" || table !== measure.table ? undefined : happening(measure, clock);
  const happened =
    measure.kind === "balance" ? lastEdge(measure, later, dialect) : sql`max(t.${name(day ?? columns[0] ?? "")})`;
  const began = measure.kind === "balance" ? sql`min(t.${name(measure.from)})` : raw("NULL");
  const required = (column: string) => table.columns[column]?.required ?? column === "source_name";
  return sql`SELECT ${join(
    columns.map((column) => sql`t.${name(column)}`),
    ", ",
  )}, ${happened} AS happened, ${began} AS began, max(t.load_id) AS loaded, true AS known
    FROM ${qualified(table, dialect)} AS t SEMI JOIN moved AS m ON ${equal(columns, "t", "m", required)}
    WHERE ${believed(raw("t"), plan, dialect)} GROUP BY ALL`;
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

/** Rows that name something of which another thing became part between the instants, or which became part of one. */
function joined({ measure, earlier, later }: PartChange, dialect: Dialect): Sql {
  const { joins, key } = measure.table;
  if (joins === undefined) return raw("joined AS (SELECT NULL AS own WHERE false)");
  const { by, among: some } = joins;
  const part = (which: Sql) => sql`SELECT t.${name(joins.named)} AS named, t.${name(joins.into)} AS whole
      FROM ${qualified(joins.table, dialect)} AS t WHERE t.${name(some.column)} = ${some.value} AND ${which}`;
  const [then, now] = [believed(raw("t"), earlier, dialect), believed(raw("t"), later, dialect)];
  return sql`joined AS (
    WITH moved_part AS (
      SELECT named, now_part.whole, then_part.whole AS before
      FROM (${part(sql`${now} AND NOT (${then})`)}) AS now_part JOIN (${part(sql`${then} AND NOT (${now})`)}) AS then_part USING (named)),
    grown AS (SELECT DISTINCT whole FROM moved_part WHERE whole <> before),
    side AS (
      SELECT * FROM moved_part WHERE whole IN (FROM grown)
      UNION ALL SELECT named, whole, whole FROM (${part(sql`${now} AND ${then}`)}) AS kept WHERE whole IN (FROM grown))
    SELECT DISTINCT t.${name(key[0] ?? "")} AS own
    FROM ${qualified(measure.table, dialect)} AS t JOIN ${qualified(by.table, dialect)} AS there ON there.${name(by.on)} = t.${name(by.on)}
      AND ${believed(raw("there"), later, dialect)} JOIN side ON side.named = there.${name(by.column)}
    WHERE ${believed(raw("t"), later, dialect)} AND side.whole IN (SELECT whole FROM side GROUP BY whole HAVING count(DISTINCT before) > 1))`;
}

const among = (cell: Sql, values: readonly Sql[]): Sql =>
  values.length === 0 ? raw("false") : sql`coalesce(${cell} IN (${join(values, ", ")}), false)`;

/** One cause for each row, decided from the top. */
function aggregateCause({ measure, redefined }: PartChange, dialect: Dialect): Sql {
  const own = sql`m.${name(measure.table.key[0] ?? "")}`;
  const gone = measure.table.merges === undefined ? raw("false") : sql`${own} IN (SELECT gone FROM merged)`;
  const grown = measure.table.merges === undefined ? raw("false") : sql`${own} IN (SELECT into_row FROM merged)`;
  const together = measure.table.joins === undefined ? raw("false") : sql`${own} IN (SELECT own FROM joined)`;
  const loads = redefined.map(({ load }) => sql`${load}`);
  const followed = among(raw("coalesce(m.loaded, now_known.loaded)"), loads);
  const dropped = among(
    raw("last_heard.at"),
    redefined.map(({ at }) => dialect.instant(at)),
  );
  const scoped = measure.table.replacedBy.length > 0;
  const went = raw(measure.table.statesOf === undefined ? "now_known.known IS NULL" : "NOT in_after");
  return sql`CASE
      WHEN in_before AND in_after AND coalesce(alike, false) THEN 'currency'
      WHEN in_after AND NOT in_before AND then_known.known IS NULL AND reverses THEN 'reversal'
      WHEN in_after AND NOT in_before AND is_new THEN 'new'
      WHEN in_before AND NOT in_after AND now_known.known IS NULL AND ${gone} THEN 'merge'
      WHEN in_before AND NOT in_after AND now_known.known IS NULL AND NOT ${dropped} THEN 'deletion'
      WHEN ${followed} OR (${went} AND ${dropped}) THEN 'definition'
      WHEN in_after AND NOT in_before AND then_known.known IS NULL THEN 'late'
      WHEN ${grown} OR ${together} THEN 'merge'
      WHEN in_after AND NOT in_before AND ${raw(scoped ? "false" : "then_known.happened IS NULL")} THEN 'late'
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
      WHEN now_known.known IS NULL AND NOT ${dropped} THEN 'deletion'
      WHEN now_known.known IS NULL OR ${among(raw("now_known.loaded"), loads)} THEN 'definition'
      WHEN then_known.known IS NULL AND now_known.began < ${day} THEN 'late'
      WHEN then_known.known IS NULL OR now_known.happened >= ${day} THEN 'new'
      WHEN now_known.happened > coalesce(then_known.happened, DATE '0001-01-01') THEN 'late'
      ELSE 'restated' END`;
}

/** The rows that moved, each with its cause. */
function caused(change: PartChange, dialect: Dialect): Sql {
  const { measure, earlier, later } = change;
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
  then_known AS (${knowledge(change, earlier, dialect)}),
  now_known AS (${knowledge(change, later, dialect)}),
  last_heard AS (${lastHeard(change, dialect)}),
  ${merged(change, dialect)},
  ${joined(change, dialect)},
  caused AS (
    SELECT ${cause} AS cause, adds_before, adds_after, concat_ws(' · ', ${join(example, ", ")}) AS example
    FROM moved AS m LEFT JOIN then_known ON ${same("then_known", columns)} LEFT JOIN now_known ON ${same("now_known", columns)} LEFT JOIN last_heard ON ${same("last_heard", scope(measure))})`;
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
