import { ads, campaigns, campaignsOf, type Campaign } from "./campaigns.ts";
import { channelNamed, channels } from "./channels.ts";
import { columns } from "./columns.ts";
import { csvLine, money, type Cell } from "./csv.ts";
import type { Files } from "./files.ts";
import { regionShares, type Currency, type Region } from "./places.ts";
import { logNormal, purpose, type Choice, type Random } from "./random.ts";
import { add, type Series, type Tally } from "./tally.ts";
import type { World } from "./world.ts";

/** One bill, in euro cents; `currency` is what it was paid in. */
export interface Bill {
  readonly day: number;
  readonly category: string;
  readonly account: string;
  readonly euros: number;
  readonly currency?: Currency;
  readonly more?: Readonly<Partial<Record<(typeof columns.spend)[number], Cell>>>;
}

const zones: Readonly<Record<string, string>> = { "google-ads-mx": "America/Mexico_City" };
const madrid = "Europe/Madrid";
const inflation = 0.12;
const idleAccount = "google-ads-es";
const allChannels = channels.reduce((sum, channel) => sum + channel.weight, 0);

/** What a click costs in euro cents and how many impressions one takes, by channel. */
const clicks: Readonly<Record<string, { cost: number; impressions: number }>> = {
  paid_search: { cost: 185, impressions: 24 },
  paid_social: { cost: 62, impressions: 95 },
  display: { cost: 48, impressions: 420 },
};

/** Platforms count more than there is: every lead again, and whoever only saw the ad. */
const claims = { leads: 1.3, seen: 0.9, conversions: 1.45, value: 14_000 };

/** Writes a bill, and returns what it was in euro cents. */
export function pay({ calendar, rates }: World, files: Files, tally: Tally, bill: Bill): number {
  const currency = bill.currency ?? "EUR";
  const amount = Math.round(bill.euros / rates.euros(1, currency, bill.day));
  if (amount <= 0) return 0;
  const row = csvLine(columns.spend, {
    day: calendar.day(bill.day),
    category: bill.category,
    amount: money(amount),
    currency,
    account: bill.account,
    zone: zones[bill.account] ?? madrid,
    ...bill.more,
  });
  files.spend.add(row, 1);
  const paid = rates.euros(amount, currency, bill.day);
  tally.spent[currency] += amount;
  tally.euros.spent += paid;
  return paid;
}

function expectedShare(campaign: Campaign, region: Region, monthOfYear: number): number {
  const { values, shares } = campaignsOf(campaign.channel, region, monthOfYear);
  return regionShares[region] * (shares[values.indexOf(campaign)] ?? 0);
}

/** Leads that a campaign can expect on a day. */
function expectedLeads({ calendar, demand, options }: World, campaign: Campaign, day: number): number {
  const monthOfYear = calendar.monthOfYear(calendar.month(day));
  const share = expectedShare(campaign, "es", monthOfYear) + expectedShare(campaign, "latam", monthOfYear);
  return options.leads * demand.share(day) * (channelNamed(campaign.channel).weight / allChannels) * share;
}

function budget(world: World, campaign: Campaign, day: number): number {
  if (campaign.idleCost !== undefined) return world.options.leads * world.demand.share(day) * campaign.idleCost * 100;
  const dearer = 1 + inflation * (day / world.calendar.days);
  return expectedLeads(world, campaign, day) * (campaign.costPerLead ?? 0) * dearer * 100;
}

function platformReport(random: Random, campaign: Campaign, euros: number, leads: number, seen: number) {
  const { cost, impressions } = clicks[campaign.channel] as { cost: number; impressions: number };
  const clicked = Math.round(euros / (cost * logNormal(random, 1, 0.15)));
  const claimed = Math.floor(leads * claims.leads + seen * claims.seen + random.next());
  const conversions = Math.floor(claimed * claims.conversions + random.next());
  return {
    impressions: Math.round(clicked * impressions * logNormal(random, 1, 0.2)),
    clicks: clicked,
    platform_leads: claimed,
    platform_conversions: conversions,
    platform_value: money(conversions * claims.value),
  };
}

function payAd(world: World, files: Files, tally: Tally, campaign: Campaign, ad: number, day: number): void {
  const { random } = world;
  const share = (ads.get(campaign) as Choice<number>).shares[ad] as number;
  const euros = budget(world, campaign, day) * share * logNormal(random, 1, 0.16);
  if (euros < 1) return;
  const leads = ((tally.adLeads.get(campaign) as readonly Series[])[ad] as Series)[day] as number;
  const seen = campaign.channel === "display" ? (tally.seenLeads[day] as number) * share * 0.5 : 0;
  const paid = pay(world, files, tally, {
    day,
    category: "media",
    account: campaign.account ?? idleAccount,
    euros,
    currency: campaign.account === "google-ads-mx" ? "MXN" : "EUR",
    more: {
      channel: campaign.channel,
      source: campaign.source,
      campaign: campaign.name,
      campaign_name: campaign.name,
      ad: campaign.ads?.[ad],
      product: campaign.product?.name,
      ...platformReport(random, campaign, euros, leads, seen),
    },
  });
  const { months, channels } = tally;
  for (const series of [months.media, months.marketing, months.cost]) add(series, world.calendar.month(day), paid);
  channels[campaign.channel].mediaCost += paid;
}

const advertised = campaigns.filter(
  (campaign) => campaign.costPerLead !== undefined || campaign.idleCost !== undefined,
);

/** Writes what the ad platforms charge and claim on a day. */
export function payMedia(world: World, files: Files, tally: Tally, day: number): void {
  world.random.restart(purpose.spend, day);
  for (const campaign of advertised)
    for (const ad of (campaign.ads ?? []).keys()) payAd(world, files, tally, campaign, ad, day);
}
