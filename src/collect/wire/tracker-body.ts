import { z } from "zod";
import type { WebEvent } from "../event.ts";
import { Address, Email, Instant, Name, optionalName, Words } from "./told.ts";

const most = 50;

const Event = z.object({
  id: Name.pipe(z.string().min(8, "expected an id of the event")),
  type: z.enum(["page", "event", "form", "identify"]),
  at: Instant,
  url: Address,
  referrer: Address,
  name: Words.optional(),
  form: Words.optional(),
  user: optionalName,
  email: Email,
});

/** What the tracker sends. */
export const TrackerBody = z.object({
  site: Name,
  sent: Instant,
  /** The first-party id; there is none without consent. */
  visitor: optionalName,
  robot: z.boolean().optional(),
  events: z.array(Event).min(1).max(most),
});
export type TrackerBody = z.infer<typeof TrackerBody>;

/** The events of a body of the tracker. */
export const eventsOfTracker = ({ sent, visitor, robot, events }: TrackerBody): WebEvent[] =>
  events.map((event) => ({ ...event, sent, visitor, robot }));
