import { columns } from "./columns.ts";
import { csvLine, money } from "./csv.ts";
import { laterOdds, wonOf, type Deal } from "./deal.ts";
import type { Files } from "./files.ts";
import type { Lead } from "./lead.ts";
import { companyName } from "./names.ts";
import { taxRate } from "./places.ts";
import { productCost } from "./products.ts";
import { below, between, chance } from "./random.ts";
import { recordStages } from "./record-lead.ts";
import { odds, subscribe, type Contract, type Invoice, type LaterDeal, type Subscription } from "./subscription.ts";
import { segments } from "./channels.ts";
import { add, addEffect, type Tally } from "./tally.ts";
import { keyOf } from "./touch-line.ts";
import type { World } from "./world.ts";

const pipelines = { new: "Nuevos clientes", expansion: "Clientes actuales", renewal: "Renovaciones" } as const;
const youngDays = 90;
const onboarded = 0.95;

/** Everything about a sale that its records share. */
interface Sale {
  readonly world: World;
  readonly files: Files;
  readonly tally: Tally;
  readonly lead: Lead;
  readonly deal: Deal;
  readonly day: number;
}

const dealKey = (lead: Lead, place: number): string => `${keyOf("D", lead.index)}-${place}`;

function recordDeal(world: World, files: Files, lead: Lead, deal: Deal, isCustomer: boolean): void {
  const { calendar } = world;
  const id = dealKey(lead, deal.place);
  const isNew = deal.kind === "new";
  const row = csvLine(columns.deal, {
    deal_id: id,
    created_at: calendar.instant(deal.createdAt),
    outcome: deal.outcome,
    closed_at: deal.closedAt === undefined ? undefined : calendar.instant(deal.closedAt),
    lead_id: isNew ? keyOf("L", lead.index) : undefined,
    customer_id: isCustomer ? keyOf("C", lead.index) : undefined,
    amount: money(deal.amount),
    currency: deal.currency,
    stage: deal.stage,
    probability: deal.probability,
    pipeline: pipelines[deal.kind],
    product: deal.product.name,
    channel: lead.channel.name,
    source: lead.campaign.source,
    campaign: lead.campaign.name,
    country: lead.country,
    segment: lead.segment,
    rep: deal.rep.name,
    created_by: deal.createdBy.name,
    sourcer: deal.sourcer?.name,
    competitor: deal.competitor,
    lost_reason: deal.lostReason,
    kind: deal.kind,
  });
  files.deal.add(row, 1);
  recordStages(files, calendar, "deal", id, deal.entries);
}

const outcomeCounts = { open: "openDeals", won: "wonDeals", lost: "lostDeals" } as const;

function countDeal({ calendar }: World, tally: Tally, deal: Deal): void {
  const { months, counts } = tally;
  const month = calendar.month(calendar.dayOf(deal.createdAt));
  const isYoung = deal.closedAt !== undefined && deal.closedAt - deal.createdAt < youngDays * 86_400;
  counts[outcomeCounts[deal.outcome]] += 1;
  add(months.opportunities, month);
  add(tally.teams[deal.rep.team].opportunities, month);
  if (deal.outcome === "won" && isYoung) add(months.wonYoung, month);
  if (deal.outcome !== "open") add(months[deal.outcome], calendar.month(calendar.dayOf(deal.closedAt as number)));
  if (deal.kind !== "new") return;
  if (deal.outcome === "won") counts.newDealsWon += 1;
  if (deal.outcome === "lost") counts.newDealsLost += 1;
  (tally.reps[deal.createdBy.index] as Tally["reps"][number]).opportunities += 1;
  (tally.reps[deal.rep.index] as Tally["reps"][number])[deal.outcome] += 1;
}

function contractOf({ world: { random }, lead, deal, day }: Sale): Contract {
  return {
    day,
    monthly: deal.amount / 12,
    yearly: chance(random, lead.channel.yearly),
    hazard: Math.min(0.2, odds.base * lead.channel.churns * segments[lead.segment].churns),
  };
}

function recordInvoice(sale: Sale, invoice: Invoice, dealId: string | undefined): void {
  const { world, files, lead, deal } = sale;
  const tax = Math.round(invoice.net * taxRate(lead.country));
  const perSeat = deal.product.seat * 100;
  const row = csvLine(columns.revenue, {
    revenue_id: `${keyOf("F", lead.index)}-${invoice.place}`,
    customer_id: keyOf("C", lead.index),
    occurred_on: world.calendar.day(invoice.day),
    amount: money(invoice.net + tax),
    currency: deal.currency,
    kind: invoice.kind,
    refund_of: invoice.refundOf === undefined ? undefined : `${keyOf("F", lead.index)}-${invoice.refundOf}`,
    deal_id: dealId,
    lead_id: keyOf("L", lead.index),
    product: deal.product.name,
    rep: deal.rep.name,
    channel: lead.channel.name,
    campaign: lead.campaign.name,
    country: lead.country,
    segment: lead.segment,
    units:
      invoice.kind === "one_off"
        ? 1
        : Math.max(1, Math.round(world.rates.euros(invoice.monthly, deal.currency, invoice.day) / perSeat)),
    tax: money(tax),
    product_cost: money(Math.round(invoice.net * productCost)),
  });
  files.revenue.add(row, 1);
  countInvoice(sale, invoice, tax);
}

