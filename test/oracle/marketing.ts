import { first, has, inTime, ratio, type Cell, type Variants } from "./cell.ts";
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

const isPaid = (world: World) => (lead: { dims: Readonly<Record<string, string | null>> }) =>
  world.ground.paidChannels.includes(lead.dims["channel"] ?? "");

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
    const opportunities = created(cell, world, (lead) => inTime(cell, lead.createdOn, lead.opportunityOn));
    return ratio({ spend: spent(cell, world, media), opportunities });
  },
};

export const marketingQualifiedLeads: Variants = {
  count: (cell, world) => first({ mqls: mqls(cell, world) }),
  rate: (cell, world) => ratio({ mqls: mqls(cell, world), leads: created(cell, world) }),
  acceptance(cell, world) {
    let [accepted, decided] = [0, 0];
    for (const lead of world.leads) {
      if (!has(cell, lead.decidedOn, lead.dims)) continue;
      decided += 1;
      if (lead.decision === "accepted") accepted += 1;
    }
    return ratio({ accepted, decided });
  },
};

export const salesQualifiedLeads: Variants = {
  count: (cell, world) => first({ sqls: sqls(cell, world) }),
  rate(cell, world) {
    let [sqls, mqls] = [0, 0];
    for (const lead of world.leads) {
      if (!has(cell, lead.mqlOn, lead.dims)) continue;
      mqls += 1;
      if (inTime(cell, lead.mqlOn, lead.sqlOn)) sqls += 1;
    }
    return ratio({ sqls, mqls });
  },
  "opportunity-rate"(cell, world) {
    let [opportunities, sqls] = [0, 0];
    for (const lead of world.leads) {
      if (!has(cell, lead.sqlOn, lead.dims)) continue;
      sqls += 1;
      if (inTime(cell, lead.sqlOn, lead.opportunityOn)) opportunities += 1;
    }
    return ratio({ opportunities, sqls });
  },
};

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
  loaded: (cell, world) => ratio({ costs: acquiring(cell, world), customers: acquired(cell, world) }),
  blended: (cell, world) =>
    ratio({ costs: spent(cell, world, world.ground.marketingCosts), customers: acquired(cell, world) }),
  paid: (cell, world) => ratio({ costs: spent(cell, world, media), customers: acquired(cell, world, isPaid(world)) }),
  cohort(cell, world) {
    let customers = 0;
    for (const each of world.customers)
      if (has(cell, each.leadCreatedOn, each.dims) && inTime(cell, each.leadCreatedOn, each.acquiredOn)) customers += 1;
    return ratio({ costs: acquiring(cell, world), customers });
  },
};

/** Every cost but that of the product itself. */
function acquiring(cell: Cell, world: World): number {
  let sum = 0;
  for (const cost of world.costs) if (cost.category !== "product" && has(cell, cost.day, cost.dims)) sum += cost.amount;
  return sum;
}

export function acquired(
  cell: Cell,
  world: World,
  counts: (customer: World["customers"][number]) => boolean = () => true,
): number {
  let customers = 0;
  for (const customer of world.customers)
    if (counts(customer) && has(cell, customer.acquiredOn, customer.dims)) customers += 1;
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
};

/** Revenue net of tax (or won deals, where bookings count) of rows whose dimensions qualify, and how many rows there were at all. */
function returned(cell: Cell, world: World, counts: (dims: Readonly<Record<string, string | null>>) => boolean) {
  let [revenue, sales] = [0, 0];
  if (world.basis === "revenue")
    for (const payment of world.payments) {
      if (!has(cell, payment.on, payment.dims)) continue;
      sales += 1;
      if (counts(payment.dims)) revenue += payment.amount - payment.tax;
    }
  else
    for (const deal of world.deals) {
      if (deal.outcome !== "won" || !has(cell, deal.closedOn, deal.dims)) continue;
      sales += 1;
      if (counts(deal.dims)) revenue += deal.valueAtClose;
    }
  return { revenue, sales };
}
