import type { RevenueChange, RevenueRequest } from "../../contract/revenue.ts";
import { amountOf, rowsOf } from "../../engine/aggregates.ts";
import { duckdb } from "../../engine/dialect.ts";
import type { Database } from "../../engine/database.ts";
import type { Aggregate } from "../../engine/measure.ts";
import type { Plan } from "../../engine/plan.ts";
import { runnable, sql, type Sql } from "../../engine/sql.ts";
import { addDays, elapsedAlike, previous, startOf, yearBefore, type Range } from "../../engine/time.ts";
import { salesRevenue } from "../../indicators/sales-revenue.ts";
import { revenueChange, sumOfRevenueEffects, type Sold } from "../../methods/explanation/revenue-change.ts";
import { deadline, draftOf } from "../answer.ts";
import type { Context } from "../draft.ts";
import { rangeOf } from "../goals/attainment.ts";
import { saidToAll, takenOf } from "./sought.ts";

/** How many sales there were of each product and currency, with their sums as stated and as converted. */
function soldSql(plan: Plan, part: string, measure: Aggregate): Sql {
  const { rows, from, where, foreign } = rowsOf(
    { name: measure.table.name, measures: [[part, measure]] },
    plan,
    duckdb,
  );
  const stated = amountOf(measure, rows, plan, false);
  return sql`SELECT ${rows.dimension("product")} AS product, ${rows.alias}.currency AS currency,
    count(*) FILTER (${stated} > 0) AS sales, CAST(sum(${stated}) AS DOUBLE) AS stated,
    CAST(sum(${amountOf(measure, rows, plan, foreign)}) AS DOUBLE) AS converted
    FROM ${from} WHERE ${where} GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** The days that are held against others: this year so far, or those that are named. */
function rangesOf({ from, to, compare = "year" }: RevenueRequest, observedTo: string): { after: Range; before: Range } {
  const named = from !== undefined || to !== undefined;
  const asked = named
    ? rangeOf({ from, to }, observedTo)
    : { from: startOf("year", observedTo), to: addDays(observedTo, 1) };
  const other = compare === "year" ? yearBefore(asked) : previous(asked);
  return { after: asked, before: named ? elapsedAlike(asked, other, observedTo) : other };
}

const nothing: Sold = { count: 0, stated: 0, converted: 0 };

interface Segment extends Sold {
  readonly product: string | null;
  readonly currency: string;
}

/** What was sold on some days, by product and currency. */
async function soldIn(range: Range, request: RevenueRequest, context: Context, database: Database): Promise<Segment[]> {
  const question = { ...saidToAll(request), ...range, by: ["product"], indicator: salesRevenue.id };
  const { plan, part, measure } = takenOf(await draftOf(question, context, database));
  const query = soldSql(plan, part, measure);
  const found = await context.ledger.remembered(`sold ${runnable(query)}`, () =>
    database.use((connection) => connection.rows(query, { deadline })),
  );
  return found.map((row) => ({
    product: row["product"] == null ? null : String(row["product"]),
    currency: String(row["currency"]),
    count: Number(row["sales"]),
    stated: Number(row["stated"]),
    converted: Number(row["converted"]),
  }));
}

const sum = (sold: readonly Sold[]): number => sold.reduce((all, { converted }) => all + converted, 0);

/** Why revenue is not what it was: split into volume, mix, price and currency, and by product. */
export async function changeOf(request: RevenueRequest, context: Context, database: Database): Promise<RevenueChange> {
  const { after, before } = rangesOf(request, context.observedTo);
  const [now, then] = [
    await soldIn(after, request, context, database),
    await soldIn(before, request, context, database),
  ];
  const keyOf = ({ product, currency }: Segment) => JSON.stringify([product, currency]);
  const keys = [...new Set([...now, ...then].map(keyOf))];
  const of = (side: readonly Segment[], key: string): Sold => side.find((each) => keyOf(each) === key) ?? nothing;
  const effects = revenueChange(keys.map((key) => ({ before: of(then, key), after: of(now, key) })));
  const byProduct = Map.groupBy(
    effects.map((each, i) => ({ each, product: (JSON.parse(keys[i] ?? "[]") as [string | null])[0] })),
    ({ product }) => product,
  );
  const products = [...byProduct].map(([product, own]) => {
    const ofProduct = (side: readonly Segment[]) => sum(side.filter((each) => each.product === product));
    return {
      product,
      before: ofProduct(then),
      after: ofProduct(now),
      ...sumOfRevenueEffects(own.map(({ each }) => each)),
    };
  });
  return {
    from: after.from,
    to: after.to,
    compared: before,
    before: sum(then),
    after: sum(now),
    ...sumOfRevenueEffects(effects),
    products: products.toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before)),
  };
}
