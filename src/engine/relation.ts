import type { Dialect } from "./dialect.ts";
import type { Measure } from "./measure.ts";
import type { Plan, Slice } from "./plan.ts";
import { Problem } from "./problem.ts";
import { join, name, raw, sql, typed, type Sql } from "./sql.ts";
import type { Dimensions, Listed, Lookup, Predicate, Table } from "./table.ts";

/** A table as a plan reads it: its believed rows, the lookups it needs, and its dimensions as expressions. */
export interface Relation {
  readonly alias: Sql;
  readonly from: Sql;
  readonly believed: Sql;
  readonly dimension: (dimension: string) => Sql;
  readonly condition: (predicate: Predicate) => Sql;
  readonly slices: readonly Sql[];
  /** The tables that its dimensions are looked up in. */
  readonly lookups: readonly Sql[];
  /** What a row counts for where it is shared between several values of a dimension; undefined where each is whole. */
  readonly share: Sql | undefined;
}

/** The dimensions that split a measure under the plan's clock. */
export function dimensionsOf(measure: Measure, clock: Plan["clock"]): Dimensions {
  if (measure.kind === "balance" || measure.reached === undefined || clock === "cohort")
    return measure.table.dimensions;
  return { ...measure.table.dimensions, ...measure.dimensionsWhenReached };
}

/** The rows that are believed now, or that were believed at the plan's instant. */
export function believed(alias: Sql, plan: Pick<Plan, "asOf">, dialect: Dialect): Sql {
  if (plan.asOf === undefined) return sql`${alias}.known_to IS NULL`;
  const instant = dialect.instant(plan.asOf);
  return sql`${alias}.known_from <= ${instant} AND (${alias}.known_to IS NULL OR ${alias}.known_to > ${instant})`;
}

export const qualified = (table: Table, dialect: Dialect): Sql => sql`${raw(dialect.schema)}.${name(table.name)}`;

export function listOf(listed: Listed, lists: Plan["lists"]): readonly string[] {
  if (!("setting" in listed)) return listed;
  const values = lists[listed.setting];
  if (values === undefined) throw new Error(`no list of settings is named ${listed.setting}`);
  return values;
}

const texts = (values: readonly string[]): Sql =>
  join(
    values.map((value) => typed(value, "VARCHAR")),
    ", ",
  );

function test(cell: Sql, { test: wanted }: Predicate, lists: Plan["lists"]): Sql {
  switch (wanted.kind) {
    case "null":
      return sql`${cell} IS NULL`;
    case "present":
      return sql`${cell} IS NOT NULL`;
    case "positive":
      return sql`${cell} > 0`;
    case "in": {
      const values = listOf(wanted.values, lists);
      return values.length === 0 ? raw("false") : sql`${cell} IN (${texts(values)})`;
    }
    case "not-in": {
      const values = listOf(wanted.values, lists);
      return values.length === 0 ? raw("true") : sql`(${cell} IS NULL OR ${cell} NOT IN (${texts(values)}))`;
    }
  }
}

/** The rows of a slice, as a condition over the dimension's expression; null stands for *(none)*. */
export function sliceCondition(cell: Sql, { values, not }: Slice): Sql {
  const present = values.filter((value) => value !== null);
  const either = [
    ...(present.length > 0 ? [sql`${cell} IN (${texts(present)})`] : []),
    ...(values.includes(null) ? [sql`${cell} IS NULL`] : []),
  ];
  const among = join(either, " OR ");
  return not ? sql`NOT coalesce(${among}, false)` : sql`(${among})`;
}

const signature = (lookup: Lookup): string =>
  JSON.stringify([lookup.table.name, lookup.on, lookup.where ?? [], lookup.shares ?? {}]);

/** The column with the shares that the plan asks for, of a lookup that has any. */
function shareColumn({ shares }: Lookup, plan: Plan): string | undefined {
  if (shares === undefined) return undefined;
  const column = plan.parameters[shares.parameter];
  if (column === undefined) throw new Error(`the plan does not say its ${shares.parameter}`);
  return column;
}

/** Whether a row may be divided between several rows of the lookup. */
export const isShared = (lookup: Lookup, plan: Plan): boolean =>
  lookup.shares !== undefined && !lookup.shares.single.includes(shareColumn(lookup, plan) ?? "");

interface Joined {
  readonly lookup: Lookup;
  readonly alias: Sql;
  readonly columns: Set<string>;
}

/** The condition on the share of a row that earns any. */
const isWanted = ({ lookup, alias }: Joined, plan: Plan): Sql =>
  sql`${alias}.${name(shareColumn(lookup, plan) ?? "")} ${raw(isShared(lookup, plan) ? "> 0" : "= 1")}`;

