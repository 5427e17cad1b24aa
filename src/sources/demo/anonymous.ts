import {
  exposedAmongMoved,
  impressions,
  leadChannels,
  movedByImpressions,
  visitChannels,
  type Channel,
} from "./channels.ts";
import { webSeconds } from "./demand.ts";
import { arrival, campaignAt, device, numbered, webTouch, wish } from "./journey.ts";
import { displayChannel } from "./lead.ts";
import { countries, regionOf } from "./places.ts";
import { below, chance, draw, purpose, type Random } from "./random.ts";
import { keyOf } from "./touch-line.ts";
import type { World } from "./world.ts";

/** Touches of a person who never becomes a lead. */
export interface Passer {
  readonly lines: string;
  readonly touches: number;
  readonly channel: Channel;
  readonly exposed: boolean;
}

const meanTouches = 2;
const mostTouches = 25;
const spreadDays = 5;

const shareOfMoved = (shares: typeof leadChannels): number =>
  shares.values.reduce(
    (sum, channel, index) => sum + (movedByImpressions.has(channel.name) ? (shares.shares[index] as number) : 0),
    0,
  );

/**
 * The share of passers-by who saw impressions, so that of *all* people whom impressions move, leads included,
 * `impressions.reach` saw them: among leads they are more, so among passers-by they must be fewer.
 */
export function exposedAmongPassers(touchesPerLead: number): number {
  const passersPerLead = touchesPerLead / meanTouches;
  if (passersPerLead === 0) return 0;
  const leadsPerPasser = shareOfMoved(leadChannels) / (passersPerLead * shareOfMoved(visitChannels));
  return Math.max(0.02, impressions.reach - (exposedAmongMoved - impressions.reach) * leadsPerPasser);
}

function length(random: Random, exposed: boolean, most: number): number {
  return Math.min(most, mostTouches, Math.max(exposed ? 2 : 1, wish(random, meanTouches)));
}

/** Somebody who passes by around a day, in at most `most` touches. */
export function passer(world: World, index: number, around: number, moved: number, most: number): Passer {
  const { random, calendar } = world;
  random.restart(purpose.anonymous, index);
  const channel = draw(random, visitChannels);
  const country = draw(random, countries);
  const region = regionOf(country);
  const wished = chance(random, movedByImpressions.has(channel.name) ? moved : impressions.reach);
  const count = length(random, wished, most);
  const seen = wished ? Math.min(count - 1, 1 + below(random, 3)) : 0;
  const by = device(random);
  const first = Math.min(calendar.days - 1, Math.max(0, around - below(random, spreadDays)));
  const step = Math.min(spreadDays, calendar.days - first) / count;
  const lines = Array.from({ length: count }, (_, place) => {
    const day = first + Math.floor(place * step);
    const time = calendar.at(day, webSeconds(random, region));
    if (place < seen)
      return webTouch(world, campaignAt(world, displayChannel, region, day), time, "impression", by, country);
    const campaign = campaignAt(world, channel, region, day);
    return webTouch(
      world,
      campaign,
      time,
      place > seen && chance(random, 0.4) ? "page" : arrival(campaign),
      by,
      country,
    );
  });
  return { lines: numbered(keyOf("N", index), lines), touches: count, channel, exposed: seen > 0 };
}
