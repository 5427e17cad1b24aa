import { dayOf, endOf } from "./days.ts";
import type { Dims, People, Progress } from "./credit.ts";
import type { CompanyFacts, Ground } from "./facts.ts";

/** A customer on the day it became one, if that is known, with the lead that it was and what is recorded of it. */
export interface Acquisition {
  /** Whether it is the first of its family, and so a new customer. */
  readonly isFirst: boolean;
  readonly customerId: string;
  readonly acquiredOn: string | null;
  /** Milliseconds until which touches can have led to it. */
  readonly until: number | null;
  readonly progress: Progress | undefined;
  readonly recorded: Dims;
  readonly dims: Dims;
}

const isNew = (kind: string | null): boolean => kind !== "renewal" && kind !== "expansion";

/** Each customer at its first payment; without any payments in the company, at its first won deal. */
export function acquisitionsOf(
  facts: CompanyFacts,
  people: People,
  progress: readonly Progress[],
  ground: Ground,
): Acquisition[] {
  const counted = new Map(progress.map((each) => [each.lead.lead_id, each]));
  const leadOf = (leadId: string) => counted.get(people.survivor(leadId));
  const deals = new Map(facts.deal.map((deal) => [deal.deal_id, deal]));
  const starts = facts.revenue.length > 0 ? firstPayments(facts) : firstWins(facts, leadOf, people);
  const own = starts.map((start) => {
    const deal = start.dealId === null ? undefined : deals.get(start.dealId);
    const stated = start.leadId ?? deal?.lead_id ?? undefined;
    const lead = stated === undefined ? knownLead(facts, start.customerId, leadOf) : leadOf(stated);
    const customer = facts.customer.find((each) => each.customer_id === start.customerId);
    const { own } = start;
    return {
      soldAt: start.on === null ? Date.parse(start.at ?? "") : endOf(start.on, ground.zone) - 0.001,
      isFirst: true,
      customerId: start.customerId,
      acquiredOn: start.isNew ? (start.on ?? dayOf(start.at ?? "", ground.zone)) : null,
      until: !start.isNew
        ? null
        : start.on === null
          ? Date.parse(start.at ?? "")
          : endOf(start.on, ground.zone) - 0.001,
      progress: lead,
      recorded: {
        channel: own["channel"] ?? deal?.channel ?? lead?.lead.channel ?? customer?.channel ?? null,
        campaign: lead?.lead.campaign ?? null,
      },
      dims: {
        country: own["country"] ?? customer?.country ?? deal?.country ?? lead?.lead.country ?? null,
        segment: own["segment"] ?? customer?.segment ?? deal?.segment ?? lead?.lead.segment ?? null,
        product: own["product"] ?? deal?.product ?? null,
        rep: own["rep"] ?? deal?.rep ?? customer?.rep ?? null,
      },
    };
  });
  const family = familyOf(facts);
  return own.map((each) => {
    const kin = own.filter((other) => family(other.customerId) === family(each.customerId));
    const [first = each] = kin.toSorted((a, b) => a.soldAt - b.soldAt || (a.customerId < b.customerId ? -1 : 1));
    const { acquiredOn, until, progress: lead, recorded } = first;
    return { ...each, acquiredOn, until, progress: lead, recorded, isFirst: first === each };
  });
}

/** What all of a family share: customers that belong to one another, directly or through others. */
function familyOf(facts: CompanyFacts): (customerId: string) => string {
  const head = new Map<string, string>();
  const find = (id: string): string => {
    const above = head.get(id);
    return above === undefined ? id : find(above);
  };
  for (const { customer_id, parent_id } of facts.customer)
    if (parent_id !== null && find(parent_id) !== find(customer_id)) head.set(find(customer_id), find(parent_id));
  return find;
}

interface Start {
  readonly customerId: string;
  readonly isNew: boolean;
  readonly on: string | null;
  readonly at: string | null;
  readonly leadId: string | null;
  readonly dealId: string | null;
  readonly own: Dims;
}

function firstPayments(facts: CompanyFacts): Start[] {
  const first = new Map<string, CompanyFacts["revenue"][number]>();
  for (const payment of facts.revenue) {
    if (payment.amount <= 0 || payment.kind === "refund" || payment.kind === "credit_note") continue;
    const held = first.get(payment.customer_id);
    const order = (each: typeof payment) => each.occurred_on + each.revenue_id;
    if (held === undefined || order(payment) < order(held)) first.set(payment.customer_id, payment);
  }
  return [...first.values()].map((payment) => ({
    customerId: payment.customer_id,
    isNew: isNew(payment.kind),
    on: payment.occurred_on,
    at: null,
    leadId: payment.lead_id,
    dealId: payment.deal_id,
    own: {
      channel: payment.channel,
      country: payment.country,
      segment: payment.segment,
      product: payment.product,
      rep: payment.rep,
    },
  }));
}

function firstWins(facts: CompanyFacts, leadOf: (leadId: string) => Progress | undefined, people: People): Start[] {
  const first = new Map<string, CompanyFacts["deal"][number]>();
  for (const deal of facts.deal) {
    if (deal.outcome !== "won") continue;
    const ofLead =
      deal.lead_id === null
        ? null
        : (leadOf(deal.lead_id)?.lead.customer_id ?? `lead ${people.survivor(deal.lead_id)}`);
    const customerId = deal.customer_id ?? ofLead ?? `deal ${deal.deal_id}`;
    const held = first.get(customerId);
    const order = (each: typeof deal) => `${each.closed_at} ${each.deal_id}`;
    if (held === undefined || order(deal) < order(held)) first.set(customerId, deal);
  }
  return [...first].map(([customerId, deal]) => ({
    customerId,
    isNew: isNew(deal.kind),
    on: null,
    at: deal.closed_at,
    leadId: deal.lead_id,
    dealId: deal.deal_id,
    own: {},
  }));
}

/** The first lead that names the customer, or whose deal does. */
function knownLead(
  facts: CompanyFacts,
  customerId: string,
  leadOf: (leadId: string) => Progress | undefined,
): Progress | undefined {
  const named = [...facts.lead, ...facts.deal].filter(
    (each) => each.customer_id === customerId && each.lead_id !== null,
  );
  return named
    .flatMap((each) => leadOf(each.lead_id ?? "") ?? [])
    .toSorted((a, b) => (a.lead.created_at + a.lead.lead_id < b.lead.created_at + b.lead.lead_id ? -1 : 1))[0];
}
