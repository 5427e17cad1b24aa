import { clickIds } from "../../facts/channels/click-ids.ts";
import type { Arrival, ToldArrival } from "../event.ts";

const longest = 500;
const email = /[^/\s=&;]+(?:@|%40)[^/\s=&;]+/gi;

/** Text as it may be kept: not too long, and without e-mail addresses. */
export const cleaned = (text: string): string => text.replaceAll(email, "(email)").slice(0, longest);

const parsed = (address: string | undefined): URL | undefined =>
  address !== undefined && URL.canParse(address) ? new URL(address) : undefined;

/** An address without what may name a person: no parameters, no fragment, no name and password. */
export function plainAddress(address: string | undefined): string | undefined {
  const url = parsed(address);
  if (url === undefined) return undefined;
  return cleaned(url.protocol.startsWith("http") ? `${url.origin}${url.pathname}` : url.protocol);
}

const known = (all: Readonly<Record<string, string | null | undefined>>): Partial<Arrival> =>
  Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => {
      const text = value?.trim() ?? "";
      return text === "" ? [] : [[name, cleaned(text)]];
    }),
  );

/** The parameters of an address by their names in small letters; of one that is there twice the first. */
function parametersOf(address: string | undefined): ReadonlyMap<string, string> {
  const all = [...(parsed(address)?.searchParams ?? [])];
  return new Map(all.reverse().map(([name, value]) => [name.toLowerCase(), value]));
}

/** What the parameters of an address say of where its visitor came from. */
export function campaignIn(address: string | undefined): Partial<Arrival> {
  const parameters = parametersOf(address);
  const click = Object.keys(clickIds).find((name) => (parameters.get(name) ?? "") !== "");
  return known({
    source: parameters.get("utm_source"),
    medium: parameters.get("utm_medium"),
    campaign: parameters.get("utm_campaign") ?? parameters.get("utm_id"),
    term: parameters.get("utm_term"),
    content: parameters.get("utm_content"),
    click_id: click === undefined ? undefined : `${click}:${parameters.get(click)}`,
  });
}

/** Where the visitor of a page came from; a page of the site itself sends nobody. */
export function arrivalOf(
  event: { url?: string | undefined; referrer?: string | undefined; campaign?: ToldArrival | undefined },
  origins: readonly string[],
): Partial<Arrival> {
  const from = parsed(event.referrer);
  const own = from === undefined || [...origins, parsed(event.url)?.origin].includes(from.origin);
  return {
    ...campaignIn(event.url),
    ...known(event.campaign ?? {}),
    ...known({ referrer: own ? undefined : plainAddress(event.referrer), landing_page: plainAddress(event.url) }),
  };
}
