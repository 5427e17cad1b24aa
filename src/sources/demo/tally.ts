import { campaigns, type Campaign } from "./campaigns.ts";
import { channels, type ChannelName } from "./channels.ts";
import type { Lead } from "./lead.ts";
import type { Currency } from "./places.ts";
import type { Rep } from "./team.ts";
import type { World } from "./world.ts";

/** Numbers by month, or by day. */
export type Series = Float64Array;

/** What exists only because of a channel or campaign. */
export interface Effect {
  leads: number;
  customers: number;
  revenue: number;
}

/** What is counted of a channel; money in euro cents without tax. */
export interface ChannelTally {
  leads: number;
  viable: number;
  mqls: number;
  sqls: number;
  customers: number;
  churned: number;
  revenue: number;
  mediaCost: number;
  /** Months lived by customers who pay by the month, and how many of those months were their last. */
  monthsLived: number;
  monthsLeft: number;
  readonly incremental: Effect;
  /** Of that, what came another way: the channel was seen, not clicked. */
  readonly unclicked: Effect;
}

type Caused = Pick<Lead, "cause" | "channel" | "campaign">;

export interface RepTally {
  opportunities: number;
  won: number;
  lost: number;
  open: number;
  readonly revenue: Series;
  readonly sqls: Series;
}

export interface TeamTally {
  readonly revenue: Series;
  readonly signed: Series;
  readonly sqls: Series;
  readonly opportunities: Series;
}

/** Sums that grow while the simulation streams by, and nothing of it that grows with the number of leads. */
export interface Tally {
  readonly months: {
    readonly leads: Series;
    readonly paidLeads: Series;
    readonly mqls: Series;
    readonly sqls: Series;
    readonly newCustomers: Series;
    readonly churned: Series;
    readonly back: Series;
    readonly opportunities: Series;
    readonly wonYoung: Series;
    readonly won: Series;
    readonly lost: Series;
    readonly revenue: Series;
    readonly media: Series;
    readonly marketing: Series;
    readonly cost: Series;
  };
  readonly channels: Readonly<Record<ChannelName, ChannelTally>>;
  /** What each campaign's own leads brought that exists only because of its channel. */
  readonly campaigns: ReadonlyMap<Campaign, Effect>;
  readonly reps: readonly RepTally[];
  readonly teams: Readonly<Record<Rep["team"], TeamTally>>;
  /** Leads by ad and day, and people whom display moved by day: what the platforms see and claim. */
  readonly adLeads: ReadonlyMap<Campaign, readonly Series[]>;
  readonly seenLeads: Series;
  readonly hole: { readonly before: { mqls: number; sqls: number }; readonly after: { mqls: number; sqls: number } };
  readonly moved: {
    readonly exposed: { people: number; leads: number };
    readonly unexposed: { people: number; leads: number };
  };
  readonly counts: Record<
    | "mergedLeads"
    | "disqualifiedLeads"
    | "mqls"
    | "sqls"
    | "customers"
    | "churnedCustomers"
    | "wonDeals"
    | "lostDeals"
    | "openDeals"
    | "newDealsWon"
    | "newDealsLost",
    number
  >;
  /** Minor units by currency. */
  readonly spent: Record<Currency, number>;
  readonly billed: Record<Currency, number>;
  readonly tax: Record<Currency, number>;
  /** Euro cents, at each day's rate. */
  readonly euros: { spent: number; billed: number; tax: number };
}

const noEffect = (): Effect => ({ leads: 0, customers: 0, revenue: 0 });

const channelTally = (): ChannelTally => ({
  leads: 0,
  viable: 0,
  mqls: 0,
  sqls: 0,
  customers: 0,
  churned: 0,
  revenue: 0,
  mediaCost: 0,
  monthsLived: 0,
  monthsLeft: 0,
  incremental: noEffect(),
  unclicked: noEffect(),
});

const monthly = [
  "leads",
  "paidLeads",
  "mqls",
  "sqls",
  "newCustomers",
  "churned",
  "back",
  "opportunities",
  "wonYoung",
  "won",
  "lost",
  "revenue",
  "media",
  "marketing",
  "cost",
] as const;
const counted = [
  "mergedLeads",
  "disqualifiedLeads",
  "mqls",
  "sqls",
  "customers",
  "churnedCustomers",
  "wonDeals",
  "lostDeals",
  "openDeals",
  "newDealsWon",
  "newDealsLost",
] as const;

const noMoney = (): Record<Currency, number> => ({ EUR: 0, USD: 0, MXN: 0 });

const record = <K extends string, V>(keys: readonly K[], value: () => V): Record<K, V> =>
  Object.fromEntries(keys.map((key) => [key, value()])) as Record<K, V>;

/** An empty tally. */
export function tally({ calendar, team }: World): Tally {
  const series = (): Series => new Float64Array(calendar.months);
  const daily = (): Series => new Float64Array(calendar.days);
  return {
    months: record(monthly, series),
    channels: record(
      channels.map((channel) => channel.name),
      channelTally,
    ),
    campaigns: new Map(campaigns.map((campaign) => [campaign, noEffect()])),
    reps: team.reps.map(() => ({ opportunities: 0, won: 0, lost: 0, open: 0, revenue: series(), sqls: series() })),
    teams: record(team.teams, () => ({
      revenue: series(),
      signed: series(),
      sqls: series(),
      opportunities: series(),
    })),
    adLeads: new Map(campaigns.map((campaign) => [campaign, (campaign.ads ?? []).map(daily)])),
    seenLeads: daily(),
    hole: { before: { mqls: 0, sqls: 0 }, after: { mqls: 0, sqls: 0 } },
    moved: { exposed: { people: 0, leads: 0 }, unexposed: { people: 0, leads: 0 } },
    counts: record(counted, () => 0),
    spent: noMoney(),
    billed: noMoney(),
    tax: noMoney(),
    euros: { spent: 0, billed: 0, tax: 0 },
  };
}

/** Adds to one place of a series. */
export function add(series: Series, place: number, amount = 1): void {
  series[place] = (series[place] as number) + amount;
}

/** Adds what a lead brought to the effect of its cause, if there is one. */
export function addEffect(tally: Tally, { cause, channel, campaign }: Caused, of: keyof Effect, amount = 1): void {
  if (cause === undefined) return;
  const { incremental, unclicked } = tally.channels[cause];
  const own = cause === channel.name ? tally.campaigns.get(campaign) : unclicked;
  for (const effect of [incremental, own]) if (effect !== undefined) effect[of] += amount;
}

/** Customers at the start of each month. */
export function atStart({ months }: Tally): Series {
  let now = 0;
  return months.newCustomers.map((added, month) => {
    const before = now;
    now += added + (months.back[month] as number) - (months.churned[month] as number);
    return before;
  });
}
