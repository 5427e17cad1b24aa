import { campaigns, type Campaign } from "./campaigns.ts";
import { quote } from "./csv.ts";
import type { Random } from "./random.ts";

const site = "https://nubia.example";

/** The cells of a touch from `channel` to `referrer`, each line of them ready with its commas. */
export interface Origin {
  /** Of a visit to the site. */
  readonly visit: string;
  /** Of an advertisement or e-mail that was only seen. */
  readonly seen: string;
}

function cells(campaign: Campaign, ad: string | undefined, isVisit: boolean): string {
  const content = ad === undefined ? "" : ad.startsWith("Vídeo") ? "video" : "imagen";
  const where = isVisit ? [campaign.landing, site + campaign.landing, campaign.referrer ?? ""] : ["", "", ""];
  const { channel, source, medium, name = "", term = "" } = campaign;
  return [channel, source, medium, name, ad ?? "", term, content, ...where].map(quote).join(",");
}

const originOf = (campaign: Campaign, ad: string | undefined): Origin => ({
  visit: cells(campaign, ad, true),
  seen: cells(campaign, ad, false),
});

const origins = new Map<Campaign, readonly Origin[]>(
  campaigns.map((campaign) => [campaign, (campaign.ads ?? [undefined]).map((ad) => originOf(campaign, ad))]),
);

/** The cells of a campaign's touch; `ad` is the place of the ad in the campaign. */
export const origin = (campaign: Campaign, ad: number): Origin =>
  (origins.get(campaign) as readonly Origin[])[ad] as Origin;

/** The cells of a call or a meeting, which no channel brought. */
export const noOrigin = ",".repeat(9);

const hex = Array.from({ length: 4096 }, (_, value) => value.toString(16).padStart(3, "0"));

/** Random hexadecimal digits: twice as many as `pairs` times three. */
export function hexDigits(random: Random, pairs: number): string {
  let text = "";
  for (let pair = 0; pair < pairs; pair++) {
    const bits = random.bits();
    text += (hex[bits & 4095] as string) + (hex[(bits >>> 12) & 4095] as string);
  }
  return text;
}

/** The number of a thing as its natural key. */
export const keyOf = (letter: string, index: number): string => letter + String(10_000_001 + index).slice(1);
