import { acquisitionsOf, type Acquisition } from "./acquisitions.ts";
import { creditOf, peopleOf, progressOf, type Dims, type Model } from "./credit.ts";
import { dayOf, endOf, plusDays, plusMonths } from "./days.ts";
import { openLeads } from "./expected.ts";
import type { CompanyFacts, Deal, Ground, Revenue } from "./facts.ts";

/** What the indicators count, as plain rows: each with its days, its amounts in the wanted currency and its dimensions. */
export type World = ReturnType<typeof worldOf>;

/** The company as a question sees it: under a model, in a currency. */
export function worldOf(facts: CompanyFacts, ground: Ground, model: Model, currency: string) {
  const { zone } = ground;
  const rates = new Map(facts.rate.map((each) => [`${each.day} ${each.currency}`, each.rate]));
  const rateOn = (day: string, of: string) => (of === "EUR" ? 1 : (rates.get(`${day} ${of}`) ?? Number.NaN));
  const money = (amount: number, of: string | null, day: string) =>
    of === null ? 0 : of === currency ? amount : (amount * rateOn(day, of)) / rateOn(day, currency);
  const day = (instant: string | null) => (instant === null ? null : dayOf(instant, zone));
  const people = peopleOf(facts);
  const progress = progressOf(facts, people, ground);
  const acquisitions = acquisitionsOf(facts, people, progress, ground);
  const counted = new Map(progress.map((each) => [each.lead.lead_id, each]));
  const deals = new Map(facts.deal.map((deal) => [deal.deal_id, deal]));
  const bought = new Map(acquisitions.map((each) => [each.customerId, each]));
  const byTeam = (rep: string | null) => {
    const found = facts.rep.find((each) => each.rep === rep);
    return { rep, team: found?.team ?? null, manager: found?.manager ?? null };
  };
  const leadOf = (leadId: string | null | undefined) =>
    leadId == null ? undefined : counted.get(people.survivor(leadId));
  const credit = (leadId: string | undefined, until: number | null, recorded: Dims) =>
    creditOf(model, leadId === undefined ? [] : people.touches(leadId), until, recorded, ground);

  /** The day of the lead that a payment states, or of its customer's lead unless that came later. */
  const leadDay = (row: Revenue, deal: Deal | undefined, customer: Acquisition | undefined) => {
    const stated = row.lead_id ?? deal?.lead_id ?? null;
    const lead = stated === null ? customer?.progress : leadOf(stated);
    const came = lead === undefined ? null : dayOf(lead.lead.created_at, zone);
    return stated === null && came !== null && came > row.occurred_on ? null : came;
  };

  const customerCredit = new Map(
    acquisitions.map((each) => [each.customerId, credit(each.progress?.lead.lead_id, each.until, each.recorded)]),
  );
  const observedTo = lastDay(facts, ground);
  const customers = progress.filter((each) => each.customerOn !== null).length;
  const tenures = tenuresOf(facts, ground);
  const uncredited = { channel: null, campaign: null, source: null, medium: null, ad: null };

  const dimsOfCustomer = (customerId: string) => {
    const customer = facts.customer.find((each) => each.customer_id === customerId);
    const acquired = bought.get(customerId)?.dims;
    return {
      segment: customer?.segment ?? acquired?.["segment"] ?? null,
      country: customer?.country ?? acquired?.["country"] ?? null,
      ...byTeam(acquired?.["rep"] ?? customer?.rep ?? null),
      ...(customerCredit.get(customerId) ?? uncredited),
    };
  };

  return {
    ground,
    observedTo,
    basis: facts.revenue.length > 0 ? "revenue" : "bookings",
    costs: facts.spend.flatMap((row) => {
      const { day: spent, category, account, channel, campaign, product } = row;
      const months = row.amortise_months ?? 1;
      const dims = { category, account, channel, campaign, product, currency: row.currency, team: null };
      return Array.from({ length: months }, (_, month) => ({
        day: plusMonths(spent, month),
        category,
        amount: money(row.amount, row.currency, spent) / months,
        platformLeads: month === 0 ? (row.platform_leads ?? 0) : 0,
        dims,
      }));
    }),
    leads: progress.map((each) => {
      const { lead } = each;
      const own = {
        country: lead.country,
        segment: lead.segment,
        disqualified_as: lead.disqualified_as,
        decision: each.decision,
        ...byTeam(lead.rep),
      };
      const at = (instant: string | null) => ({
        ...own,
        ...credit(lead.lead_id, instant === null ? null : Date.parse(instant), {
          channel: lead.channel,
          campaign: lead.campaign,
        }),
      });
      return {
        createdOn: dayOf(lead.created_at, zone),
        mqlOn: day(each.mqlAt),
        mqlAt: each.mqlAt,
        contactedAt: each.contactedAt,
        contactedOn: day(each.contactedAt),
        sqlOn: day(each.sqlAt),
        opportunityOn: day(each.opportunityAt),
        customerOn: each.customerOn,
        decidedOn: day(each.decidedAt),
        decision: each.decision,
        isProspect: lead.disqualified_as === null,
        dims: at(lead.created_at),
        dimsAsMql: at(each.mqlAt),
        dimsAsSql: at(each.sqlAt),
      };
    }),
    openLeads: openLeads(facts, people, progress, ground, observedTo).map(({ leadId, chance }) => {
      const { lead } = counted.get(leadId) as (typeof progress)[number];
      return {
        createdOn: dayOf(lead.created_at, zone),
        chance,
        dims: {
          ...credit(leadId, Date.parse(lead.created_at), { channel: lead.channel, campaign: lead.campaign }),
        },
      };
    }),
    /** What customers brought so far on average, at the rates of the last day. */
    perCustomer:
      (facts.revenue.length > 0
        ? facts.revenue
            .filter((row) => {
              const deal = row.deal_id === null ? undefined : deals.get(row.deal_id);
              return leadDay(row, deal, bought.get(row.customer_id)) !== null;
            })
            .map((row) => money(row.amount - (row.tax ?? 0), row.currency, observedTo))
        : facts.deal
            .filter((deal) => deal.outcome === "won" && leadOf(deal.lead_id) !== undefined)
            .map((deal) => money(deal.amount ?? 0, deal.currency, observedTo))
      ).reduce((sum, each) => sum + each, 0) / customers,
    deals: facts.deal.map((deal) => {
      const owner = leadOf(deal.lead_id);
      const recorded = { channel: deal.channel ?? owner?.lead.channel ?? null, campaign: owner?.lead.campaign ?? null };
      const createdOn = dayOf(deal.created_at, zone);
      const closedOn = day(deal.closed_at);
      const { outcome, kind, product, country, segment } = deal;
      return {
        id: deal.deal_id,
        outcome,
        createdOn,
        closedOn,
        leadCreatedOn: owner === undefined ? null : dayOf(owner.lead.created_at, zone),
        valueAtCreation: money(deal.amount ?? 0, deal.currency, createdOn),
        valueAtClose: closedOn === null ? 0 : money(deal.amount ?? 0, deal.currency, closedOn),
        dims: {
          outcome,
          kind,
          product,
          country,
          segment,
          currency: deal.currency,
          ...byTeam(deal.rep),
          ...credit(owner?.lead.lead_id, Date.parse(deal.created_at), recorded),
        },
      };
    }),
    customers: acquisitions.map((each) => ({
      isFirst: each.isFirst,
      acquiredOn: each.acquiredOn,
      leadCreatedOn: each.progress === undefined ? null : dayOf(each.progress.lead.created_at, zone),
      dims: { ...each.dims, ...byTeam(each.dims["rep"] ?? null), ...customerCredit.get(each.customerId) },
    })),
    payments: facts.revenue.map((row) => {
      const deal = row.deal_id === null ? undefined : deals.get(row.deal_id);
      const customer = bought.get(row.customer_id);
      const owner = leadOf(row.lead_id ?? deal?.lead_id ?? customer?.progress?.lead.lead_id);
      const recorded = {
        channel: row.channel ?? deal?.channel ?? owner?.lead.channel ?? customer?.recorded["channel"] ?? null,
        campaign: owner?.lead.campaign ?? customer?.recorded["campaign"] ?? null,
      };
      const { kind, product, country, segment } = row;
      const own = { kind, product, country, segment, currency: row.currency, ...byTeam(row.rep) };
      return {
        on: row.occurred_on,
        kind,
        amount: money(row.amount, row.currency, row.occurred_on),
        tax: money(row.tax ?? 0, row.currency, row.occurred_on),
        acquiredOn: customer?.acquiredOn ?? null,
        leadCreatedOn: leadDay(row, deal, customer),
        dims: { ...own, ...credit(owner?.lead.lead_id, endOf(row.occurred_on, zone) - 0.001, recorded) },
        dimsOfCustomer: { ...own, ...(customerCredit.get(row.customer_id) ?? uncredited) },
      };
    }),
    tenures: tenures.map((state) => ({
      ...state,
      amount: money(state.amount, state.currency, state.from),
      dims: { product: state.product, currency: state.currency, ...dimsOfCustomer(state.customerId) },
    })),
    stays: staysOf(facts, tenures, ground, observedTo).map(({ first, ...stay }) => ({
      ...stay,
      dims: { product: first.product, currency: first.currency, ...dimsOfCustomer(first.customerId) },
    })),
    touches: facts.touch.map((touch) => ({
      on: dayOf(touch.occurred_at, zone),
      dims: {
        kind: touch.kind,
        channel: touch.channel ?? derived[touch.kind] ?? null,
        campaign: touch.campaign,
        country: touch.country,
      },
    })),
  };
}