function countInvoice({ world, tally, lead, deal }: Sale, { net, day }: Invoice, tax: number): void {
  const { calendar, rates } = world;
  const euros = rates.euros(net, deal.currency, day);
  const month = calendar.month(day);
  tally.billed[deal.currency] += net + tax;
  tally.tax[deal.currency] += tax;
  tally.euros.billed += rates.euros(net + tax, deal.currency, day);
  tally.euros.tax += rates.euros(tax, deal.currency, day);
  add(tally.months.revenue, month, euros);
  add(tally.teams[deal.rep.team].revenue, month, euros);
  add((tally.reps[deal.rep.index] as Tally["reps"][number]).revenue, month, euros);
  tally.channels[lead.channel.name].revenue += euros;
  addEffect(tally, lead, "revenue", euros);
}

function laterDeal({ world, deal }: Sale, later: LaterDeal, place: number): Deal {
  const { calendar, random, team } = world;
  const officeHour = (day: number): number => calendar.at(day, Math.floor(between(random, 9, 17) * 3600));
  const createdAt = officeHour(later.from);
  const closedAt = later.to === undefined ? undefined : Math.max(createdAt + 3600, officeHour(later.to));
  const rep = team.heir(random, deal.rep, later.to ?? calendar.days);
  const stage = { open: "Propuesta", won: "Ganada", lost: "Perdida" }[later.outcome];
  const proposal = { stage: "Propuesta", at: createdAt, actor: rep.name };
  return {
    ...deal,
    place,
    kind: later.kind,
    createdAt,
    closedAt,
    outcome: later.outcome,
    amount: later.monthly * 12,
    stage,
    probability: later.outcome === "open" ? laterOdds : undefined,
    rep,
    createdBy: team.heir(random, deal.rep, later.from),
    sourcer: undefined,
    competitor: undefined,
    lostReason: later.outcome === "lost" ? (later.kind === "renewal" ? "No renueva" : "Proyecto aplazado") : undefined,
    entries: closedAt === undefined ? [proposal] : [proposal, { stage, at: closedAt, actor: rep.name }],
  };
}

function recordChanges({ world, files, lead, deal }: Sale, { changes }: Subscription): void {
  for (const { day, kind, after, reason } of changes)
    files.subscription_change.add(
      csvLine(columns.subscription_change, {
        customer_id: keyOf("C", lead.index),
        occurred_on: world.calendar.day(day),
        kind,
        mrr_after: money(after),
        currency: deal.currency,
        product: deal.product.name,
        reason,
      }),
      1,
    );
}

function onboardingTime({ world: { random, calendar }, day }: Sale): number | undefined {
  const on = day + 4 + below(random, 20);
  return chance(random, onboarded) && on < calendar.days
    ? calendar.at(on, Math.floor(between(random, 9, 18) * 3600))
    : undefined;
}

function recordCustomer(sale: Sale, { renewedOn, churnedOn }: Subscription): void {
  const { world, files, lead, deal } = sale;
  const { calendar, random } = world;
  const id = keyOf("C", lead.index);
  const onboardedAt = onboardingTime(sale);
  const row = csvLine(columns.customer, {
    customer_id: id,
    name: companyName(random),
    segment: lead.segment,
    country: lead.country,
    channel: lead.channel.name,
    campaign: lead.campaign.name,
    product: deal.product.name,
    rep: world.team.heir(random, deal.rep, calendar.days).name,
    onboarded_at: onboardedAt === undefined ? undefined : calendar.instant(onboardedAt),
  });
  files.customer.add(row, 1);
  const entry = (stage: string, at: number) => ({ stage, at, actor: deal.rep.name });
  recordStages(files, calendar, "customer", id, [
    ...(onboardedAt === undefined ? [] : [entry("onboarded", onboardedAt)]),
    ...renewedOn.map((day) => entry("renewed", calendar.at(day, 10 * 3600))),
    ...churnedOn.map((day) => entry("churned", calendar.at(day, 11 * 3600))),
  ]);
}

function countCustomer({ world, tally, lead, deal, day }: Sale, { changes, churnedOn, exposure }: Subscription): void {
  const { calendar, rates } = world;
  const channel = tally.channels[lead.channel.name];
  channel.customers += 1;
  channel.monthsLived += exposure.months;
  channel.monthsLeft += exposure.left;
  tally.counts.customers += 1;
  addEffect(tally, lead, "customers");
  if (churnedOn.length > 0) {
    channel.churned += 1;
    tally.counts.churnedCustomers += 1;
  }
  add(tally.months.newCustomers, calendar.month(day));
  add(tally.teams[deal.rep.team].signed, calendar.month(day), rates.euros(deal.amount, deal.currency, day));
  for (const change of changes) {
    if (change.kind === "churn") add(tally.months.churned, calendar.month(change.day));
    if (change.kind === "reactivation") add(tally.months.back, calendar.month(change.day));
  }
}

/** Writes and counts the deals of a lead, and the customer that it became: returns whether it did. */
export function recordSales(world: World, files: Files, tally: Tally, lead: Lead, deals: readonly Deal[]): boolean {
  const deal = wonOf(deals);
  for (const each of deals) {
    recordDeal(world, files, lead, each, each === deal);
    countDeal(world, tally, each);
  }
  if (deal === undefined) return false;
  const sale: Sale = { world, files, tally, lead, deal, day: world.calendar.dayOf(deal.closedAt as number) };
  const subscription = subscribe(contractOf(sale), world.calendar, world.random);
  recordCustomer(sale, subscription);
  recordChanges(sale, subscription);
  for (const invoice of subscription.invoices)
    recordInvoice(sale, invoice, invoice.kind === "new" ? dealKey(lead, deal.place) : undefined);
  subscription.deals.forEach((later, index) => {
    const next = laterDeal(sale, later, deals.length + 1 + index);
    recordDeal(world, files, lead, next, true);
    countDeal(world, tally, next);
  });
  countCustomer(sale, subscription);
  return true;
}
