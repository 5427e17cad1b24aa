import { authorityPattern, tagPattern } from "./clean.ts";
import { clickPattern } from "./click-ids.ts";
import type { Grouping } from "./grouping.ts";
import { campaignMeaning, clickMeaning, hostMeaning, mediumMeaning, sourceMeaning } from "./meanings.ts";
import { holds, type ChannelRule, type Signals } from "./rule.ts";

/** What a row states about where somebody came from. `kind` is that of a touch, or `lead`. */
export interface Arrival {
  readonly kind: string;
  readonly source?: string | null;
  readonly medium?: string | null;
  readonly campaign?: string | null;
  readonly click_id?: string | null;
  readonly referrer?: string | null;
  readonly url?: string | null;
  readonly landing_page?: string | null;
}

const inPlain = (pattern: string, flags: string): RegExp => new RegExp(pattern.replace("(?i)", ""), `${flags}iu`);

/** A text without the spaces around it; null where nothing is left. */
function stated(text: string | null | undefined): string | null {
  const trimmed = (text ?? "").replace(/^ +| +$/g, "");
  return trimmed === "" ? null : trimmed;
}

const tag = (address: string, parameter: string): string | null =>
  stated(inPlain(tagPattern(parameter), "").exec(address)?.[1]);

const authority = (address: string): string => new RegExp(authorityPattern).exec(address)?.[0] ?? "";

/** What the rules know of an arrival: the meaning that the SQL of a load must share. */
export function signalsOf(arrival: Arrival, grouping: Grouping): Signals {
  const { kind, click_id, url, landing_page } = arrival;
  const address = `?${(click_id ?? "").replaceAll(":", "=")}\n${url ?? ""}\n${landing_page ?? ""}`;
  const source = sourceMeaning(stated(arrival.source) ?? tag(address, "utm_source") ?? "", grouping);
  const medium = mediumMeaning(stated(arrival.medium) ?? tag(address, "utm_medium") ?? "");
  const campaign = campaignMeaning(stated(arrival.campaign) ?? tag(address, "utm_campaign") ?? "");
  const found = [...address.matchAll(inPlain(clickPattern, "g"))].map((each) => each[1] ?? "");
  const click = clickMeaning(found.join(","));
  const page = hostMeaning(authority(stated(url) ?? stated(landing_page) ?? ""), grouping);
  const referring = hostMeaning(authority(stated(arrival.referrer) ?? ""), grouping);
  const isOwn = (site: string | null) => site !== null && site === page.site;
  const returns = isOwn(referring.site) || referring.category === "own" || referring.category === "returning";
  const referrer = returns || source.text !== null ? null : referring.host;
  const fromReferrer = referrer === null ? null : referring.category;
  const untagged = source.text === null && medium.text === null;
  return {
    source: source.text ?? referrer ?? click.name,
    name: source.text === null ? ((referrer === null ? null : referring.name) ?? click.name) : source.name,
    medium: medium.text ?? (referrer === null ? null : fromReferrer === "search" ? "organic" : "referral"),
    campaign,
    referrer: returns ? null : referring.host,
    clicks: click.clicks,
    from: source.text === null ? (fromReferrer ?? click.category) : isOwn(source.site) ? "own" : source.category,
    kind,
    paid: medium.paid || source.paid,
    untagged,
    arrival: kind === "visit" && [arrival.url, landing_page, arrival.referrer].some((each) => stated(each) !== null),
    stated: !untagged || click.clicks.length > 0,
  };
}

/** The first rule that holds of an arrival; none where nothing is known of it. */
export const ruleOf = (arrival: Arrival, grouping: Grouping): ChannelRule | undefined => {
  const signals = signalsOf(arrival, grouping);
  return grouping.rules.find(({ conditions }) => conditions.some((condition) => holds(condition, signals)));
};
