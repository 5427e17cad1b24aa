import { Problem } from "../../engine/problem.ts";
import type { Call } from "../wire/call.ts";
import type { Flag } from "../event.ts";
import type { Sender } from "../record.ts";
import { isSame } from "../../engine/same.ts";
import { isOurs, isSegments } from "./signature.ts";
import type { Site, Sites } from "../site.ts";

/** A site with the sender of a request to it. */
export interface Addressed {
  readonly name: string;
  readonly site: Site;
  readonly sender: Sender;
}

interface Doors {
  readonly sites: Sites;
  readonly secretOf: (name: string, site: Site) => string;
  readonly isBot: (agent: string) => boolean;
  readonly now: () => Date;
}

/** The visitor's address: what the outermost of the proxies saw, or who is connected. */
function addressOf({ header, peer }: Call, proxies: number): string {
  const seen = (header("x-forwarded-for") ?? "").split(",").map((each) => each.trim());
  return (proxies === 0 ? undefined : seen.at(-proxies)) || peer;
}

function flagOf({ header }: Call, agent: string, isBot: Doors["isBot"]): Flag | undefined {
  if (isBot(agent)) return "bot";
  const purpose = [header("sec-purpose"), header("purpose"), header("x-moz")].join(" ");
  return /prefetch|prerender/i.test(purpose) ? "prefetch" : undefined;
}

/** Refuses what is for no site that there is. */
export function siteOf(sites: Sites, name: string | undefined): [string, Site] {
  const all = Object.keys(sites);
  if (all.length === 0)
    throw new Problem(
      "not-found",
      "this workspace collects nothing: embudo.yaml names no sites",
      "add one under `sites:`, as docs/sources/web.md shows",
    );
  const wanted = name ?? (all.length === 1 ? all[0] : undefined);
  const site = wanted === undefined ? undefined : sites[wanted];
  if (wanted !== undefined && site !== undefined && Object.hasOwn(sites, wanted)) return [wanted, site];
  throw new Problem(
    "not-found",
    wanted === undefined ? "the request does not say which site it is of" : `there is no site ${wanted.slice(0, 60)}`,
    `name one of ${all.join(", ")}`,
  );
}

/** A page's visitor; only pages of the site's own origins may send. */
export function visitorOf(call: Call, name: string, site: Site, { isBot }: Doors, anyOrigin = false): Addressed {
  const origin = call.header("origin");
  if (!anyOrigin && (origin === undefined || !site.origins.includes(origin)))
    throw new Problem(
      "wrong-origin",
      origin === undefined
        ? `the request to ${name} comes from no page and carries no signature`
        : `${origin.slice(0, 200)} is no origin of ${name}`,
      "add it to `origins` of the site in embudo.yaml, or sign the request",
      { site: name },
    );
  const agent = call.header("user-agent") ?? "";
  const sender = {
    address: addressOf(call, site.proxies),
    agent,
    flag: flagOf(call, agent, isBot),
    consented: site.consent !== "never" && call.header("sec-gpc") !== "1",
    trusted: false,
  };
  return { name, site, sender };
}

const unauthorised = (): Problem =>
  new Problem(
    "unauthorised",
    "the signature or the write key is not that of the site",
    "sign with the site's secret, as docs/sources/web.md shows; a signature holds for five minutes",
  );

/** The write key that Segment's libraries send: the user of Basic authorisation, without a password. */
function writeKeyOf({ header }: Call): string | undefined {
  const encoded = /^Basic (.+)$/i.exec(header("authorization") ?? "")?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString("utf8").split(":")[0];
}

/** Whether a request proves that it is of a program that knows the secret, or nothing where it does not try to. */
function proven(call: Call, key: string | undefined, secret: string, now: Date): boolean {
  const [ours, segments] = [call.header("x-embudo-signature"), call.header("x-signature")];
  if (ours !== undefined) return isOurs(ours, call.body, secret, now);
  if (segments !== undefined) return isSegments(segments, call.body, secret);
  return key !== undefined && isSame(key, secret);
}

const program = (call: Call, name: string, site: Site): Addressed => ({
  name,
  site,
  sender: { address: "", agent: call.header("user-agent") ?? "", consented: true, trusted: true },
});

/**
 * Who sends Segment's calls: a program that signs them or has the secret as its write key, or a page of the site, whose write
 * key is the site's name. What carries a wrong proof is refused, wherever it comes from.
 */
export function senderOf(call: Call, stated: string | undefined, doors: Doors): Addressed {
  const { sites, secretOf, now } = doors;
  const key = writeKeyOf(call) ?? stated;
  const isSigned = ["x-embudo-signature", "x-signature"].some((name) => call.header(name) !== undefined);
  const ofPages = key !== undefined && Object.hasOwn(sites, key) ? key : undefined;
  const named = call.query.get("site") ?? ofPages;
  if (!isSigned && (key === undefined || key === ofPages)) {
    const [name, site] = siteOf(sites, named);
    return visitorOf(call, name, site, doors);
  }
  const candidates = named === undefined ? Object.entries(sites) : [siteOf(sites, named)];
  const found = candidates.find(([name, site]) => proven(call, key, secretOf(name, site), now()));
  if (found === undefined) throw unauthorised();
  return program(call, ...found);
}
