import { ads, campaignsOf, type Campaign } from "./campaigns.ts";
import { visitChannels } from "./channels.ts";
import { webSeconds } from "./demand.ts";
import type { Qualification } from "./funnel.ts";
import { displayChannel, type Lead } from "./lead.ts";
import { below, between, chance, draw, exponential, purpose, type Choice, type Random } from "./random.ts";
import { hexDigits, keyOf, noOrigin, origin } from "./touch-line.ts";
import type { World } from "./world.ts";

/** Lines of touches, how many they are, and the visitors that turned out to be the person. */
export interface Journey {
  readonly lines: string;
  readonly touches: number;
  readonly visitors: readonly string[];
  /** Impressions are among the touches. */
  readonly exposed: boolean;
}

export interface Device {
  readonly visitor: string;
  readonly kind: string;
}

const lookBackDays = 80;
const meanLookBackDays = 11;
const afterShare = 0.25;
const secondDevice = 0.2;
const clickedKinds: Readonly<Record<string, string>> = {
  paid_search: "click",
  paid_social: "click",
  display: "click",
  email: "email_click",
};

/** A browser of somebody. */
export function device(random: Random): Device {
  const kind = random.next();
  return { visitor: `v${hexDigits(random, 3)}`, kind: kind < 0.52 ? "desktop" : kind < 0.95 ? "mobile" : "tablet" };
}

/** A touch on the web by a visitor, without its key. */
export function webTouch(
  world: World,
  campaign: Campaign,
  time: number,
  kind: string,
  by: Device,
  country: string,
  form = "",
): string {
  const { random, calendar } = world;
  const shares = ads.get(campaign) as Choice<number>;
  const cells = origin(campaign, shares.values.length < 2 ? 0 : draw(random, shares));
  const click = kind === "click" && chance(random, 0.6) ? `Cj${hexDigits(random, 2)}` : "";
  const from = kind === "impression" ? cells.seen : cells.visit;
  return `,${calendar.instant(time)},${kind},,${by.visitor},${from},${form},${country},${by.kind},${click},\n`;
}

/** How somebody arrives from a campaign. */
export const arrival = (campaign: Campaign): string => clickedKinds[campaign.channel] ?? "visit";

/** A campaign of the channel in the month of a day. */
export function campaignAt(world: World, channel: Lead["channel"], region: Lead["region"], day: number): Campaign {
  const { calendar, random } = world;
  return draw(random, campaignsOf(channel.name, region, calendar.monthOfYear(calendar.month(day))));
}

/** How many touches a lead wishes for, when they are `mean` on average. */
export function wish(random: Random, mean: number): number {
  if (mean < 1.5) return Math.floor(mean + random.next());
  return Math.min(400, 1 + Math.floor(exponential(random, 1 / Math.log(mean / (mean - 1)))));
}

function earlierTime(world: World, lead: Lead, place: number, count: number, lag: number): number {
  const { random, calendar } = world;
  const day = Math.max(0, Math.floor(lead.day - lag * (1 - (place + random.next()) / count)));
  const time = calendar.at(day, webSeconds(random, lead.region));
  return time < lead.createdAt - 1800
    ? time
    : Math.max(calendar.at(0, 0), lead.createdAt - 1800 - (count - place) * 240);
}

function seenBefore(world: World, lead: Lead, time: number, by: Device): string {
  const campaign = campaignAt(world, displayChannel, lead.region, world.calendar.dayOf(time));
  return webTouch(world, campaign, time, "impression", by, lead.country);
}

function visitBefore(world: World, lead: Lead, time: number, by: Device): string {
  const { random, calendar } = world;
  const isOwn = chance(random, 0.5);
  const channel = isOwn ? lead.channel : draw(random, visitChannels);
  const campaign = isOwn ? lead.campaign : campaignAt(world, channel, lead.region, calendar.dayOf(time));
  return webTouch(world, campaign, time, chance(random, 0.25) ? "page" : arrival(campaign), by, lead.country);
}

const byPerson = (world: World, time: number, kind: string, lead: Lead, cells: string): string =>
  `,${world.calendar.instant(time)},${kind},${keyOf("P", lead.person)},,${cells},,${lead.country},,,\n`;

function firstStep(world: World, lead: Lead, by: Device): string {
  const time = lead.createdAt - Math.floor(between(world.random, 60, 900));
  if (lead.channel.name === "events")
    return byPerson(world, time - 7200, "event", lead, origin(lead.campaign, 0).visit);
  return ownTouch(world, lead, time, arrival(lead.campaign), by, "");
}

