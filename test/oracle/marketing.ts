import { first, has, inTime, middle, ratio, type Cell, type Variants } from "./cell.ts";
import type { Dims } from "./credit.ts";
import { daysFrom } from "./days.ts";
import type { World } from "./world.ts";

function spent(cell: Cell, world: World, categories?: readonly string[]): number {
  let sum = 0;
  for (const cost of world.costs)
    if (categories?.includes(cost.category) !== false && has(cell, cost.day, cost.dims)) sum += cost.amount;
  return sum;
}

const media = ["media"];

function created(cell: Cell, world: World, counts: (lead: World["leads"][number]) => boolean = () => true): number {
  let leads = 0;
  for (const lead of world.leads) if (counts(lead) && has(cell, lead.createdOn, lead.dims)) leads += 1;
  return leads;
}

/** Leads that came somewhere from somewhere: in the days, or of those who set out in the days in time. */
function arrived(cell: Cell, world: World, way: (lead: World["leads"][number]) => (string | null)[]): number {
  let count = 0;
  for (const lead of world.leads) {
    const [from = null, to = null] = way(lead);
    const there =
      cell.clock === "period" ? has(cell, to, lead.dims) : has(cell, from, lead.dims) && inTime(cell, from, to);
    if (there) count += 1;
  }
  return count;
}

const isPaid = (world: World) => (lead: { dims: Readonly<Record<string, string | null>> }) =>
  world.ground.paidChannels.includes(lead.dims["channel"] ?? "");

/** Whether a lead of the days got somewhere in time, or by the period clock whether it got there in the days. */
const countsAs = (cell: Cell, lead: World["leads"][number], there: "mqlOn", dimsThen: Dims): boolean =>
  cell.clock === "period"
    ? has(cell, lead[there], dimsThen)
    : has(cell, lead.createdOn, lead.dims) && inTime(cell, lead.createdOn, lead[there]);

/** Leads of the days that became MQLs, or by the period clock those that became MQLs in the days. */
function mqls(cell: Cell, world: World): number {
  let count = 0;
  for (const lead of world.leads) {
    if (cell.clock === "cohort" && has(cell, lead.createdOn, lead.dims) && inTime(cell, lead.createdOn, lead.mqlOn))
      count += 1;
    if (cell.clock === "period" && has(cell, lead.mqlOn, lead.dimsAsMql)) count += 1;
  }
  return count;
}

function sqls(cell: Cell, world: World): number {
  let count = 0;
  for (const lead of world.leads) {
    if (cell.clock === "cohort" && has(cell, lead.createdOn, lead.dims) && inTime(cell, lead.createdOn, lead.sqlOn))
      count += 1;
    if (cell.clock === "period" && has(cell, lead.sqlOn, lead.dimsAsSql)) count += 1;
  }
  return count;
}

function entries(cell: Cell, world: World, categories?: readonly string[]): number {
  let count = 0;
  for (const cost of world.costs)
    if (categories?.includes(cost.category) !== false && has(cell, cost.day, cost.dims)) count += 1;
  return count;
}

const costs = (cell: Cell, world: World, categories?: readonly string[]) =>
  first({ spend: spent(cell, world, categories), entries: entries(cell, world, categories) });

export const spend: Variants = {
  all: (cell, world) => costs(cell, world),
  media: (cell, world) => costs(cell, world, media),
  marketing: (cell, world) => costs(cell, world, world.ground.marketingCosts),
};

export const leads: Variants = {
  all: (cell, world) => first({ leads: created(cell, world) }),
  viable: (cell, world) => first({ leads: created(cell, world, (lead) => lead.isProspect) }),
};

export const costPerLead: Variants = {
  paid: (cell, world) => ratio({ spend: spent(cell, world, media), leads: created(cell, world, isPaid(world)) }),
  blended: (cell, world) => ratio({ spend: spent(cell, world, media), leads: created(cell, world) }),
  loaded: (cell, world) =>
    ratio({ costs: spent(cell, world, world.ground.marketingCosts), leads: created(cell, world) }),
  viable: (cell, world) =>
    ratio({ spend: spent(cell, world, media), leads: created(cell, world, (lead) => lead.isProspect) }),
  platform(cell, world) {
    let claimed = 0;
    for (const cost of world.costs) if (has(cell, cost.day, cost.dims)) claimed += cost.platformLeads;
    return ratio({ spend: spent(cell, world, media), leads: claimed });
  },
  "per-mql": (cell, world) => ratio({ spend: spent(cell, world, media), mqls: mqls(cell, world) }),
  "per-sql": (cell, world) => ratio({ spend: spent(cell, world, media), sqls: sqls(cell, world) }),
  "per-opportunity"(cell, world) {
    const opportunities = arrived(cell, world, (lead) => [lead.createdOn, lead.opportunityOn]);
    return ratio({ spend: spent(cell, world, media), opportunities });
  },
};