/** The rows that are worked out for the question, where those of the lookup's table are not what it asks for. */
const askedFor = ({ shares }: Lookup, plan: Plan, dialect: Dialect): Sql | undefined =>
  shares?.asked?.(plan, (alias) => believed(alias, plan, dialect));

/** The rows of a lookup that a plan believes and asks for. */
function foundIn(joined: Joined, plan: Plan, dialect: Dialect): Sql[] {
  const { lookup, alias: there } = joined;
  const share = shareColumn(lookup, plan);
  if (askedFor(lookup, plan, dialect) !== undefined) return [isWanted(joined, plan)];
  const some = share === undefined ? [] : [isWanted(joined, plan)];
  return [
    ...(lookup.where ?? []).map((predicate) => test(sql`${there}.${name(predicate.name)}`, predicate, plan.lists)),
    ...some,
    believed(there, plan, dialect),
  ];
}

/** A lookup, joined to the rows. Where it shares a row, there is one row for each combination of the dimensions that are read. */
function joinOf(joined: Joined, rows: Sql, plan: Plan, dialect: Dialect): Sql {
  const { lookup, alias: there } = joined;
  const same = lookup.on.map(([here, key]) => sql`${there}.${name(key)} = ${rows}.${name(here)}`);
  const found = foundIn(joined, plan, dialect);
  const asked = askedFor(lookup, plan, dialect);
  const table = sql`${asked === undefined ? qualified(lookup.table, dialect) : sql`(${asked})`} AS ${there}`;
  if (!isShared(lookup, plan)) return sql`\n    LEFT JOIN ${table} ON ${join([...same, ...found], " AND ")}`;
  const columns = [...lookup.on.map(([, key]) => key), ...joined.columns].map(
    (column) => sql`${there}.${name(column)}`,
  );
  return sql`\n    LEFT JOIN (
      SELECT ${join(columns, ", ")}, sum(${there}.${name(shareColumn(lookup, plan) ?? "")}) AS share, max(${there}.load_id) AS load_id
      FROM ${table} WHERE ${join(found, " AND ")}
      GROUP BY ${raw(columns.map((_, i) => i + 1).join(", "))}) AS ${there} ON ${join(same, " AND ")}`;
}

const needed = (plan: Plan, predicates: readonly Predicate[], dimensions: Dimensions): string[] => [
  ...plan.keys,
  ...plan.slices.map((slice) => slice.dimension).filter((each) => each in dimensions || !plan.narrowing.includes(each)),
  ...predicates.filter((predicate) => predicate.on === "dimension").map((predicate) => predicate.name),
];

/** How the rows of a table are read for a plan, with the predicates of the measures that will be taken over them. */
export function relation(
  table: Table,
  dimensions: Dimensions,
  plan: Plan,
  predicates: readonly Predicate[],
  dialect: Dialect,
): Relation {
  const alias = name(table.name);
  const lookups = new Map<string, Joined>();
  const expressions = new Map<string, Sql>();
  for (const dimension of new Set(needed(plan, predicates, dimensions))) {
    const found = dimensions[dimension];
    if (found === undefined)
      throw new Problem(
        "cannot-split",
        `${table.name} has no ${dimension}`,
        `use one of ${Object.keys(dimensions).join(", ")}`,
      );
    if (typeof found === "string") {
      expressions.set(dimension, sql`${alias}.${name(found)}`);
      continue;
    }
    const key = signature(found);
    const same = [...lookups.values()].filter((each) => each.lookup.table === found.table).length;
    const entry = lookups.get(key) ?? {
      lookup: found,
      alias: name(same === 0 ? found.table.name : `${found.table.name}_${same + 1}`),
      columns: new Set<string>(),
    };
    lookups.set(key, entry);
    entry.columns.add(found.column);
    expressions.set(dimension, sql`${entry.alias}.${name(found.column)}`);
  }
  const joined = [...lookups.values()];
  const joins = joined.map((each) => joinOf(each, alias, plan, dialect));
  const shares = joined
    .filter(({ lookup }) => isShared(lookup, plan))
    .map((each) => sql`coalesce(${each.alias}.share, 1)`);
  const dimension = (wanted: string): Sql => expressions.get(wanted) ?? raw("NULL");
  return {
    alias,
    from: sql`${qualified(table, dialect)} AS ${alias}${join(joins, "")}`,
    believed: believed(alias, plan, dialect),
    dimension,
    condition: (predicate) =>
      test(
        predicate.on === "dimension" ? dimension(predicate.name) : sql`${alias}.${name(predicate.name)}`,
        predicate,
        plan.lists,
      ),
    lookups: joined.map((entry) => entry.alias),
    share: shares.length === 0 ? undefined : join(shares, " * "),
    slices: plan.slices
      .filter((slice) => expressions.has(slice.dimension))
      .map((slice) => sliceCondition(dimension(slice.dimension), slice)),
  };
}
