import type { Database, Limits } from "../../engine/database.ts";
import { duckdb } from "../../engine/dialect.ts";
import type { Aggregate, Measure } from "../../engine/measure.ts";
import type { Plan } from "../../engine/plan.ts";
import { believed, dimensionsOf } from "../../engine/relation.ts";
import { rowQueries } from "../../engine/rows.ts";
import { join, name, raw, runnable, sql, type Sql } from "../../engine/sql.ts";
import type { Lookup } from "../../engine/table.ts";
import type { Met } from "../../methods/lift/caused.ts";
import { plannedFor } from "../answer.ts";
import type { Context } from "../draft.ts";
import { questionUnder, type Comparison } from "./asked.ts";

/** What came of people by what they met before, each in full for everything they met; and of all people. */
export interface Reach {
  readonly of: ReadonlyMap<string, Met>;
  readonly all: Met;
}

const everything = { limit: 1_000_000_000, offset: 0 };
const nothing: Met = { amount: 0, people: 0 };

/** What is credited, with the lookup that says by which touches it came. */
function creditedPart({ request, what }: Comparison, { parts, clock }: Plan): { measure: Aggregate; lookup: Lookup } {
  const measure: Measure | undefined = parts[what.credited];
  const lookup = measure && dimensionsOf(measure, clock)[request.by];
  if (measure?.kind !== "aggregate" || lookup === undefined || typeof lookup === "string")
    throw new Error(`${what.credited} of ${what.indicator} is not credited by ${request.by}`);
  return { measure, lookup };
}

/** The kind of outcome that a lookup in credit finds. */
function kindIn({ where = [] }: Lookup): Sql {
  const kinds = where.flatMap(({ test }) => ("values" in test && !("setting" in test.values) ? [...test.values] : []));
  return join(
    kinds.map((kind) => sql`${kind}`),
    ", ",
  );
}

/** One row for each outcome of the plan: its id, what it comes to, who it is of, and the lead that it goes back to. */
function outcomesOf(part: string, { measure, lookup }: ReturnType<typeof creditedPart>, plan: Plan): Sql {
  const { columns, name: table } = measure.table;
  const [id = ""] = lookup.on[0] ?? [];
  const own = (column: string): Sql => (column in columns ? sql`listed.${name(column)}` : raw("NULL"));
  const customer = table !== "acquisition" && "customer_id" in columns;
  const bought = sql`LEFT JOIN acquisition ON acquisition.customer_id = listed.customer_id AND ${believed(raw("acquisition"), plan, duckdb)}`;
  return sql`listed AS (${rowQueries(part, measure, plan).list(everything)}),
  counted AS (
    SELECT listed.${name(id)} AS id, any_value(${measure.function === "sum" ? sql`CAST(${name(`counted_${part}`)} AS DOUBLE)` : raw("1.0")}) AS amount,
      any_value(coalesce(${own("customer_id")}, listed.${name(id)})) AS who,
      any_value(coalesce(${own("lead_id")}, ${customer ? raw("acquisition.lead_id") : raw("NULL")})) AS lead_id
    FROM listed ${customer ? bought : raw("")} GROUP BY 1)`;
}

function queryOf(comparison: Comparison, plan: Plan): Sql {
  const credited = creditedPart(comparison, plan);
  const value = sql`credit.${name(comparison.request.by)}`;
  const isBelieved = believed(raw("credit"), plan, duckdb);
  const people = raw(
    "sum(amount) AS amount, coalesce(pow(sum(amount), 2) / nullif(sum(pow(amount, 2)), 0), 0) AS people",
  );
  return sql`WITH ${outcomesOf(comparison.what.credited, credited, plan)},
  met AS (
    SELECT id, ${value} AS value FROM counted
    JOIN credit ON outcome IN (${kindIn(credited.lookup)}) AND outcome_id = id AND ${isBelieved}
    UNION
    SELECT id, ${value} FROM counted JOIN credit ON outcome = 'lead' AND outcome_id = counted.lead_id AND ${isBelieved}),
  each AS (SELECT value, who, sum(amount) AS amount FROM counted JOIN met USING (id) WHERE value IS NOT NULL GROUP BY 1, 2),
  of_all AS (SELECT who, sum(amount) AS amount FROM counted GROUP BY 1)
  SELECT value, ${people} FROM each GROUP BY 1
  UNION ALL SELECT NULL, ${people} FROM of_all`;
}

/**
 * What came of the people who met each value of the dimension, by a click or by sight, before the outcome or before they became
 * a lead: the most that it can have had a part in, as far as touches are recorded.
 */
export async function reachOf(
  comparison: Comparison,
  under: Parameters<typeof questionUnder>[0],
  context: Context,
  database: Database,
  limits: Limits,
): Promise<Reach & { readonly plan: Plan }> {
  const { request, what } = comparison;
  const question = { ...questionUnder(under, request, what.indicator), variant: what.variant };
  const { plan } = await plannedFor(question, context, database);
  const query = queryOf(comparison, plan);
  const rows = await context.ledger.remembered(`reach ${runnable(query)}`, () =>
    database.use((connection) => connection.rows(query, limits)),
  );
  const met = rows.map((row): [string | null, Met] => [
    row["value"] == null ? null : String(row["value"]),
    { amount: Number(row["amount"] ?? 0), people: Number(row["people"] ?? 0) },
  ]);
  const all = met.find(([value]) => value === null)?.[1] ?? nothing;
  return { of: new Map(met.flatMap(([value, each]) => (value === null ? [] : [[value, each]]))), all, plan };
}
