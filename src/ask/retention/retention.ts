import type { Retention, RetentionRequest } from "../../contract/retention.ts";
import type { Database, Tuple } from "../../engine/database.ts";
import type { Plan } from "../../engine/plan.ts";
import { runnable, type Sql } from "../../engine/sql.ts";
import { addDays, addMonths, startOf, type Day, type Range } from "../../engine/time.ts";
import { answer, deadline, defaultLevel, plannedFor } from "../answer.ts";
import { customersBy, customersSeenUntil, factOfTenure } from "../customers-by.ts";
import type { Context } from "../draft.ts";
import { refuseMissingRate } from "../found-rows.ts";
import { saidToAll } from "../funnel/customer-life.ts";
import { daysIn } from "../passes.ts";
import { bridgeOf } from "./bridge.ts";
import { cohortsOf } from "./cohorts.ts";
import { groupsOf, worstOf } from "./groups.ts";
import { lossReasonsOf, lostCustomersOf } from "./losses.ts";
import { repurchaseOf } from "./repurchase.ts";
import { cohorts, exits, lossReasons, lostCustomers, monthly, purchases, type Followed } from "./stay-sql.ts";
import { survivalOf } from "./survival.ts";

/** As many of those who left as a page has room for. */
const mostLost = 50;

/** The twelve whole months before a day, and that day's own. */
function rangeOf({ from, to }: RetentionRequest, until: Day): Range {
  const end = to ?? addDays(until, 1);
  return daysIn({ from: from ?? addMonths(startOf("month", end), -12), to: end });
}

/** The last twelve whole months. */
function yearOf(until: Day): Range {
  const to = startOf("month", addDays(until, 1));
  return { from: addMonths(to, -12), to };
}

/** What a question says to the indicator that its year is told by. */
const retained = (variant: string) => ({ indicator: "customer-retention", variant });

/**
 * Whether customers stay: what each month gained and lost, who of each month's new customers is there later, how long customers
 * stay, which of them leave sooner, who left and why.
 */
export async function retentionOf(
  request: RetentionRequest,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Retention> {
  const began = performance.now();
  const { by = "channel" } = request;
  const said = saidToAll(request);
  const until = await customersSeenUntil(context);
  const [range, year] = [rangeOf(request, until), yearOf(until)];
  const planOf = async (keys: string[]): Promise<Plan> =>
    (await plannedFor({ ...said, ...retained("net-revenue"), ...range, by: keys }, context, database)).plan;
  const find = async (query: Sql): Promise<Tuple[]> => {
    const found = await context.ledger.remembered(`retention ${runnable(query)}`, () =>
      database.use((connection) => connection.rows(query, { deadline, signal })),
    );
    refuseMissingRate(found);
    return found;
  };
  const overYear = (variant: string) => answer({ ...said, ...retained(variant), ...year }, context, database, signal);

  const [whole, split] = await Promise.all([planOf([]), planOf([by])]);
  const [all, each]: Followed[] = [whole, split].map((plan) => ({ plan, until }));
  if (all === undefined || each === undefined) throw new Error("a question has two plans");
  const { from, to } = range;
  const { inactivity_days: inactivityDays } = context.settings.retention;
  const habit = () =>
    context.ledger.remembered(`repurchase ${inactivityDays} ${runnable(purchases(all))}`, async () =>
      repurchaseOf(await find(purchases(all)), inactivityDays),
    );
  const [moved, beginnings, left, movedBy, leftBy, lost, reasons, repurchase, logo, gross, net] = await Promise.all([
    find(monthly(all)),
    find(cohorts(all)),
    find(exits(all)),
    find(monthly(each)),
    find(exits(each)),
    find(lostCustomers(each, from, to, mostLost)),
    find(lossReasons(all, from, to)),
    customersBy(context) === "purchases" ? habit() : null,
    overYear("logo"),
    overYear("gross-revenue"),
    overYear("net-revenue"),
  ]);
  const groups = groupsOf({ moved: movedBy, exits: leftBy }, range, until, defaultLevel);
  return {
    question: { ...request, by, ...range },
    customersBy: (context.ledger.rows[factOfTenure(context)] ?? 0) > 0 ? customersBy(context) : null,
    inactivityDays,
    observedTo: until,
    currency: request.currency ?? context.settings.currency,
    year: { ...year, logo: logo.total.value, gross: gross.total.value, net: net.total.value },
    months: bridgeOf(moved, range, until),
    cohorts: cohortsOf(beginnings, until),
    survival: survivalOf(left, defaultLevel),
    groups,
    worst: worstOf(groups),
    lost: lostCustomersOf(lost),
    reasons: lossReasonsOf(reasons),
    repurchase,
    warnings: logo.warnings,
    freshness: logo.freshness,
    took_ms: Math.round((performance.now() - began) * 10) / 10,
  };
}
