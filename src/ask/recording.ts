import type { Database } from "../engine/database.ts";
import { duckdb } from "../engine/dialect.ts";
import type { Measure } from "../engine/measure.ts";
import type { Plan } from "../engine/plan.ts";
import { relation } from "../engine/relation.ts";
import { join, name, sql } from "../engine/sql.ts";
import { looksAtLeads } from "../facts/mql/rule.ts";
import { factOfTenure } from "./customers-by.ts";
import { factName } from "./dimensions.ts";
import type { Context, Draft } from "./draft.ts";

/**
 * A new customer is known from payments or won deals, an SQL from stages or deals, an MQL from stages alone unless the rule
 * looks further, its day from leads.
 */
const witnesses: Readonly<Record<string, readonly string[]>> = {
  acquisition: ["revenue", "deal"],
  mql_on: ["stage_entry"],
  sql_on: ["stage_entry", "deal"],
  contacted_on: ["touch"],
  lead_created_on: ["lead"],
};

/** The days that decide whether a row counts: where it entered too, by the cohort clock. */
function daysOf(measure: Measure, clock: Plan["clock"]): string[] {
  if (measure.kind === "balance") return [];
  const { at, reached = at } = measure;
  return clock === "cohort" ? [at, reached] : [reached];
}

function isRecorded(measure: Measure, clock: Plan["clock"], context: Context): boolean {
  const { ledger, definitions } = context;
  const { rows } = ledger;
  const known: typeof witnesses = { ...witnesses, tenure: [factOfTenure(context)], stay: [factOfTenure(context)] };
  const own = known[measure.table.name] ?? [factName(measure.table.name)];
  const any = (facts: readonly string[]) => facts.some((fact) => (rows[fact] ?? 0) > 0);
  const ruled = looksAtLeads(definitions.mql);
  const witnessed = (day: string) => (ruled && day === "mql_on" ? own : (witnesses[day] ?? own));
  return any(own) && daysOf(measure, clock).every((day) => any(witnessed(day)));
}

/** Whether any of the rows that a sum adds up states an amount; without rows there is nothing to state. */
async function isStated(measure: Measure, plan: Plan, { ledger }: Context, database: Database): Promise<boolean> {
  const column = measure.kind === "balance" ? measure.amount : measure.of;
  if (column === undefined || measure.function !== "sum" || measure.table.columns[column]?.required !== false)
    return true;
  const onColumns = measure.where.filter((predicate) => predicate.on === "column");
  const rows = relation(measure.table, {}, { ...plan, keys: [], slices: [] }, onColumns, duckdb);
  const still = measure.kind === "balance" ? [sql`${rows.alias}.${name(measure.to)} IS NULL`] : [];
  const conditions = [rows.believed, ...onColumns.map(rows.condition), ...still];
  const asked = `stated ${measure.table.name} ${column} ${JSON.stringify([onColumns, plan.lists])} ${plan.asOf ?? ""}`;
  return ledger.remembered(asked, async () => {
    const query = sql`SELECT count(*) AS n, count(${rows.alias}.${name(column)}) AS stated FROM ${rows.from} WHERE ${join(conditions, " AND ")}`;
    const [found] = await database.use((connection) => connection.rows(query));
    return Number(found?.["n"] ?? 0) === 0 || Number(found?.["stated"] ?? 0) > 0;
  });
}

/** Parts of the variant that have no value because nothing was ever recorded for them. */
export async function unrecordedParts(draft: Draft, context: Context, database: Database): Promise<string[]> {
  const parts = Object.entries(draft.variant.parts);
  const stated = await Promise.all(parts.map(([, measure]) => isStated(measure, draft.plan, context, database)));
  return parts
    .filter(([, measure], i) => !isRecorded(measure, draft.plan.clock, context) || stated[i] === false)
    .map(([part]) => part);
}
