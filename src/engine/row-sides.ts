import { amountOf, countOf, dating, rowsOf, spanOf } from "./aggregates.ts";
import { entityBalances, heldOf, isDivided, periodCte, type Held } from "./balances.ts";
import type { Dialect } from "./dialect.ts";
import { isMoney, type Aggregate, type Balance, type Measure } from "./measure.ts";
import type { Plan } from "./plan.ts";
import { join, name, raw, sql, type Sql } from "./sql.ts";
import { identityOf } from "./table.ts";
import type { Day } from "./time.ts";

/** What was known when the earlier of two numbers was given. */
export interface Earlier {
  /** The instant from which that knowledge is believed. */
  readonly asOf: string | undefined;
  /** The instant itself (ISO 8601) and its day: what happened after is new. */
  readonly instant: string;
  readonly day: Day;
}

/** The columns that find the row of a part again: its key, or the entity that holds something. */
export const identity = (measure: Measure): readonly string[] =>
  measure.kind === "balance" ? [measure.entity] : identityOf(measure.table);

/** The columns by which a row counts as known: sources that replace rows by scope have said something about all of it. */
export const scope = (measure: Measure): readonly string[] =>
  measure.kind === "balance" || measure.table.replacedBy.length === 0
    ? identity(measure)
    : [...measure.table.replacedBy, "source_name"];

/** The day on which a row happened: that of the event itself, where it is dated by another one. */
export const happening = (measure: Aggregate, clock: Plan["clock"]): string =>
  measure.table.valuedOn ??
  (clock === "cohort" && measure.reached !== undefined ? measure.reached : dating(measure, clock));

/** Whether a row happened after the earlier instant; a day without an instant is over at its end. */
function isNew(measure: Aggregate, cell: (column: string) => Sql, plan: Plan, earlier: Earlier, dialect: Dialect): Sql {
  const day = happening(measure, plan.clock);
  const instant = day.replace(/_on$/, "_at");
  return instant !== day && instant in measure.table.columns
    ? sql`${cell(instant)} > ${dialect.instant(earlier.instant)}`
    : sql`${cell(day)} >= ${dialect.day(earlier.day)}`;
}

function addedBy(
  measure: Aggregate,
  rows: Parameters<typeof amountOf>[1],
  plan: Plan,
  foreign: boolean,
  dialect: Dialect,
): Sql {
  if (measure.function === "count") return countOf(rows);
  if (measure.function === "sum") return amountOf(measure, rows, plan, foreign);
  return spanOf(measure, rows, dialect);
}

function aggregateSide(part: string, measure: Aggregate, plan: Plan, earlier: Earlier, dialect: Dialect): Sql {
  const { rows, from, where, foreign } = rowsOf(
    { name: measure.table.name, measures: [[part, measure]] },
    plan,
    dialect,
  );
  const cell = (column: string): Sql => sql`${rows.alias}.${name(column)}`;
  const reversal = (measure.table.reversal ?? []).map(rows.condition);
  const money = isMoney(measure) && "currency" in measure.table.columns;
  const loaded = [rows.alias, ...rows.lookups].map((alias) => sql`${alias}.load_id`);
  const selected = [
    ...identity(measure).map((column) => sql`${cell(column)} AS ${name(column)}`),
    sql`${addedBy(measure, rows, plan, foreign, dialect)} AS adds`,
    sql`${money ? amountOf(measure, rows, plan, false) : raw("NULL")} AS stated`,
    sql`${money ? cell("currency") : raw("NULL")} AS stated_in`,
    sql`coalesce(${isNew(measure, cell, plan, earlier, dialect)}, false) AS is_new`,
    sql`${reversal.length === 0 ? raw("false") : sql`coalesce(${join(reversal, " AND ")}, false)`} AS reverses`,
    sql`greatest(${join(loaded, ", ")}) AS loaded`,
    raw("true AS counted"),
  ];
  const each = sql`SELECT ${join(selected, ", ")} FROM ${from} WHERE ${where}`;
  return rows.share === undefined ? each : together(each, identity(measure));
}

/** What the parts of a row that counts in several add between them. */
function together(parts: Sql, columns: readonly string[]): Sql {
  const whole = join(columns.map(name), ", ");
  return sql`SELECT ${whole}, sum(adds) AS adds, sum(stated) AS stated, any_value(stated_in) AS stated_in, bool_or(is_new) AS is_new,
    bool_or(reverses) AS reverses, max(loaded) AS loaded, true AS counted FROM (${parts}) AS part GROUP BY ${whole}`;
}

/** What one entity adds to a balance. */
const held: Readonly<Record<Balance["function"], Readonly<Record<Balance["of"], string>>>> = {
  count: {
    opening: "CAST(opens AS INTEGER)",
    closing: "CAST(closes AS INTEGER)",
    retained: "CAST(opens AND closes AS INTEGER)",
    kept: "CAST(opens AND closing >= opening AS INTEGER)",
  },
  sum: {
    opening: "opening",
    closing: "closing",
    retained: "CASE WHEN opens THEN closing ELSE 0 END",
    kept: "least(opening, closing)",
  },
};

function balanceSide(part: string, measure: Balance, plan: Plan, dialect: Dialect): Sql {
  const [all] = heldOf({ ...plan, parts: { [part]: measure } }) as [Held];
  const alias = name(measure.table.name);
  const amount = sql`${alias}.${name(measure.amount)}`;
  const currency = "currency" in measure.table.columns ? sql`${alias}.currency` : raw("NULL");
  const stated = [sql`${alias}.${name(measure.from)}`, sql`${alias}.${name(measure.to)}`, amount, currency];
  const intervals = sql`sum(CAST(hash(${join(stated, ", ")}) AS HUGEINT)) AS stated`;
  const divided = isDivided(measure, plan, dialect);
  const adds = sql`${raw(held[measure.function][measure.of])}${raw(divided && measure.function === "count" ? " * share" : "")}`;
  const each = sql`SELECT entity AS ${name(measure.entity)}, ${adds} AS adds, stated,
      NULL AS stated_in, false AS is_new, false AS reverses, 0 AS loaded, true AS counted
    FROM (WITH ${periodCte(plan, dialect)} ${entityBalances(all, plan, dialect, [intervals])}) AS entity_balance`;
  return divided ? together(each, identity(measure)) : each;
}

/** The rows that a part of a plan counts, each with what it adds to it. */
export const side = (part: string, measure: Measure, plan: Plan, earlier: Earlier, dialect: Dialect): Sql =>
  measure.kind === "balance"
    ? balanceSide(part, measure, plan, dialect)
    : aggregateSide(part, measure, plan, earlier, dialect);
