import {
  edges,
  first,
  has,
  heldBefore,
  inTime,
  middle,
  over,
  ratio,
  type Cell,
  type Counted,
  type Variants,
} from "./cell.ts";
import { daysFrom } from "./days.ts";
import { acquired } from "./marketing.ts";
import type { World } from "./world.ts";

type Deal = World["deals"][number];

/** Those closed in the days; by the cohort clock those created in the days that were closed in time. */
function closed(cell: Cell, world: World, outcomes: readonly string[]): Deal[] {
  return world.deals.filter(
    (deal) =>
      outcomes.includes(deal.outcome) &&
      (cell.clock === "period"
        ? has(cell, deal.closedOn, deal.dims)
        : has(cell, deal.createdOn, deal.dims) && inTime(cell, deal.createdOn, deal.closedOn)),
  );
}

const created = (cell: Cell, world: World): Deal[] =>
  world.deals.filter((deal) => has(cell, deal.createdOn, deal.dims));
const sum = <T>(rows: readonly T[], amount: (row: T) => number): number =>
  rows.reduce((total, row) => total + amount(row), 0);
const atClose = (deals: readonly Deal[]): number => sum(deals, (deal) => deal.valueAtClose);
/** At the rate of the day that dates the deal. */
const valued = (cell: Cell, deals: readonly Deal[]): number =>
  cell.clock === "period" ? atClose(deals) : atCreation(deals);
const atCreation = (deals: readonly Deal[]): number => sum(deals, (deal) => deal.valueAtCreation);

function wonOfCreated(cell: Cell, world: World): Counted {
  return ratio({ won: closed(cell, world, ["won"]).length, created: created(cell, world).length });
}

export const winRatio: Variants = {
  "by-age": wonOfCreated,
  closed: (cell, world) =>
    ratio({ won: closed(cell, world, ["won"]).length, closed: closed(cell, world, ["won", "lost"]).length }),
  created: wonOfCreated,
  "closed-value"(cell, world) {
    const all = closed(cell, world, ["won", "lost"]);
    const won = closed(cell, world, ["won"]);
    return ratio({ won_value: valued(cell, won), closed_value: valued(cell, all), closed: all.length });
  },
  "created-value"(cell, world) {
    const all = created(cell, world);
    const won = closed(cell, world, ["won"]);
    return ratio({ won_value: valued(cell, won), created_value: atCreation(all), created: all.length });
  },
};

export const opportunitiesCreated: Variants = {
  count: (cell, world) => first({ created: created(cell, world).length }),
  value: (cell, world) =>
    first({ created_value: atCreation(created(cell, world)), created: created(cell, world).length }),
};

export const averageDealValue: Variants = {
  won(cell, world) {
    const won = closed(cell, world, ["won"]);
    return ratio({ won_value: valued(cell, won), won: won.length });
  },
};

export const salesCycleDays: Variants = {
  median(cell, world) {
    const won = closed(cell, world, ["won"]);
    const days = middle(won.map((deal) => daysFrom(deal.createdOn, deal.closedOn ?? "")));
    const entered = cell.clock === "cohort" ? { created: created(cell, world).length } : {};
    return first({ days, won: won.length, ...entered });
  },
};

export const pipelineValue: Variants = {
  open(cell, world) {
    const at = edges(cell);
    if (at === undefined) return first({ open_value: null, open: null });
    const states = world.deals.map((deal) => ({
      ...deal,
      from: deal.createdOn,
      to: deal.outcome === "open" ? null : deal.closedOn,
    }));
    const open = heldBefore(states, cell, at.closes);
    return first({ open_value: atCreation(open), open: open.length });
  },
};

const isRefund = (kind: string | null): boolean => kind === "refund" || kind === "credit_note";

function paid(cell: Cell, world: World, amount: (payment: World["payments"][number]) => number): Counted {
  let [revenue, sales] = [0, 0];
  for (const payment of world.payments) {
    if (!has(cell, payment.on, payment.dims)) continue;
    sales += 1;
    revenue += amount(payment);
  }
  return first({ revenue, sales });
}

