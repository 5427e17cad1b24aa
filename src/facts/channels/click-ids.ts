import type { Known } from "./channels.ts";

const google = { name: "google", category: "search" } as const;
const bing = { name: "bing", category: "search" } as const;
const social = (name: string) => ({ name, category: "social" }) as const;
const email = (name: string) => ({ name, category: "email" }) as const;

/** The parameters that platforms add to the addresses they send people to, the most telling first, and what adds them. */
export const clickIds: Readonly<Record<string, Known>> = {
  gclid: google,
  gbraid: google,
  wbraid: google,
  msclkid: bing,
  yclid: { name: "yandex", category: "search" },
  dclid: { name: "google-display", category: "display" },
  ob_click_id: { name: "outbrain", category: "display" },
  ttclid: social("tiktok"),
  li_fat_id: social("linkedin"),
  twclid: social("twitter"),
  rdt_cid: social("reddit"),
  scclid: social("snapchat"),
  sccid: social("snapchat"),
  irclickid: { name: "impact", category: "affiliates" },
  mc_cid: email("mailchimp"),
  mc_eid: email("mailchimp"),
  _hsenc: email("hubspot"),
  _hsmi: email("hubspot"),
  srsltid: { name: "google-shopping", category: "shopping" },
  fbclid: social("facebook"),
  epik: social("pinterest"),
};

/** Those of the search engines' ads. */
export const searchAdClicks = ["gclid", "gbraid", "wbraid", "msclkid", "yclid"] as const;
/** Those that social networks add to the links of ads alone. */
export const socialAdClicks = ["ttclid", "li_fat_id", "twclid", "rdt_cid", "scclid", "sccid"] as const;

/** Finds the names of click ids in an address; the same pattern runs as SQL. */
export const clickPattern = `(?i)[?&#\\n](${Object.keys(clickIds).join("|")})=[^&#\\n]`;

/** The click ids of an address, once each, in the order of `clickIds`. */
export function clicksIn(names: readonly string[]): readonly string[] {
  const found = new Set(names.map((name) => name.toLowerCase()));
  return Object.keys(clickIds).filter((name) => found.has(name));
}
