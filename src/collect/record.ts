import { createHash } from "node:crypto";
import { written } from "../facts/people/hashed.ts";
import { arrivalOf, plainAddress } from "./wire/address.ts";
import { deviceOf } from "./senders/bots.ts";
import type { Arrival, EventType, Flag, Row, WebEvent } from "./event.ts";
import type { Site } from "./site.ts";
import { timeOf } from "./times.ts";
import type { Found, Visits, Who } from "./memory/visits.ts";

/** An event as it is kept: what becomes of it as facts, or why it does not count. */
export interface Recorded {
  readonly site: string;
  readonly id: string;
  readonly type: EventType;
  readonly received: string;
  readonly flag?: Flag;
  readonly touch?: Row;
  /** An earlier touch that is this visitor's, as is known now. */
  readonly claimed?: Row;
  readonly identity?: readonly Row[];
  readonly lead?: Row;
}

/** Who sent it, as far as the request says. */
export interface Sender {
  readonly address: string;
  readonly agent: string;
  /** A flag that the request itself earns. */
  readonly flag?: Flag | undefined;
  /** Whether a person may be known again: their consent, as far as this sender can have it. */
  readonly consented: boolean;
  /** Whether it is a program of the company's own. */
  readonly trusted: boolean;
}

export interface Reception {
  readonly name: string;
  readonly site: Site;
  readonly sender: Sender;
  readonly visits: Visits;
  /** Milliseconds. */
  readonly received: number;
}

/** Sent again within this time, in the same visit, a form is the same lead. */
const again = 10 * 60_000;

/** An e-mail address as the journal has it: as a digest, which is hashed with the workspace's key when it becomes a fact. */
const digestOf = (email: string): string => createHash("sha256").update(written(email, "email")).digest("hex");

/** Some senders' ids are e-mail addresses. */
const idOf = (id: string | undefined): string | undefined => (id?.includes("@") === true ? digestOf(id) : id);

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

function present(row: Readonly<Record<string, string | undefined>>): Row {
  return Object.fromEntries(Object.entries(row).filter((each): each is [string, string] => each[1] !== undefined));
}

/** What of an event may be used, and kept: without consent nothing that knows a person again. */
function permitted(event: WebEvent, consented: boolean): WebEvent {
  if (!consented) return { ...event, visitor: undefined, user: undefined, email: undefined, previous: undefined };
  const { visitor, user, email, previous } = event;
  const digest = email === undefined ? undefined : digestOf(email);
  return { ...event, visitor: idOf(visitor), user: idOf(user), email: digest, previous: idOf(previous) };
}

const whoOf = (event: WebEvent, { address, agent, trusted }: Sender): Who => ({
  id: event.visitor ?? event.user,
  from: trusted ? undefined : { address, agent },
});

/** Where an event stands among the others of its visitor. */
interface Place {
  readonly visitor: string | undefined;
  readonly begins: boolean;
  readonly flood: boolean;
  readonly arrival: Partial<Arrival>;
  /** Whether this form was not sent a moment ago. */
  readonly isNew: boolean;
  readonly found?: Found;
}

/** An event that belongs to no visit: one that nobody did on a page, and one that does not count. */
const alone = (event: WebEvent, { site }: Reception): Place => ({
  visitor: event.visitor,
  begins: false,
  flood: false,
  arrival: arrivalOf(event, site.origins),
  isNew: true,
});

/** Places an event in its visit; where the visitor came from holds for all of it. */
function placeOf(event: WebEvent, reception: Reception): Place {
  const { name, site, sender, visits, received } = reception;
  const who = whoOf(event, sender);
  if ((who.id ?? who.from) === undefined || event.type === "impression") return alone(event, reception);
  const found = visits.of(name, who, arrivalOf(event, site.origins), received);
  const { visit, begins, flood } = found;
  const form = event.form ?? event.name ?? "";
  const before = visit.forms.get(form) ?? Number.NEGATIVE_INFINITY;
  visit.forms.set(form, received);
  const visitor = event.visitor ?? (who.id === undefined ? visit.name : undefined);
  const isNew = received - before > again;
  return { visitor, begins, flood: flood && !sender.trusted, arrival: visit.arrival, isNew, found };
}

