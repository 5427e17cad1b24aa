import { createHash, randomBytes } from "node:crypto";
import type { Arrival } from "./event.ts";

/** What is remembered of a visit while it lasts, in memory alone. */
export interface Visit {
  readonly name: string;
  readonly arrival: Partial<Arrival>;
  /** When each form was last sent in it. */
  readonly forms: Map<string, number>;
  last: number;
}

interface Remembered {
  visit: Visit;
  minute: number;
  inMinute: number;
  today: number;
}

/** Who sends: known by a first-party id, or else by nothing but where the request came from. */
export type Who = { readonly id: string } | { readonly address: string; readonly agent: string };

export interface Visits {
  /** The visit that an event belongs to, whether it begins it, and whether its visitor sends more than a person can. */
  readonly of: (site: string, who: Who, arrival: Partial<Arrival>, at: number) => Found;
}

export interface Found {
  readonly visit: Visit;
  readonly begins: boolean;
  readonly flood: boolean;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const pause = 30 * minute;
const most = 200_000;
/** More than this of one visitor is no person's doing, or many people behind one address. */
const mostInMinute = 120;
const mostInDay = 5000;

const paid = ({ source, medium, campaign, click_id }: Partial<Arrival>): string | undefined =>
  [source, medium, campaign, click_id].some((each) => each !== undefined)
    ? JSON.stringify([source, medium, campaign, click_id])
    : undefined;

/** Whether the visitor came anew: after a pause, or by another campaign. */
function comesAnew(visit: Visit, arrival: Partial<Arrival>, at: number): boolean {
  const by = paid(arrival);
  return at - visit.last > pause || (by !== undefined && by !== paid(visit.arrival));
}

const visitBy = (who: Who, arrival: Partial<Arrival>, at: number): Visit => ({
  name: "id" in who ? who.id : `visit:${randomBytes(16).toString("base64url")}`,
  arrival,
  forms: new Map(),
  last: at,
});

function forgetOldest(all: Map<string, Remembered>): void {
  const [oldest] = all.keys();
  if (all.size >= most && oldest !== undefined) all.delete(oldest);
}

/** Counts an event of a visitor, and says whether it is one too many. */
function isFlood(found: Remembered, at: number): boolean {
  const [now, before] = [Math.floor(at / minute), found.minute];
  found.inMinute = before === now ? found.inMinute + 1 : 1;
  found.today = Math.floor((before * minute) / day) === Math.floor(at / day) ? found.today + 1 : 1;
  found.minute = now;
  return found.inMinute > mostInMinute || found.today > mostInDay;
}

/**
 * Remembers who is visiting. Without a first-party id a visitor is a hash of address, agent and site with a salt that
 * exists in memory only and is replaced, with all that was remembered by it, before it is a day old. The hash is written
 * nowhere: what is kept of a visit has a name drawn at random.
 */
export function openVisits(): Visits {
  let salt = randomBytes(32);
  let saltedOn = Number.NaN;
  let byHash = new Map<string, Remembered>();
  const byId = new Map<string, Remembered>();

  function hashed(site: string, address: string, agent: string, at: number): string {
    // Days end at midnight of UTC, so that no salt is older than a day.
    if (Math.floor(at / day) !== saltedOn) {
      salt = randomBytes(32);
      saltedOn = Math.floor(at / day);
      byHash = new Map();
    }
    return createHash("sha256")
      .update(salt)
      .update(JSON.stringify([site, address, agent]))
      .digest("base64url");
  }

  return {
    of(site, who, arrival, at) {
      const key = "id" in who ? JSON.stringify([site, who.id]) : hashed(site, who.address, who.agent, at);
      const all = "id" in who ? byId : byHash;
      const before = all.get(key);
      const begins = before === undefined || comesAnew(before.visit, arrival, at);
      const visit = begins ? visitBy(who, arrival, at) : before.visit;
      const found = { minute: 0, inMinute: 0, today: 0, ...before, visit };
      visit.last = Math.max(visit.last, at);
      all.delete(key);
      forgetOldest(all);
      all.set(key, found);
      return { visit, begins, flood: isFlood(found, at) };
    },
  };
}
