import type { RevenueRequest } from "../../contract/revenue.ts";
import type { Question } from "../../contract/question.ts";
import type { Database } from "../../engine/database.ts";
import { Problem } from "../../engine/problem.ts";
import { addDays, addMonths, minDay, startOf } from "../../engine/time.ts";
import { opportunitiesCreated } from "../../indicators/opportunities-created.ts";
import { salesRevenue } from "../../indicators/sales-revenue.ts";
import { workWeek } from "../../workspace/settings.ts";
import { draftOf } from "../answer.ts";
import type { Context, Draft } from "../draft.ts";
import { calendarOf } from "./calendar.ts";
import type { Taken } from "./income-sql.ts";
import type { Sought } from "./past.ts";

/** What a request says to every question that is asked for it. */
export const saidToAll = ({ where, asOf, currency }: RevenueRequest): Omit<Question, "indicator"> => ({
  ...(where === undefined ? {} : { where }),
  ...(asOf === undefined ? {} : { asOf }),
  ...(currency === undefined ? {} : { currency }),
});

/** The one measure whose sum a draft's value is; a company may have defined it as something else. */
export function takenOf({ indicator, variant, plan }: Draft): Taken {
  const { value } = variant;
  const part = value.kind === "part" ? value.part : undefined;
  const measure = part === undefined ? undefined : plan.parts[part];
  if (part !== undefined && measure?.kind === "aggregate") return { plan, part, measure };
  throw new Problem(
    "cannot-project",
    `${indicator.id} is defined as more than one sum here, and cannot be projected`,
    "define it as the sum of one measure",
    { indicator: indicator.id },
  );
}

/** How many years back the series may go. */
const years = 6;

/** What has to be read for a projection, from the first day on which anything came in until the last that is known. */
export async function soughtFor(
  request: RevenueRequest,
  context: Context,
  database: Database,
): Promise<Sought & { draft: Draft }> {
  const said = { ...saidToAll(request), by: ["rep"] };
  const to = addDays(context.observedTo, 1);
  const from = addMonths(startOf("month", context.observedTo), -12 * years);
  const draft = await draftOf({ ...said, from, to, indicator: salesRevenue.id }, context, database);
  const deals = await draftOf(
    { ...said, from, to, indicator: opportunitiesCreated.id, variant: "value" },
    context,
    database,
  );
  const income = takenOf(draft);
  const day = income.measure.reached ?? income.measure.at;
  const known = await context.ledger.bounds(income.measure.table.name, day);
  const first = minDay(known?.from ?? context.observedTo, context.observedTo);
  const calendar = calendarOf(context.observedTo, first, workWeek(context.settings));
  return { draft, income, deals: takenOf(deals), calendar, observedTo: context.observedTo };
}