/** The channel of a touch whose source gives none, where its kind alone says it. */
const derived: Readonly<Record<string, string>> = { email_open: "email" };

/** The last day until today on which anything is recorded to have happened. */
function lastDay(facts: CompanyFacts, { zone, today }: Ground): string {
  const instants = [
    ...facts.lead.map((each) => each.created_at),
    ...facts.stage_entry.map((each) => each.entered_at),
    ...facts.deal.flatMap((each) => [each.created_at, each.closed_at]),
    ...facts.touch.map((each) => each.occurred_at),
  ];
  const days = [
    ...instants.flatMap((instant) => (instant === null ? [] : [dayOf(instant, zone)])),
    ...facts.spend.map((each) => each.day),
    ...facts.revenue.map((each) => each.occurred_on),
    ...facts.subscription_change.map((each) => each.occurred_on),
  ];
  return days.filter((each) => each <= today).reduce((last, each) => (each > last ? each : last), "");
}

const withinDay = ["start", "reactivation", "resume", "expansion", "contraction", "pause", "churn"];

/** What each customer pays a month for a product, from a change until the next one; nothing while it pays nothing. */
function subscriptionsOf(facts: CompanyFacts) {
  const lines = Map.groupBy(facts.subscription_change, (change) => `${change.customer_id} ${change.product}`);
  return [...lines.values()].flatMap((changes) => {
    const last = new Map<string, (typeof changes)[number]>();
    for (const change of changes.toSorted((a, b) => withinDay.indexOf(a.kind) - withinDay.indexOf(b.kind)))
      last.set(change.occurred_on, change);
    const days = [...last.values()].toSorted((a, b) => (a.occurred_on < b.occurred_on ? -1 : 1));
    return days
      .map((change, i) => ({
        id: "",
        customerId: change.customer_id,
        product: change.product,
        currency: change.currency,
        from: change.occurred_on,
        to: days[i + 1]?.occurred_on ?? null,
        amount: change.mrr_after,
      }))
      .filter((state) => state.amount > 0);
  });
}

