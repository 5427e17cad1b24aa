import * as fc from "fast-check";
import type { CompanyFacts } from "./facts.ts";
import { plusDays } from "./days.ts";

const some = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3, nil: null });
const seldom = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: value });
const numbered = (letter: string, many: number) => fc.nat({ max: many - 1 }).map((nth) => `${letter}${nth}`);

/** Days of the half year that the companies live in, a few of them still to come. */
const begin = "2026-01-01";
export const today = "2026-06-15";
const day = fc.nat({ max: 180 }).map((nth) => plusDays(begin, nth));
const instant = fc
  .tuple(day, fc.nat({ max: 86_399 }))
  .map(([on, second]) => new Date(Date.parse(on) + second * 1000).toISOString());
const cents = (max: number) => fc.integer({ min: 1, max }).map((amount) => amount / 100);
const currency = some("EUR", "EUR", "EUR", "USD", "COP");
const channel = some("paid_search", "paid_social", "email", "direct", "referral");
const campaign = some("Spring", "Brand");
const country = some("ES", "CO");
const segment = some("small", "large");
const product = some("CRM", "Mail");
const rep = some("Ana", "Berta", "Carla");
const customerId = numbered("C", 9);
const leadId = numbered("L", 14);
const dealId = numbered("D", 12);
const person = numbered("P", 4);

const keyed = <T, I extends string>(letter: string, rows: fc.Arbitrary<T>, limits: fc.ArrayConstraints, id: I) =>
  fc
    .array(rows, limits)
    .map((all) => all.map((row, i) => ({ ...row, [id]: `${letter}${i}` }) as T & Readonly<Record<I, string>>));

const leads = keyed(
  "L",
  fc.record({
    created_at: instant,
    person_id: maybe(person),
    customer_id: seldom(customerId),
    channel: maybe(channel),
    campaign: maybe(campaign),
    country: maybe(country),
    segment: maybe(segment),
    rep: maybe(rep),
    disqualified_as: seldom(some("test", "student")),
    merged_into: seldom(leadId),
  }),
  { minLength: 15, maxLength: 40 },
  "lead_id",
).map((all) => all.map((lead) => (lead.merged_into === lead.lead_id ? { ...lead, merged_into: null } : lead)));

const stages = fc.uniqueArray(
  fc.record({
    subject: some("lead", "lead", "lead", "deal"),
    subject_id: leadId,
    stage: some("mql", "sql", "review"),
    entered_at: instant,
    outcome: seldom(some("accepted", "rejected")),
  }),
  {
    minLength: 15,
    maxLength: 40,
    selector: (entry) => `${entry.subject} ${entry.subject_id} ${entry.stage} ${entry.entered_at}`,
  },
);

const deals = keyed(
  "D",
  fc.record({
    created_at: instant,
    outcome: some("open", "won", "lost"),
    days: fc.integer({ min: 0, max: 60 }),
    lead_id: maybe(leadId),
    customer_id: seldom(customerId),
    amount: maybe(cents(500_000)),
    currency,
    kind: maybe(some("new", "new", "expansion", "renewal")),
    product: maybe(product),
    channel: seldom(channel),
    country: maybe(country),
    segment: maybe(segment),
    rep: maybe(rep),
  }),
  { minLength: 10, maxLength: 20 },
  "deal_id",
).map((all) =>
  all.map(({ days, ...deal }) => ({
    ...deal,
    currency: deal.amount === null ? null : deal.currency,
    closed_at: deal.outcome === "open" ? null : new Date(Date.parse(deal.created_at) + days * 86_400_000).toISOString(),
  })),
);

const spends = fc
  .uniqueArray(
    fc.record({
      day,
      category: some("media", "media", "media", "agency", "tools", "salaries", "product"),
      share: cents(200_000),
      currency,
      account: maybe(some("meta", "google")),
      channel: maybe(channel),
      campaign: maybe(campaign),
      product: maybe(product),
      platform_leads: maybe(fc.nat({ max: 9 })),
      amortise_months: seldom(some(1, 3, 12)),
    }),
    {
      minLength: 10,
      maxLength: 25,
      selector: (cost) => JSON.stringify({ ...cost, share: null, platform_leads: null }),
    },
  )
  .map((all) =>
    all.map(({ share, ...cost }) => ({ ...cost, amount: Math.round(share * 100 * (cost.amortise_months ?? 1)) / 100 })),
  );

