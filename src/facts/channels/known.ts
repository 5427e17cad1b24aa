import { parse } from "tldts";
import type { Category, Known } from "./channels.ts";
import { hostList, knownWords, spamHosts } from "./lists.ts";

const isHost = (word: string): boolean => word.includes(".");

const words = knownWords();
const hosts = words.filter(([word]) => isHost(word));
const social = hostList("social").map(([host, name]): [string, Known] => [host, { category: "social", name }]);
const ai = hostList("ai").map(([host, name]): [string, Known] => [host, { category: "ai", name }]);
const spam = spamHosts().map((host): [string, Known] => [host, { category: "spam", name: host }]);

/** Hosts that stand for those below them too; what Embudo says itself goes before the lists. */
const domains = new Map([...spam, ...social, ...ai, ...hosts.filter(([, { category }]) => category !== "search")]);
/** Search engines are known by their very host: what else their companies run is no search. */
const searchEngines = new Map([
  ...hostList("search"),
  ...hosts.flatMap(([host, { category, name }]): [string, string][] => (category === "search" ? [[host, name]] : [])),
]);
const names = new Map([
  ...social.map(([, known]): [string, Known] => [known.name, known]),
  ...words.filter(([word]) => !isHost(word)),
]);

/** A host and the same with `{}` for the ending of its domain: `amazon.es` and `amazon.{}`. */
function forms(host: string, suffix: string | null): string[] {
  return suffix !== null && host.endsWith(`.${suffix}`) ? [host, `${host.slice(0, -suffix.length)}{}`] : [host];
}

/** The same with `{}` for a label of two letters, a country: `es.bing.com` and `{}.bing.com`. */
const byCountry = (host: string): string[] =>
  host.split(".").flatMap((label, i, labels) => (label.length === 2 ? [labels.with(i, "{}").join(".")] : []));

/** A host and all domains above it, down to two labels. */
export const domainsAbove = (host: string): string[] => {
  const labels = host.split(".");
  return labels.slice(0, -1).map((_, i) => labels.slice(i).join("."));
};

const isWebmail = (host: string): boolean => /^(webmail|correo|roundcube|zimbra)\..+\./.test(host);

/** What is known of a host, and the domain that its owner registered. */
export interface KnownHost {
  readonly site: string;
  readonly category: Category | null;
  readonly name: string | null;
}

/** Looks a host up: a company's own hosts first, then those of Embudo, then the lists. */
export function knownHost(host: string, own: ReadonlyMap<string, Category>): KnownHost {
  const { domain, publicSuffix } = parse(host, { extractHostname: false });
  const site = domain ?? host;
  for (const above of domainsAbove(host)) {
    const category = own.get(above);
    if (category !== undefined) return { site, category, name: above };
  }
  for (const each of [...forms(host, publicSuffix), ...byCountry(host)]) {
    const engine = searchEngines.get(each);
    if (engine !== undefined && !domains.has(host)) return { site, category: "search", name: engine };
  }
  const known = domainsAbove(host)
    .flatMap((above) => forms(above, publicSuffix))
    .flatMap((each) => domains.get(each) ?? [])[0];
  if (known !== undefined)
    return { site, category: known.category === "site" ? null : known.category, name: known.name };
  return isWebmail(host) ? { site, category: "email", name: host } : { site, category: null, name: null };
}

/** A name that says by itself that it is ads: `facebook-ads`, `googleads`, `adwords`. */
const withoutAds = (name: string): string => name.replace(/-?(ads?|advertising|adwords|cpc|ppc|paid)$/, "");

/** What is known of a source by its name, and whether that name says that it is paid. */
export function knownName(name: string): (Known & { readonly paid: boolean }) | undefined {
  const known = names.get(name);
  if (known !== undefined) return { ...known, paid: /adwords/.test(name) };
  const shorter = withoutAds(name);
  const advertised = shorter === name ? undefined : names.get(shorter);
  return advertised && { ...advertised, paid: true };
}