/** When customers are customers: under contract, or in a company without contracts for some days after each sale. */
function tenuresOf(facts: CompanyFacts, { inactivityDays, today }: Ground) {
  if (facts.subscription_change.length > 0) return subscriptionsOf(facts);
  const seen = lastSale(facts, today);
  const sales = facts.revenue.filter(isSale);
  return facts.revenue.flatMap((row) => {
    const [sale] = isSale(row)
      ? [row]
      : sales
          .filter((each) => each.customer_id === row.customer_id && each.occurred_on <= row.occurred_on)
          .toSorted((a, b) => (`${b.occurred_on} ${b.revenue_id}` < `${a.occurred_on} ${a.revenue_id}` ? -1 : 1));
    const end = sale === undefined ? "" : plusDays(sale.occurred_on, inactivityDays);
    if (sale === undefined || row.occurred_on >= end) return [];
    const { customer_id: customerId, currency, occurred_on: from } = row;
    const amount = row.amount - (row.tax ?? 0);
    const id = row.revenue_id;
    return [{ id, customerId, product: sale.product, currency, from, to: end <= seen ? end : null, amount }];
  });
}

const isSale = ({ kind, amount }: Revenue): boolean => amount > 0 && kind !== "refund" && kind !== "credit_note";

/** The last day until today on which anything was sold. */
const lastSale = (facts: CompanyFacts, today: string): string => {
  const known = facts.revenue.map((each) => each.occurred_on).filter((on) => on <= today);
  return known.toSorted().at(-1) ?? "";
};

type Tenure = ReturnType<typeof tenuresOf>[number];

/** Whether nothing says that a customer was one before its first day. */
function isNew(facts: CompanyFacts, customerId: string, from: string): boolean {
  if (facts.subscription_change.length > 0)
    return facts.subscription_change.some(
      (each) => each.customer_id === customerId && each.kind === "start" && each.occurred_on <= from,
    );
  return facts.revenue.some(
    (each) =>
      each.customer_id === customerId &&
      each.occurred_on === from &&
      isSale(each) &&
      each.kind !== "renewal" &&
      each.kind !== "expansion",
  );
}

/** Each customer from its first day until the first on which nothing of it holds. */
function staysOf(facts: CompanyFacts, tenures: readonly Tenure[], { today }: Ground, observedTo: string) {
  const until = facts.subscription_change.length > 0 ? observedTo : lastSale(facts, today);
  const order = ({ from, product, id }: Tenure) => `${from} ${product ?? "~"} ${id}`;
  return [...Map.groupBy(tenures, (each) => each.customerId).values()].flatMap((all) => {
    const [first] = all.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
    if (first === undefined || !isNew(facts, first.customerId, first.from)) return [];
    const days = all.flatMap(({ from, to }) => (to === null ? [from] : [from, to])).toSorted();
    const holds = (day: string) => all.some(({ from, to }) => from <= day && (to === null || to > day));
    const reached = days.find((day) => !holds(day)) ?? null;
    return [{ first, entered: first.from, reached, ended: null, until }];
  });
}
