import type { Answer, Row } from "../../contract/answer.ts";
import type { FunnelRequest } from "../../contract/funnel.ts";
import type { Question } from "../../contract/question.ts";
import { Problem } from "../../engine/problem.ts";
import { addDays, addMonths, startOf, type Day, type Range } from "../../engine/time.ts";

/** Answers a question on the facts that the whole funnel rests on. */
export type Ask = (question: Question) => Promise<Answer>;

/** What customers bring: by months of subscription, or what they paid so far as if in one month. */
export interface CustomerLife {
  readonly customerMonths: number;
  readonly ended: number;
  readonly monthly: number;
}

/** The share of customers that is lost each month. */
export const churnOf = ({ ended, customerMonths }: CustomerLife): number => ended / customerMonths;

/** The lives of customers by their source, and of all of them. */
export interface CustomerLives {
  readonly by: "subscription" | "paid-so-far";
  readonly total: CustomerLife;
  readonly of: ReadonlyMap<string | null, CustomerLife>;
}

/** What a question of the funnel says to every indicator that it asks. */
export const saidToAll = ({ where, model, asOf, currency }: FunnelRequest): Omit<Question, "indicator"> => ({
  ...(where === undefined ? {} : { where }),
  ...(model === undefined ? {} : { model }),
  ...(asOf === undefined ? {} : { asOf }),
  ...(currency === undefined ? {} : { currency }),
});

/** The answer, or nothing where the indicator has no such dimension. */
export async function askedIfSplit(question: Question, ask: Ask): Promise<Answer | undefined> {
  try {
    return await ask(question);
  } catch (error) {
    if (error instanceof Problem && error.code === "cannot-split") return undefined;
    throw error;
  }
}

type Sums = Readonly<Record<string, number>>;

function summed(rows: readonly Row[]): Sums {
  const sums: Record<string, number> = {};
  for (const { parts } of rows)
    for (const [name, value] of Object.entries(parts)) sums[name] = (sums[name] ?? 0) + (value ?? 0);
  return sums;
}

/** The last twelve whole months. */
function wholeMonths(observedTo: Day): Range {
  const to = startOf("month", addDays(observedTo, 1));
  return { from: addMonths(to, -12), to };
}

const subscribed = (logo: Sums, revenue: Sums): CustomerLife => {
  const months = logo["at_start"] ?? 0;
  return {
    customerMonths: months,
    ended: months - (logo["retained"] ?? 0),
    monthly: months === 0 ? 0 : (revenue["revenue_at_start"] ?? 0) / months,
  };
};

const paid = ({ revenue = 0, customers = 0 }: Sums): CustomerLife => ({
  customerMonths: customers,
  ended: customers,
  monthly: customers === 0 ? 0 : revenue / customers,
});

function livesOf(
  by: CustomerLives["by"],
  dimension: string,
  answers: readonly Answer[],
  life: (...sums: Sums[]) => CustomerLife,
): CustomerLives {
  const sources = new Set(answers.flatMap(({ rows }) => rows.map(({ key }) => key[dimension] ?? null)));
  const sumsOf = (rows: (answer: Answer) => readonly Row[]) => life(...answers.map((each) => summed(rows(each))));
  const of = [...sources].map(
    (source) => [source, sumsOf(({ rows }) => rows.filter(({ key }) => (key[dimension] ?? null) === source))] as const,
  );
  return { by, total: sumsOf(({ rows }) => rows), of: new Map(of) };
}

/**
 * The lives of subscribers: of each month at whose start they subscribed, what they paid and whether they stayed, over the last
 * twelve whole months. Undefined where nobody does, or the dimension is none of customers.
 */
async function subscribedLives(
  by: string,
  said: Omit<Question, "indicator">,
  observedTo: Day,
  ask: Ask,
): Promise<CustomerLives | undefined> {
  const monthly = { ...said, ...wholeMonths(observedTo), indicator: "customer-retention", grain: "month" } as const;
  const logo = await askedIfSplit({ ...monthly, variant: "logo" }, ask);
  const revenue = await askedIfSplit({ ...monthly, variant: "gross-revenue" }, ask);
  if (logo === undefined || revenue === undefined) return undefined;
  const lives = livesOf("subscription", by, [logo, revenue], (one = {}, other = {}) => subscribed(one, other));
  return lives.total.customerMonths > 0 ? lives : undefined;
}

/** The days on which customers were won, the last day of all, and whether customers are under contract. */
interface Lived {
  readonly range: Range;
  readonly observedTo: Day;
  readonly subscribe: boolean;
}

/**
 * What customers bring and how long they stay, by the source of a customer: that of subscribers; where nobody subscribes, what
 * customers of the range paid so far. Undefined where neither is known, or the dimension is none of customers.
 */
export async function customerLives(
  by: string,
  request: FunnelRequest,
  { range, observedTo, subscribe }: Lived,
  ask: Ask,
): Promise<CustomerLives | undefined> {
  const said = { ...saidToAll(request), by: [by] };
  const lives = subscribe ? await subscribedLives(by, said, observedTo, ask) : undefined;
  if (lives !== undefined) return lives;
  const toDate = await askedIfSplit({ ...said, ...range, indicator: "lifetime-value", variant: "to-date" }, ask);
  const bought = toDate && livesOf("paid-so-far", by, [toDate], (sums = {}) => paid(sums));
  return bought !== undefined && bought.total.customerMonths > 0 ? bought : undefined;
}