/** Where the visitor came from is said by what begins a visit and by what it led to, not by each page in between. */
function arrivalFor(event: WebEvent, { begins, arrival }: Place, { leads }: Site): Partial<Arrival> {
  const tells = begins || (event.type !== "page" && event.type !== "event") || leads.includes(event.name ?? "");
  return tells || arrival.landing_page === undefined ? arrival : { landing_page: arrival.landing_page };
}

function touchOf(event: WebEvent, at: number, place: Place, { name, site, sender }: Reception): Row {
  return present({
    touch_id: `${name}:${event.id}`,
    occurred_at: iso(at),
    kind: event.type === "page" && place.begins ? "visit" : event.type,
    person_id: event.user,
    visitor: place.visitor,
    ...arrivalFor(event, place, site),
    ad: event.ad,
    url: plainAddress(event.url),
    form: event.form,
    event: event.name,
    device: sender.trusted ? undefined : deviceOf(sender.agent),
  });
}

/** The lead that a form or event makes, where the site says so. */
function leadOf(event: WebEvent, at: number, { arrival, isNew }: Place, { name, site }: Reception): Row | undefined {
  const made = [event.form, event.name].find((each) => each !== undefined && site.leads.includes(each));
  if (made === undefined || !isNew) return undefined;
  const { landing_page, source, medium, campaign, click_id } = arrival;
  return present({
    lead_id: `${name}:${event.id}`,
    created_at: iso(at),
    person_id: event.user,
    visitor: event.visitor,
    email: event.email,
    click_id,
    source,
    medium,
    campaign,
    ad: event.ad,
    landing_page,
    form: made,
  });
}

/** The names under which the person of an event is known from it on. */
function identitiesOf(event: WebEvent, at: number): Row[] {
  const { visitor, user, email, previous } = event;
  const person = user ?? (email === undefined ? undefined : visitor);
  const names: (readonly [string, string | undefined])[] = [
    ["visitor", visitor],
    ["email", email],
    ["crm", user],
    ["visitor", previous],
    ["crm", previous],
  ];
  return names.flatMap(([alias_kind, alias]) =>
    alias === undefined || person === undefined ? [] : [{ alias_kind, alias, person_id: person, seen_at: iso(at) }],
  );
}

/** Makes of an event what is kept of it. */
export function recorded(told: WebEvent, reception: Reception): Recorded {
  const { name, sender, received } = reception;
  const event = permitted(told, sender.consented);
  const time = timeOf(event, received);
  const own = sender.flag ?? (event.robot === true ? "bot" : time.flag);
  const isTouch = event.type !== "group" && event.type !== "identify" && event.type !== "alias";
  const place = isTouch && own === undefined ? placeOf(event, reception) : alone(event, reception);
  const lead = isTouch ? leadOf(event, time.at, place, reception) : undefined;
  const identity = identitiesOf(event, time.at);
  const refused = !isTouch && !sender.consented && event.type !== "group";
  const flag = own ?? (place.flood ? "flood" : refused ? "no-consent" : undefined);
  const touch = isTouch ? touchOf(event, time.at, place, reception) : undefined;
  const { visit, claimed } = place.found ?? {};
  if (visit !== undefined && place.begins && flag === undefined && touch !== undefined) visit.first = touch;
  return {
    site: name,
    id: event.id,
    type: event.type,
    received: iso(received),
    ...(flag === undefined ? {} : { flag }),
    ...(touch === undefined ? {} : { touch }),
    ...(claimed === undefined ? {} : { claimed }),
    ...(lead === undefined ? {} : { lead }),
    ...(identity.length === 0 ? {} : { identity }),
  };
}