function booked(cell: Cell, world: World): Counted {
  const won = closed(cell, world, ["won"]);
  return first({ revenue: atClose(won), sales: won.length });
}

export const salesRevenue: Variants = {
  net: (cell, world) =>
    world.basis === "bookings" ? booked(cell, world) : paid(cell, world, (each) => each.amount - each.tax),
  gross: (cell, world) =>
    world.basis === "bookings"
      ? booked(cell, world)
      : paid(cell, world, (each) => (isRefund(each.kind) ? 0 : each.amount)),
  refunds(cell, world) {
    const { parts, value } = paid(cell, world, (each) => (isRefund(each.kind) ? -each.amount : 0));
    return { parts: { refunds: parts["revenue"] ?? null, sales: parts["sales"] ?? null }, value };
  },
};

export const lifetimeValue: Variants = {
  "to-date"(cell, world) {
    let revenue = 0;
    for (const payment of world.payments)
      if (has(cell, payment.acquiredOn, payment.dimsOfCustomer)) revenue += payment.amount - payment.tax;
    const customers = acquired(cell, world);
    return { parts: { revenue, customers }, value: over(revenue * world.ground.grossMargin, customers) };
  },
};

interface Held {
  /** What each customer paid a month at the start, and at the end. */
  readonly opening: ReadonlyMap<string, number>;
  readonly closing: ReadonlyMap<string, number>;
}

function paying(cell: Cell, world: World): Held | undefined {
  const at = edges(cell);
  if (at === undefined) return undefined;
  const each = (day: string) => {
    const total = new Map<string, number>();
    for (const state of heldBefore(world.tenures, cell, day))
      total.set(state.customerId, (total.get(state.customerId) ?? 0) + state.amount);
    return total;
  };
  return { opening: each(at.opens), closing: each(at.closes) };
}

const all = (paid: ReadonlyMap<string, number>): number => sum([...paid.values()], (amount) => amount);
const stayed = ({ opening, closing }: Held): string[] =>
  [...opening.keys()].filter((customer) => closing.has(customer));

function retention(
  cell: Cell,
  world: World,
  names: readonly string[],
  parts: (held: Held) => readonly number[],
): Counted["parts"] {
  const held = paying(cell, world);
  const values = held === undefined ? [] : parts(held);
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? null]));
}

export const customerRetention: Variants = {
  logo: (cell, world) =>
    ratio(retention(cell, world, ["retained", "at_start"], (held) => [stayed(held).length, held.opening.size])),
  "gross-revenue": (cell, world) =>
    ratio(
      retention(cell, world, ["kept", "revenue_at_start", "at_start"], (held) => [
        sum([...held.opening], ([customer, amount]) => Math.min(amount, held.closing.get(customer) ?? 0)),
        all(held.opening),
        held.opening.size,
      ]),
    ),
  "net-revenue": (cell, world) =>
    ratio(
      retention(cell, world, ["retained_revenue", "revenue_at_start", "at_start"], (held) => [
        sum(stayed(held), (customer) => held.closing.get(customer) ?? 0),
        all(held.opening),
        held.opening.size,
      ]),
    ),
  churn(cell, world) {
    const { parts, value } = ratio(
      retention(cell, world, ["retained", "at_start"], (held) => [stayed(held).length, held.opening.size]),
    );
    return { parts, value: value === null ? null : 1 - value };
  },
  survival(cell, world) {
    const began = world.stays.filter((each) => has(cell, each.entered, each.dims));
    const left = began.filter((each) => inTime(cell, each.entered, each.reached));
    const { parts, value } = ratio({ left: left.length, began: began.length });
    return { parts, value: value === null ? null : 1 - value };
  },
};

export const mrr: Variants = {
  end(cell, world) {
    const held = paying(cell, world);
    return held === undefined
      ? first({ mrr: null, customers: null })
      : first({ mrr: all(held.closing), customers: held.closing.size });
  },
};

export const customers: Variants = {
  new: (cell, world) => first({ customers: acquired(cell, world) }),
  active: (cell, world) => first({ customers: paying(cell, world)?.closing.size ?? null }),
};
