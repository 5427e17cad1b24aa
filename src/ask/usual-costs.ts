import type { Database } from "../engine/database.ts";
import { duckdb } from "../engine/dialect.ts";
import type { Measure } from "../engine/measure.ts";
import { believed, relation } from "../engine/relation.ts";
import { join, name, raw, sql } from "../engine/sql.ts";
import { addDays, addMonths, periodsOf, type Day } from "../engine/time.ts";
import { accruedSpend } from "../facts/views.ts";
import type { Context, Draft, Note } from "./draft.ts";

/** How many months running a cost must have been there to be usual. */
const usual = 3;

const isCost = (measure: Measure): boolean =>
  measure.kind === "aggregate" &&
  measure.table.name === accruedSpend.name &&
  measure.of === accruedSpend.columns.amount.name;

/** The months in which each category of a measure had a cost. */
async function monthsOfCost(
  measure: Measure,
  draft: Draft,
  database: Database,
): Promise<ReadonlyMap<string, ReadonlySet<Day>>> {
  const slices = draft.plan.slices.filter((slice) => slice.dimension === "category");
  const plan = { ...draft.plan, keys: [], slices };
  const onColumns = measure.where.filter((predicate) => predicate.on === "column");
  const rows = relation(measure.table, measure.table.dimensions, plan, onColumns, duckdb);
  const conditions = [believed(rows.alias, plan, duckdb), ...onColumns.map(rows.condition), ...rows.slices];
  const month = duckdb.startOf("month", sql`${rows.alias}.${name("day")}`);
  const found = await database.use((connection) =>
    connection.rows(sql`SELECT DISTINCT category, CAST(${month} AS VARCHAR) AS month FROM ${rows.from}
      WHERE ${join(conditions, " AND ")} AND amount <> ${raw("0")}`),
  );
  const categories = Map.groupBy(found, (row) => String(row["category"]));
  return new Map(
    [...categories].map(([category, months]) => [category, new Set(months.map((row) => String(row["month"])))]),
  );
}

/** The whole months of the range that are over, as far as anything is recorded. */
const monthsOver = ({ plan }: Draft, observedTo: Day): Day[] =>
  periodsOf("month", plan.range)
    .filter(({ start, range }) => range.from === start && range.to === addMonths(start, 1))
    .filter(({ range }) => range.to <= addDays(observedTo, 1))
    .map(({ start }) => start);

const isMissing = (month: Day, months: ReadonlySet<Day>): boolean =>
  !months.has(month) &&
  Array.from({ length: usual }, (_, i) => addMonths(month, -1 - i)).every((each) => months.has(each));

/** Says which cost is missing from a whole month after it was there in each of the three before: salaries in some months only. */
export async function missingUsualCosts(draft: Draft, context: Context, database: Database): Promise<Note[]> {
  const measure = Object.values(draft.variant.parts).find(isCost);
  if (measure === undefined) return [];
  const { plan } = draft;
  const slices = plan.slices.filter((slice) => slice.dimension === "category");
  const asked = `months of cost ${JSON.stringify([measure.where, plan.lists, slices])}`;
  const costs = await context.ledger.remembered(asked, () => monthsOfCost(measure, draft, database));
  const missing = monthsOver(draft, context.observedTo).flatMap((month) =>
    [...costs]
      .filter(([, months]) => isMissing(month, months))
      .map(([category]) => `${category} in ${month.slice(0, 7)}`)
      .toSorted(),
  );
  if (missing.length === 0) return [];
  const message = `a usual cost is missing: ${missing.join(", ")}; it was there in each of the ${usual} months before`;
  return [{ code: "missing-usual-cost", message, count: missing.length }];
}