const touches = keyed(
  "T",
  fc.record({
    on: day,
    second: fc.nat({ max: 1000 }),
    kind: some("click", "visit", "call", "chat", "impression", "email_open"),
    person_id: maybe(person),
    visitor: maybe(numbered("V", 4)),
    channel: maybe(channel),
    campaign: maybe(campaign),
    country: maybe(country),
  }),
  { minLength: 30, maxLength: 60 },
  "touch_id",
).map((all) =>
  all.map(({ on, second, ...touch }, i) => ({
    ...touch,
    occurred_at: new Date(Date.parse(on) + (second * 80 + i) * 1000).toISOString(),
  })),
);

const payments = keyed(
  "R",
  fc.record({
    customer_id: customerId,
    occurred_on: day,
    size: cents(300_000),
    currency,
    kind: maybe(some("new", "new", "renewal", "expansion", "one_off", "refund", "credit_note")),
    taxed: fc.boolean(),
    lead_id: seldom(leadId),
    deal_id: seldom(dealId),
    channel: seldom(channel),
    product: maybe(product),
    country: maybe(country),
    segment: maybe(segment),
    rep: maybe(rep),
  }),
  { minLength: 8, maxLength: 25 },
  "revenue_id",
).map((all) =>
  all.map(({ size, taxed, ...payment }) => {
    const amount = payment.kind === "refund" || payment.kind === "credit_note" ? -size : size;
    return { ...payment, amount, tax: taxed ? Math.round(amount * 21) / 100 : null };
  }),
);

const changes = fc
  .uniqueArray(
    fc.record({
      customer_id: customerId,
      occurred_on: day,
      kind: some("start", "start", "expansion", "contraction", "churn", "reactivation", "pause", "resume"),
      monthly: cents(90_000),
      currency: some("EUR", "EUR", "USD"),
      product: maybe(product),
    }),
    {
      minLength: 20,
      maxLength: 40,
      selector: (each) => `${each.customer_id} ${each.product} ${each.occurred_on} ${each.kind}`,
    },
  )
  .map((all) =>
    all.map(({ monthly, ...change }) => ({
      ...change,
      mrr_after: change.kind === "churn" || change.kind === "pause" ? 0 : monthly,
    })),
  );

const rates = Array.from({ length: 400 }, (_, nth) => [
  { day: plusDays(begin, nth), currency: "USD", rate: (8000 + (nth % 37) * 25) / 10_000 },
  { day: plusDays(begin, nth), currency: "COP", rate: (20_000 + (nth % 53) * 100) / 100_000_000 },
]).flat();

const identities = fc.uniqueArray(fc.record({ alias: numbered("V", 4), person_id: person }), {
  selector: (each) => each.alias,
  minLength: 1,
});
const customers = fc
  .uniqueArray(
    fc.record({
      customer_id: customerId,
      channel: maybe(channel),
      segment: maybe(segment),
      country: maybe(country),
      rep: maybe(rep),
      parent_id: seldom(numbered("C", 12)),
    }),
    { selector: (each) => each.customer_id, minLength: 1 },
  )
  .map((all) => all.map((each) => (each.parent_id === each.customer_id ? { ...each, parent_id: null } : each)));

/** Companies of a few dozen rows, with all that is hard: nulls, merges, refunds, currencies, re-entries, skipped stages. */
export const companies: fc.Arbitrary<CompanyFacts> = fc.record({
  lead: leads,
  stage_entry: stages,
  deal: deals,
  spend: spends,
  touch: touches,
  identity: identities.map((all) => all.map((each) => ({ alias_kind: "visitor", ...each }))),
  customer: customers,
  revenue: fc.oneof({ weight: 3, arbitrary: payments }, { weight: 1, arbitrary: fc.constant([]) }),
  subscription_change: fc.oneof({ weight: 2, arbitrary: changes }, { weight: 1, arbitrary: fc.constant([]) }),
  rep: fc.constant([
    { rep: "Ana", team: "North", manager: "Mar" },
    { rep: "Berta", team: "North", manager: null },
    { rep: "Dora", team: "South", manager: "Mar" },
  ]),
  rate: fc.constant(rates),
});

export const zones = some("UTC", "America/Bogota", "Asia/Kolkata", "Europe/Madrid");