function ownTouch(world: World, lead: Lead, time: number, kind: string, by: Device, form: string): string {
  const cells = origin(
    lead.campaign,
    lead.ad === undefined ? 0 : (lead.campaign.ads as readonly string[]).indexOf(lead.ad),
  ).visit;
  const click = kind === "click" ? `Cj${hexDigits(world.random, 2)}` : "";
  return `,${world.calendar.instant(time)},${kind},,${by.visitor},${cells},${form},${lead.country},${by.kind},${click},\n`;
}

function before(world: World, lead: Lead, count: number, devices: readonly Device[]): string[] {
  const { random } = world;
  const lag = Math.min(lookBackDays, 0.5 + exponential(random, meanLookBackDays));
  const [main] = devices as [Device];
  const impressions = lead.exposed ? Math.min(count - 1, 1 + below(random, 3)) : 0;
  const visits = Math.max(0, count - impressions - 2);
  const early = impressions + visits;
  const lines = Array.from({ length: early }, (_, place) => {
    const time = earlierTime(world, lead, place, early, lag);
    return place < impressions
      ? seenBefore(world, lead, time, main)
      : visitBefore(world, lead, time, devices[below(random, devices.length)] as Device);
  });
  if (count - impressions > 1) lines.push(firstStep(world, lead, main));
  lines.push(ownTouch(world, lead, lead.createdAt, "form", main, lead.form));
  return lines;
}

function laterTouch(world: World, lead: Lead, by: Device, contactedAt: number | undefined): string | undefined {
  const { random, calendar } = world;
  const day = lead.day + 1 + Math.floor(exponential(random, 18));
  if (day >= calendar.days) return undefined;
  const time = calendar.at(day, webSeconds(random, lead.region));
  const kind = random.next();
  if (contactedAt !== undefined && time > contactedAt && kind < 0.3)
    return byPerson(world, time, kind < 0.12 ? "meeting" : "call", lead, noOrigin);
  const mail = campaignsOf("email", lead.region, 0);
  if (kind < 0.6) return byPerson(world, time, "email_open", lead, origin(draw(random, mail), 0).seen);
  if (kind < 0.68) return byPerson(world, time, "email_click", lead, origin(draw(random, mail), 0).visit);
  return webTouch(
    world,
    campaignsOf("direct", lead.region, 0).values[0] as Campaign,
    time,
    kind < 0.9 ? "visit" : "page",
    by,
    lead.country,
  );
}

function after(world: World, lead: Lead, count: number, by: Device, contactedAt: number | undefined): string[] {
  const call =
    contactedAt !== undefined && contactedAt < world.calendar.cutoff
      ? [byPerson(world, contactedAt, "call", lead, noOrigin)]
      : [];
  const rest = Array.from({ length: Math.max(0, count - call.length) }, () => laterTouch(world, lead, by, contactedAt));
  return [...call, ...rest.filter((line) => line !== undefined)].slice(0, count);
}

/** Touches with their keys: that of whose they are, and their place. */
export function numbered(key: string, lines: readonly string[]): string {
  let text = "";
  for (let place = 0; place < lines.length; place++) text += `${key}-${place + 1}${lines[place] as string}`;
  return text;
}

/** What a lead did before and after it became one, in at most `most` touches. */
export function journey(world: World, lead: Lead, qualification: Qualification, mean: number, most: number): Journey {
  const { random } = world;
  random.restart(purpose.journey, lead.index);
  const isMql = qualification.mqlAt !== undefined;
  const wished = Math.min(most, wish(random, mean * (isMql ? 1.5 : 0.85)));
  const count = lead.exposed && wished === 1 ? Math.min(2, most) : wished;
  const later = count < 4 ? 0 : Math.floor(count * afterShare + random.next());
  const earlier = lead.offline ? 0 : count - later;
  const devices = earlier > 2 && chance(random, secondDevice) ? [device(random), device(random)] : [device(random)];
  const [main] = devices as [Device];
  const lines = [
    ...(earlier === 0 ? [] : before(world, lead, earlier, devices)),
    ...after(world, lead, later, main, qualification.contactedAt),
  ];
  return {
    lines: numbered(keyOf("T", lead.index), lines),
    touches: lines.length,
    visitors: earlier === 0 ? [] : devices.map((one) => one.visitor),
    exposed: lead.exposed && earlier > 1,
  };
}
