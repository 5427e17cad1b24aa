import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import type { WebEvent } from "../event.ts";
import { Address, Email, Instant, Name, optionalName, Words } from "./told.ts";

const optionalWords = Words.nullish().transform((words) => words ?? undefined);

/** Where a visitor came from, as Segment's libraries read it from an address. */
const Campaign = z
  .object({
    name: optionalWords,
    source: optionalWords,
    medium: optionalWords,
    term: optionalWords,
    content: optionalWords,
  })
  .partial();

const Page = z.object({ url: Address, referrer: Address }).partial();

const common = {
  messageId: optionalName,
  anonymousId: optionalName,
  userId: optionalName,
  timestamp: Instant,
  originalTimestamp: Instant,
  sentAt: Instant,
  receivedAt: Instant,
  context: z
    .object({
      page: Page.nullish(),
      campaign: Campaign.nullish(),
      traits: z.object({ email: Email }).partial().nullish(),
    })
    .partial()
    .nullish(),
};

const known = (message: { userId?: string | undefined; anonymousId?: string | undefined }): boolean =>
  message.userId !== undefined || message.anonymousId !== undefined;
const whose = "expected a userId or an anonymousId";

const schemas = {
  track: z.object({ ...common, event: Words.pipe(z.string("expected the name of the event")) }).refine(known, whose),
  identify: z.object({ ...common, traits: z.object({ email: Email }).partial().nullish() }).refine(known, whose),
  page: z.object({ ...common, name: optionalWords, properties: Page.nullish() }).refine(known, whose),
  group: z.object({ ...common, groupId: Name }).refine(known, whose),
  alias: z.object({ ...common, previousId: Name.pipe(z.string().min(1)), userId: Name.pipe(z.string().min(1)) }),
};

/** The calls of Segment's specification that are understood. `screen` is a page of an app. */
export const calls = ["track", "identify", "page", "screen", "group", "alias"] as const;
export type Call = (typeof calls)[number];

/** What a call says. */
export const bodyOf = (call: Call) => schemas[call === "screen" ? "page" : call];

type Message = z.infer<(typeof schemas)[keyof typeof schemas]>;

const own: Readonly<Record<Call, WebEvent["type"]>> = {
  track: "event",
  identify: "identify",
  page: "page",
  screen: "page",
  group: "group",
  alias: "alias",
};

/** When it happened and was sent. Where Segment received it first, it has corrected the clock already. */
function timesOf({ timestamp, originalTimestamp, sentAt, receivedAt }: Message, sent: number | undefined) {
  if (receivedAt !== undefined && timestamp !== undefined) return { at: timestamp };
  return { at: originalTimestamp ?? timestamp, sent: sentAt ?? sent };
}

function pageOf(message: Message): { url?: string | undefined; referrer?: string | undefined } {
  const { url, referrer } = ("properties" in message ? message.properties : undefined) ?? {};
  return { url: url ?? message.context?.page?.url, referrer: referrer ?? message.context?.page?.referrer };
}

function emailOf(message: Message): string | undefined {
  const traits = "traits" in message ? message.traits : undefined;
  return traits?.email ?? message.context?.traits?.email;
}

/** A call without an id that says when it happened is known by what it says, so that it can be sent again. */
const idOf = (message: Message, told: unknown): string =>
  (message.timestamp ?? message.originalTimestamp) === undefined
    ? randomUUID()
    : createHash("sha256").update(JSON.stringify(told)).digest("base64url");

/** A call of Segment's as an event; `sent` is when its batch was sent. */
export function eventOfCall(call: Call, told: unknown, sent?: number): WebEvent {
  const message: Message = bodyOf(call).parse(told);
  const { name, ...campaign } = message.context?.campaign ?? {};
  return {
    id: message.messageId ?? idOf(message, told),
    type: own[call],
    ...timesOf(message, sent),
    visitor: message.anonymousId,
    user: message.userId,
    email: emailOf(message),
    previous: "previousId" in message ? message.previousId : undefined,
    ...pageOf(message),
    campaign: { ...campaign, campaign: name },
    name: "event" in message ? message.event : undefined,
  };
}

/** A batch, its calls not read yet. */
export const Batch = z.object({
  batch: z.array(z.unknown()).min(1).max(2500),
  sentAt: Instant,
  writeKey: optionalName,
});

/** The type that a call of a batch names. */
export const Typed = z.object({ type: z.enum(calls) });
