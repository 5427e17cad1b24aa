import { createHash, randomBytes } from "node:crypto";
import type { Arrival, Row } from "../event.ts";

/** What is remembered of a visit while it lasts, in memory alone. */
export interface Visit {
  readonly name: string;
  readonly arrival: Partial<Arrival>;
  /** When each form was last sent in it. */
  readonly forms: Map<string, number>;
  /** The touch that began it. */
  first?: Row;
  last: number;
}

interface Remembered {
  visit: Visit;
  minute: number;
  inMinute: number;
  today: number;
}

/** Who sends: known by an id, or by nothing but where the request came from. */
export interface Who {
  readonly id?: string | undefined;
  readonly from?: { readonly address: string; readonly agent: string } | undefined;
}

export interface Visits {
  /** The visit that an event belongs to, whether it begins it, and whether its visitor sends more than a person can. */
  readonly of: (site: string, who: Who, arrival: Partial<Arrival>, at: number) => Found;
}

export interface Found {
  readonly visit: Visit;
  readonly begins: boolean;
  readonly flood: boolean;
  /** The first touch of a visit that was nobody's until its visitor agreed to be known. */
  readonly claimed?: Row;
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

const visitBy = (name: string, arrival: Partial<Arrival>, at: number): Visit => ({
  name,
  arrival,
  forms: new Map(),
  last: at,
});

const randomName = (): string => `visit:${randomBytes(16).toString("base64url")}`;

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

  function hashed(site: string, from: Who["from"], at: number): string {
    // Days end at midnight of UTC, so that no salt is older than a day.
    if (Math.floor(at / day) !== saltedOn) {
      salt = randomBytes(32);
      saltedOn = Math.floor(at / day);
      byHash = new Map();
    }
    return createHash("sha256")
      .update(salt)
      .update(JSON.stringify([site, from]))
      .digest("base64url");
  }

  function counted(all: Map<string, Remembered>, key: string, visit: Visit, at: number): boolean {
    const found = { minute: 0, inMinute: 0, today: 0, ...all.get(key), visit };
    visit.last = Math.max(visit.last, at);
    all.delete(key);
    forgetOldest(all);
    all.set(key, found);
    return isFlood(found, at);
  }

  /** Who agrees in the middle of a visit takes it with them. */
  function claim(key: string, id: string, arrival: Partial<Arrival>, at: number): Visit | undefined {
    const nobodys = byHash.get(key)?.visit;
    if (nobodys === undefined || comesAnew(nobodys, arrival, at)) return undefined;
    byHash.delete(key);
    return { ...nobodys, name: id };
  }

  return {
    of(site, { id, from }, arrival, at) {
      const hash = from === undefined ? undefined : hashed(site, from, at);
      const key = id === undefined ? (hash ?? "") : JSON.stringify([site, id]);
      const all = id === undefined ? byHash : byId;
      const before = all.get(key)?.visit;
      if (before !== undefined && !comesAnew(before, arrival, at))
        return { visit: before, begins: false, flood: counted(all, key, before, at) };
      const claimed = id === undefined || hash === undefined ? undefined : claim(hash, id, arrival, at);
      const visit = claimed ?? visitBy(id ?? randomName(), arrival, at);
      const { first } = visit;
      const flood = counted(all, key, visit, at);
      if (claimed === undefined || first === undefined) return { visit, begins: true, flood };
      return { visit, begins: false, flood, claimed: { ...first, visitor: visit.name } };
    },
  };
}