export const marketingQualifiedLeads: Variants = {
  count: (cell, world) => first({ mqls: mqls(cell, world) }),
  rate: (cell, world) => ratio({ mqls: mqls(cell, world), leads: created(cell, world) }),
  "days-to"(cell, world) {
    const days = world.leads
      .filter((lead) => countsAs(cell, lead, "mqlOn", lead.dimsAsMql))
      .map((lead) => daysFrom(lead.createdOn, lead.mqlOn ?? ""));
    return first({ days: middle(days), mqls: mqls(cell, world), leads: created(cell, world) });
  },
  acceptance(cell, world) {
    const decided = arrived(cell, world, (lead) => [lead.createdOn, lead.decidedOn]);
    const accepted = arrived(cell, world, (lead) =>
      lead.decision === "accepted" ? [lead.createdOn, lead.decidedOn] : [],
    );
    return ratio({ accepted, decided });
  },
};

export const salesQualifiedLeads: Variants = {
  count: (cell, world) => first({ sqls: sqls(cell, world) }),
  rate(cell, world) {
    const sqls = arrived(cell, world, (lead) => (lead.mqlOn === null ? [] : [lead.mqlOn, lead.sqlOn]));
    const mqls = world.leads.filter((lead) => has(cell, lead.mqlOn, lead.dims)).length;
    return ratio({ sqls, mqls });
  },
  "opportunity-rate"(cell, world) {
    const opportunities = arrived(cell, world, (lead) => [lead.sqlOn, lead.opportunityOn]);
    const sqls = world.leads.filter((lead) => has(cell, lead.sqlOn, lead.dims)).length;
    return ratio({ opportunities, sqls });
  },
  "days-to-first-contact"(cell, world) {
    const contacted = world.leads.filter((lead) =>
      cell.clock === "period"
        ? has(cell, lead.contactedOn, lead.dims)
        : has(cell, lead.mqlOn, lead.dims) && inTime(cell, lead.mqlOn, lead.contactedOn),
    );
    const mqls = world.leads.filter((lead) => has(cell, lead.mqlOn, lead.dims)).length;
    return first({ days: middle(contacted.map(contactDays)), contacted: contacted.length, mqls });
  },
};

/** Days from becoming an MQL to the first contact, to the minute. */
export const contactDays = ({ mqlAt, contactedAt }: World["leads"][number]): number =>
  Math.floor((Date.parse(contactedAt ?? "") - Date.parse(mqlAt ?? "")) / 60_000) / 1440;

export const leadToCustomerRate: Variants = {
  rate(cell, world) {
    let customers = 0;
    for (const lead of world.leads) {
      if (
        cell.clock === "cohort" &&
        has(cell, lead.createdOn, lead.dims) &&
        inTime(cell, lead.createdOn, lead.customerOn)
      )
        customers += 1;
      if (cell.clock === "period" && has(cell, lead.customerOn, lead.dims)) customers += 1;
    }
    return ratio({ customers, leads: created(cell, world) });
  },
};

export const customerAcquisitionCost: Variants = {
  loaded: (cell, world) => ratio({ costs: acquiring(cell, world), customers: won(cell, world) }),
  blended: (cell, world) =>
    ratio({ costs: spent(cell, world, world.ground.marketingCosts), customers: won(cell, world) }),
  paid: (cell, world) => ratio({ costs: spent(cell, world, media), customers: won(cell, world, isPaid(world)) }),
  cohort: (cell, world) => ratio({ costs: acquiring(cell, world), customers: won(cell, world) }),
};

