import { ads, campaignsOf, type Campaign } from "./campaigns.ts";
import {
  channelNamed,
  exposedAmongMoved,
  impressions,
  leadChannels,
  movedByImpressions,
  type Channel,
  type ChannelName,
  type FormName,
  type SegmentName,
} from "./channels.ts";
import { webSeconds } from "./demand.ts";
import { countries, regionOf, type CountryCode, type Region } from "./places.ts";
import { anyProduct, type Product } from "./products.ts";
import { below, chance, draw, exponential, oneOf, purpose, type Random } from "./random.ts";
import type { Rep } from "./team.ts";
import type { World } from "./world.ts";

/** Somebody who showed interest, and what the simulation knows about why. */
export interface Lead {
  readonly index: number;
  /** The index of the lead who is this person: another one's when this lead was merged into it. */
  readonly person: number;
  readonly day: number;
  readonly createdAt: number;
  readonly channel: Channel;
  readonly campaign: Campaign;
  readonly ad: string | undefined;
  readonly form: FormName;
  readonly country: CountryCode;
  readonly region: Region;
  readonly segment: SegmentName;
  readonly product: Product;
  readonly createdBy: Rep;
  readonly rep: Rep;
  readonly sourcer: Rep | undefined;
  readonly disqualifiedAs: string | undefined;
  readonly offline: boolean;
  /** Saw display impressions before. */
  readonly exposed: boolean;
  /** The channel without which this lead would not exist. */
  readonly cause: ChannelName | undefined;
  readonly selfReported: string | undefined;
}

const mergedShare = 0.009;
const mergeReach = 60;
const disqualified = [
  ["student", 0.014],
  ["test", 0.007],
  ["vendor", 0.006],
  ["partner", 0.005],
  ["competitor", 0.003],
  ["duplicate", 0.004],
  ["other", 0.002],
] as const;
const sourcedShare = 0.22;
const movedOwnerShare = 0.06;
const selfReportShare = 0.24;

const answers: Readonly<Record<ChannelName, readonly string[]>> = {
  paid_search: ["Google", "Google", "Buscando en internet"],
  paid_social: ["Instagram", "Facebook", "Redes sociales"],
  display: ["Vi un anuncio", "Publicidad en internet"],
  organic_search: ["Google", "Buscando en internet", "Un artículo del blog"],
  organic_social: ["LinkedIn", "Redes sociales"],
  email: ["El boletín", "Un correo"],
  referral: ["Un comparador", "Mi gestoría"],
  direct: ["Un amigo", "Ya os conocía", "Un compañero del sector"],
  events: ["Una feria", "Un desayuno de empresas"],
  partner: ["Mi asesoría", "Un distribuidor"],
};

function wantsMerge(random: Random, index: number): boolean {
  random.restart(purpose.merge, index);
  return index > 0 && chance(random, mergedShare);
}

function survivor(random: Random, index: number): number {
  if (!wantsMerge(random, index)) return index;
  const other = index - 1 - below(random, Math.min(index, mergeReach));
  return wantsMerge(random, other) ? index : other;
}

function disqualification(random: Random): string | undefined {
  let left = random.next();
  return disqualified.find(([, share]) => (left -= share) < 0)?.[0];
}

function causeOf(random: Random, channel: Channel, exposed: boolean): ChannelName | undefined {
  const moved = movedByImpressions.has(channel.name);
  if (moved && exposed && chance(random, 1 - 1 / impressions.lift)) return impressions.channel;
  return chance(random, channel.incremental) ? channel.name : undefined;
}

function selfReport(random: Random, channel: Channel, cause: ChannelName | undefined): string | undefined {
  if (!chance(random, selfReportShare)) return undefined;
  return oneOf(random, answers[cause !== undefined && chance(random, 0.7) ? cause : channel.name]);
}

function origin(random: Random, world: World, day: number, region: Region) {
  const channel = draw(random, leadChannels);
  const monthOfYear = world.calendar.monthOfYear(world.calendar.month(day));
  const campaign = draw(random, campaignsOf(channel.name, region, monthOfYear));
  const ad = campaign.ads?.[draw(random, ads.get(campaign) as NonNullable<ReturnType<typeof ads.get>>)];
  const form = campaign.form ?? draw(random, channel.forms);
  const product = campaign.product !== undefined && chance(random, 0.8) ? campaign.product : draw(random, anyProduct);
  return { channel, campaign, ad, form, product, segment: draw(random, channel.segments) };
}

function owners(random: Random, { team, calendar }: World, day: number, region: Region) {
  const createdBy = team.assign(random, region, day);
  const moved = chance(random, movedOwnerShare) ? team.assign(random, region, day) : createdBy;
  const sourcer = chance(random, sourcedShare) ? team.sourcer(region) : undefined;
  return { createdBy, rep: team.heir(random, moved, calendar.days), sourcer };
}

/** The lead of a place in the queue; the same for the same seed, whatever came before. */
export function lead(world: World, index: number): Lead {
  const { random, demand, calendar, options } = world;
  const person = survivor(random, index);
  random.restart(purpose.lead, index);
  const day = demand.dayAt((index + random.next()) / options.leads);
  const country = draw(random, countries);
  const region = regionOf(country);
  const createdAt = calendar.at(day, webSeconds(random, region));
  const came = origin(random, world, day, region);
  const disqualifiedAs = person === index ? disqualification(random) : "duplicate";
  const exposed = chance(random, movedByImpressions.has(came.channel.name) ? exposedAmongMoved : impressions.reach);
  const cause = disqualifiedAs === undefined ? causeOf(random, came.channel, exposed) : undefined;
  return {
    ...came,
    ...owners(random, world, day, region),
    index,
    person,
    day,
    createdAt,
    country,
    region,
    disqualifiedAs,
    offline: chance(random, came.channel.offline),
    exposed,
    cause,
    selfReported: selfReport(random, came.channel, cause),
  };
}

/** The delay of a lead's own doing, in seconds. */
export const wait = (random: Random, meanDays: number): number => Math.floor(exponential(random, meanDays * 86_400));

/** Channel of the display story, for people who saw impressions. */
export const displayChannel = channelNamed(impressions.channel);
