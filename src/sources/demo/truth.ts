import { channels, impressions, type ChannelName } from "./channels.ts";
import { odds as funnelOdds } from "./funnel.ts";
import type { Currency } from "./places.ts";
import { odds as lifeOdds } from "./subscription.ts";
import { atStart, type ChannelTally, type Effect, type RepTally, type Series, type Tally } from "./tally.ts";
import { closer, opener } from "./team.ts";
import { companyLabel } from "./workspace.ts";
import type { World } from "./world.ts";

const ratio = (part: number, whole: number): number | null =>
  whole > 0 ? Math.round((part / whole) * 1e6) / 1e6 : null;
const units = (cents: number): number => Math.round(cents) / 100;
const sum = (series: Series): number => series.reduce((total, value) => total + value, 0);

const byCurrency = (amounts: Readonly<Record<Currency, number>>): Record<Currency, number> => ({
  EUR: units(amounts.EUR),
  USD: units(amounts.USD),
  MXN: units(amounts.MXN),
});

const ofChannels = <T>(tally: Tally, value: (channel: ChannelTally, name: ChannelName) => T): Record<string, T> =>
  Object.fromEntries(channels.map(({ name }) => [name, value(tally.channels[name], name)]));

function cheapChannel({ channels: of }: Tally) {
  const cheap = of.paid_social;
  const rest = [of.paid_search, of.display];
  const total = (key: "leads" | "mediaCost") => rest.reduce((all, channel) => all + channel[key], 0);
  return {
    channel: "paid_social",
    leads: cheap.leads,
    spend_eur: units(cheap.mediaCost),
    cost_per_lead_eur: ratio(cheap.mediaCost / 100, cheap.leads),
    other_paid_cost_per_lead_eur: ratio(total("mediaCost") / 100, total("leads")),
    true_monthly_churn_factor: channels.find((channel) => channel.name === "paid_social")?.churns,
    true_monthly_churn_of_reference: lifeOdds.base,
  };
}

const churn = ({ customers, churned, monthsLived, monthsLeft }: ChannelTally) => ({
  customers,
  churned,
  monthly_churn_of_monthly_payers: ratio(monthsLeft, monthsLived),
});

function repStory(world: World, tally: Tally, name: string) {
  const rep = world.team.reps.find((each) => each.name === name);
  if (rep === undefined) return { rep: name };
  const { opportunities, won, lost, open } = tally.reps[rep.index] as RepTally;
  return {
    rep: name,
    team: rep.team,
    opens_factor: rep.opens,
    closes_factor: rep.closes,
    leads_weight: rep.weight,
    opportunities,
    won,
    lost,
    open,
    closed_win_ratio: ratio(won, won + lost),
  };
}

function brokenStage({ calendar, breakDay }: World, { hole }: Tally) {
  const side = ({ mqls, sqls }: { mqls: number; sqls: number }) => ({ mqls, sqls, rate: ratio(sqls, mqls) });
  return {
    from: "mql",
    to: "sql",
    day: calendar.day(breakDay),
    odds_left: funnelOdds.broken,
    note: "by the day of the first MQL, decided leads only; before = from day 31 to 30 days before the break",
    before: side(hole.before),
    after: side(hole.after),
  };
}

function unseenEffect({ moved, channels: of }: Tally) {
  const side = ({ people, leads }: { people: number; leads: number }) => ({
    people,
    leads,
    rate: ratio(leads, people),
  });
  const exposed = side(moved.exposed);
  const unexposed = side(moved.unexposed);
  return {
    channel: impressions.channel,
    note: "people whose last visit before leaving or becoming a lead came through direct or organic_search",
    true_lift: impressions.lift,
    exposed,
    unexposed,
    lift: ratio(exposed.rate ?? 0, unexposed.rate ?? 0),
    recorded_leads: of.display.leads,
    incremental_leads: of.display.incremental.leads,
    spend_eur: units(of.display.mediaCost),
  };
}