/** Every cost but that of the product itself. */
function acquiring(cell: Cell, world: World): number {
  let sum = 0;
  for (const cost of world.costs) if (cost.category !== "product" && has(cell, cost.day, cost.dims)) sum += cost.amount;
  return sum;
}

/** Customers won in the days; by the cohort clock those won in time from the leads of the days. */
function won(cell: Cell, world: World, counts: (customer: World["customers"][number]) => boolean = () => true): number {
  if (cell.clock === "period") return acquired(cell, world, counts);
  let customers = 0;
  for (const each of world.customers)
    if (
      each.isFirst &&
      counts(each) &&
      has(cell, each.leadCreatedOn, each.dims) &&
      inTime(cell, each.leadCreatedOn, each.acquiredOn)
    )
      customers += 1;
  return customers;
}

export function acquired(
  cell: Cell,
  world: World,
  counts: (customer: World["customers"][number]) => boolean = () => true,
): number {
  let customers = 0;
  for (const customer of world.customers)
    if (customer.isFirst && counts(customer) && has(cell, customer.acquiredOn, customer.dims)) customers += 1;
  return customers;
}

export const touches: Variants = {
  all(cell, world) {
    let count = 0;
    for (const touch of world.touches) if (has(cell, touch.on, touch.dims)) count += 1;
    return first({ touches: count });
  },
};

export const marketingRoi: Variants = {
  realised(cell, world) {
    const { revenue, sales } = returned(cell, world, (dims) => dims["channel"] != null);
    const costs = spent(cell, world, world.ground.marketingCosts);
    return {
      parts: { revenue, costs, sales },
      value: costs === 0 ? null : (revenue * world.ground.grossMargin - costs) / costs,
    };
  },
  expected(cell, world) {
    const { revenue } = returned({ ...cell, window: undefined }, world, (dims) => dims["channel"] != null);
    const costs = spent(cell, world, world.ground.marketingCosts);
    let chances = 0;
    for (const lead of world.openLeads)
      if (lead.dims.channel !== null && has(cell, lead.createdOn, lead.dims)) chances += lead.chance;
    const to_come = chances === 0 ? 0 : chances * world.perCustomer;
    return {
      parts: { revenue, to_come, costs, leads: created(cell, world) },
      value: costs === 0 ? null : ((revenue + to_come) * world.ground.grossMargin - costs) / costs,
    };
  },
  roas(cell, world) {
    const { revenue, sales } = returned(cell, world, (dims) =>
      world.ground.paidChannels.includes(dims["channel"] ?? ""),
    );
    return ratio({ revenue, spend: spent(cell, world, media), sales });
  },
  mer(cell, world) {
    const { revenue, sales } = returned(cell, world, () => true);
    return ratio({ revenue, costs: spent(cell, world, world.ground.marketingCosts), sales });
  },
  pipeline(cell, world) {
    let [value, created] = [0, 0];
    for (const deal of world.deals) {
      const dims: Dims = deal.dims;
      if (!counted(cell, deal.leadCreatedOn, deal.createdOn, dims)) continue;
      created += 1;
      if (dims["channel"] != null) value += deal.valueAtCreation;
    }
    return ratio({ created_value: value, costs: spent(cell, world, world.ground.marketingCosts), created });
  },
};

/** Whether a sale is of the cell: by its own day, or by that of its lead where it came in time. */
const counted = (cell: Cell, entered: string | null, reached: string | null, dims: Dims): boolean =>
  cell.clock === "period" ? has(cell, reached, dims) : has(cell, entered, dims) && inTime(cell, entered, reached);

/** Revenue net of tax (or won deals, where bookings count) of rows whose dimensions qualify, and how many rows there were at all. */
function returned(cell: Cell, world: World, counts: (dims: Dims) => boolean) {
  let [revenue, sales] = [0, 0];
  if (world.basis === "revenue")
    for (const payment of world.payments) {
      if (!counted(cell, payment.leadCreatedOn, payment.on, payment.dims)) continue;
      sales += 1;
      if (counts(payment.dims)) revenue += payment.amount - payment.tax;
    }
  else
    for (const deal of world.deals) {
      if (deal.outcome !== "won" || !counted(cell, deal.leadCreatedOn, deal.closedOn, deal.dims)) continue;
      sales += 1;
      if (counts(deal.dims)) revenue += deal.valueAtClose;
    }
  return { revenue, sales };
}
