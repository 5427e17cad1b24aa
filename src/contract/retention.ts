import { z } from "zod";
import { Freshness, Warning } from "./answer.ts";
import { Question } from "./question.ts";

/** Whose staying is looked at, by what customers are told apart, and in which months they moved. */
export const RetentionRequest = z.strictObject({
  by: z.string().min(1).optional(),
  ...Question.pick({ from: true, to: true, where: true, model: true, asOf: true, currency: true }).shape,
});
export type RetentionRequest = z.infer<typeof RetentionRequest>;

/** How many customers, and what they pay each month; without contracts, what they bought lately. */
export const Stock = z.object({ customers: z.number(), amount: z.number() });
export type Stock = z.infer<typeof Stock>;

/** What takes the stock of one month to that of the next: each customer moves in one way, by the net change of its month. */
export const movements = ["new", "reactivation", "expansion", "contraction", "churn"] as const;

/** One month of the bridge: opening + new + reactivation + expansion − contraction − churn = closing. */
export const BridgeMonth = z.object({
  /** Its first day. */
  month: z.string(),
  opening: Stock,
  new: Stock,
  /** Back after having been away, or won before anything was recorded. */
  reactivation: Stock,
  expansion: Stock,
  contraction: Stock,
  churn: Stock,
  closing: Stock,
  incomplete: z.boolean(),
});
export type BridgeMonth = z.infer<typeof BridgeMonth>;

/** Customers who began in one month, and those of them who are there at the end of each month from then on. */
export const RetentionCohort = z.object({
  month: z.string(),
  customers: z.number(),
  /** By months since the first; null for a month that is not over by the last day recorded. */
  cells: z.array(Stock.nullable()),
});
export type RetentionCohort = z.infer<typeof RetentionCohort>;

/** The share of customers still there after so many months (of 30.44 days), its interval, and how many were seen that long. */
export const SurvivalPoint = z.object({
  month: z.number(),
  share: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  atRisk: z.number(),
});
export type SurvivalPoint = z.infer<typeof SurvivalPoint>;

/** How the customers of one value of the dimension stay. */
export const RetentionGroup = z.object({
  /** Null is *(none)*. */
  name: z.string().nullable(),
  customers: z.number(),
  /** Customers at the start of each month of the range, added up, and how many of them were gone at its end. */
  customerMonths: z.number(),
  lost: z.number(),
  lostAmount: z.number(),
  /** The share lost in a month. */
  churn: z.number().nullable(),
  /** That share ÷ the share of all others, and its interval at the level of all groups together. */
  against: z.number().nullable(),
  interval: z.tuple([z.number(), z.number().nullable()]).nullable(),
  /** Whether it loses more, or fewer, than the others, beyond noise. */
  certain: z.boolean(),
  /** After twelve months, or as many as it was seen for. */
  survival: SurvivalPoint.nullable(),
});
export type RetentionGroup = z.infer<typeof RetentionGroup>;

/** A customer who left within the range and is not back. */
export const LostCustomer = z.object({
  customer: z.string(),
  name: z.string().nullable(),
  group: z.string().nullable(),
  began: z.string(),
  left: z.string(),
  /** What it paid each month at the end; without contracts, all that it bought. */
  amount: z.number(),
  reason: z.string().nullable(),
});
export type LostCustomer = z.infer<typeof LostCustomer>;

/** Why customers left within the range. */
export const LossReason = z.object({ reason: z.string().nullable(), customers: z.number(), amount: z.number() });
export type LossReason = z.infer<typeof LossReason>;

/** A customer who may have left without having been away long enough to count as lost. */
export const DoubtfulCustomer = z.object({
  customer: z.string(),
  name: z.string().nullable(),
  purchases: z.number(),
  last: z.string(),
  amount: z.number(),
  /** The probability that it still buys, and how many purchases are expected within the days ahead. */
  alive: z.number(),
  expected: z.number(),
});
export type DoubtfulCustomer = z.infer<typeof DoubtfulCustomer>;

/** What the days of purchases say of those who buy without a contract (BG/NBD, in weeks). */
export const Repurchase = z.object({
  customers: z.number(),
  repeaters: z.number(),
  r: z.number(),
  alpha: z.number(),
  a: z.number(),
  b: z.number(),
  logLikelihood: z.number(),
  /**
   * How many of those who bought again still buy (of who bought once the model cannot tell), and how many purchases all
   * customers together are expected to make within the days ahead.
   */
  alive: z.number(),
  days: z.number(),
  expected: z.number(),
  doubtful: z.array(DoubtfulCustomer),
});
export type Repurchase = z.infer<typeof Repurchase>;

/** Whether customers stay, who leaves, and why. */
export const Retention = z.object({
  question: RetentionRequest.required({ by: true, from: true, to: true }),
  /** What makes a customer one; null where neither contracts nor purchases are recorded. */
  customersBy: z.enum(["contracts", "purchases"]).nullable(),
  /** After how many days without a purchase a customer without a contract is lost. */
  inactivityDays: z.number(),
  /** The last day on which anything is recorded: who is there then has not left. */
  observedTo: z.string(),
  currency: z.string(),
  /** Retention over the last twelve whole months. */
  year: z.object({
    from: z.string(),
    to: z.string(),
    logo: z.number().nullable(),
    gross: z.number().nullable(),
    net: z.number().nullable(),
  }),
  months: z.array(BridgeMonth),
  cohorts: z.array(RetentionCohort),
  survival: z.array(SurvivalPoint),
  groups: z.array(RetentionGroup),
  /** The named group that loses most above what the others do, beyond noise. */
  worst: z.string().nullable(),
  lost: z.array(LostCustomer),
  reasons: z.array(LossReason),
  repurchase: Repurchase.nullable(),
  warnings: z.array(Warning),
  freshness: z.array(Freshness),
  took_ms: z.number(),
});
export type Retention = z.infer<typeof Retention>;