const effect = ({ leads, customers, revenue }: Effect) => ({ leads, customers, revenue_eur: units(revenue) });

const incremental = (tally: Tally) =>
  ofChannels(tally, ({ incremental: only, unclicked, ...all }) => ({
    ...effect(only),
    unclicked: effect(unclicked),
    recorded: {
      leads: all.leads,
      customers: all.customers,
      revenue_eur: units(all.revenue),
      spend_eur: units(all.mediaCost),
    },
  }));

/** Of campaigns with a name, what came by themselves; whom impressions moved came by no campaign. */
const incrementalByCampaign = ({ campaigns }: Tally) =>
  Object.fromEntries(
    [...campaigns].flatMap(([{ name, channel }, only]) =>
      name === undefined ? [] : [[name, { channel, ...effect(only) }]],
    ),
  );

function rates(tally: Tally) {
  const { months, counts } = tally;
  return {
    paid_cost_per_lead_eur: ratio(sum(months.media) / 100, sum(months.paidLeads)),
    mql: ratio(counts.mqls, sum(months.leads)),
    sql_of_mql: ratio(counts.sqls, counts.mqls),
    closed_win_ratio: ratio(counts.wonDeals, counts.wonDeals + counts.lostDeals),
    closed_win_ratio_new: ratio(counts.newDealsWon, counts.newDealsWon + counts.newDealsLost),
    loaded_acquisition_cost_eur: ratio(sum(months.cost) / 100, sum(months.newCustomers)),
    monthly_logo_retention: ratio(sum(atStart(tally)) - sum(months.churned), sum(atStart(tally))),
  };
}

function byMonth({ calendar }: World, { months }: Tally) {
  const whole = (series: Series, month: number) => series[month] as number;
  return Array.from({ length: calendar.months }, (_, month) => ({
    month: calendar.day(calendar.monthStart(month)),
    leads: whole(months.leads, month),
    mqls: whole(months.mqls, month),
    sqls: whole(months.sqls, month),
    new_customers: whole(months.newCustomers, month),
    churns: whole(months.churned, month),
    reactivations: whole(months.back, month),
    media_eur: units(whole(months.media, month)),
    cost_eur: units(whole(months.cost, month)),
    net_revenue_eur: units(whole(months.revenue, month)),
  }));
}

function totals(tally: Tally) {
  const { counts, spent, billed, tax, euros, months } = tally;
  return {
    ...counts,
    leads_by_channel: ofChannels(tally, (channel) => channel.leads),
    paid_leads: sum(months.paidLeads),
    spend: byCurrency(spent),
    spend_eur: units(euros.spent),
    media_eur: units(sum(months.media)),
    revenue: byCurrency(billed),
    revenue_eur: units(euros.billed),
    tax: byCurrency(tax),
    tax_eur: units(euros.tax),
    net_revenue_eur: units(sum(months.revenue)),
  };
}

/** What the product should find out, with the numbers that only the simulation knows. */
export function truth(world: World, tally: Tally, rows: Readonly<Record<string, number>>) {
  const { calendar, options } = world;
  return {
    company: companyLabel,
    seed: options.seed,
    from: calendar.day(0),
    to: calendar.day(calendar.days),
    note: "`to` is exclusive; money in EUR at each day's rate; revenue amounts include tax, net revenue does not; product costs are not in cost_eur, and prepaid costs are spread over their months",
    rows,
    totals: totals(tally),
    rates: rates(tally),
    stories: {
      cheap_leads_that_leave: { ...cheapChannel(tally), churn_by_channel: ofChannels(tally, churn) },
      opens_many_closes_few: repStory(world, tally, opener),
      opens_few_closes_many: repStory(world, tally, closer),
      broken_stage: brokenStage(world, tally),
      impressions_without_clicks: unseenEffect(tally),
      incremental: incremental(tally),
      incremental_by_campaign: incrementalByCampaign(tally),
    },
    by_month: byMonth(world, tally),
  };
}
