import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Problem } from "../engine/problem.ts";
import type { Call, Reply } from "./wire/call.ts";
import type { Collector } from "./collector.ts";
import type { WebEvent } from "./event.ts";
import { Batch, eventOfCall, Typed, type Call as SegmentCall } from "./wire/segment.ts";
import { senderOf, siteOf, visitorOf } from "./senders/sender.ts";
import type { Script } from "./wire/script.ts";
import type { Site, Sites } from "./site.ts";
import { optionalName, Words } from "./wire/told.ts";
import { eventsOfTracker, TrackerBody } from "./wire/tracker-body.ts";

/** What the endpoint is made of. */
export interface EndpointParts {
  readonly collector: Collector;
  /** The sites as the settings say them now. */
  readonly sites: () => Sites;
  readonly secretOf: (name: string, site: Site) => string;
  readonly now: () => Date;
  readonly scripts: Scripts;
}

/** The tracker that was built, and those that were given away before, by name. */
export interface Scripts {
  readonly current: Script | undefined;
  readonly named: (name: string) => string | undefined;
}

/** The ways in: each resolves when what it was sent is on the disk. */
export interface Endpoint {
  readonly tracker: (call: Call) => Promise<Reply>;
  readonly segment: (kind: SegmentCall | "batch", call: Call) => Promise<Reply>;
  readonly pixel: (call: Call) => Promise<Reply>;
  /** The tracker: as it is now, or by the name that a page has of it. */
  readonly script: (call: Call, name?: string) => Reply;
  /** What a browser asks before it sends what is no plain text. */
  readonly preflight: (call: Call) => Reply;
}

/** An event of a batch that could not be read. */
const Misread = z.object({ index: z.number(), message: z.string() });
type Misread = z.infer<typeof Misread>;

/** What is answered to a call, or a batch of them, once it is kept. */
export const Receipt = z.object({
  success: z.boolean(),
  accepted: z.number(),
  duplicates: z.number(),
  misread: z.array(Misread),
});

const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==", "base64");

const Pixel = z.object({
  s: optionalName,
  c: Words.optional(),
  cr: Words.optional(),
  src: Words.optional(),
  med: Words.optional(),
  aid: optionalName,
  id: optionalName,
});

function allowing({ header }: Call): Record<string, string> {
  const origin = header("origin");
  return { vary: "Origin", ...(origin === undefined ? {} : { "access-control-allow-origin": origin }) };
}

const jsonReply = (call: Call, body: z.infer<typeof Receipt>): Reply => ({
  status: 200,
  headers: { ...allowing(call), "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** The calls of a batch that can be read, and which cannot and why. */
function readBatch(calls: readonly unknown[], sent: number | undefined): { events: WebEvent[]; misread: Misread[] } {
  const [events, misread]: [WebEvent[], Misread[]] = [[], []];
  for (const [index, told] of calls.entries())
    try {
      events.push(eventOfCall(Typed.parse(told).type, told, sent));
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      const [issue] = error.issues;
      misread.push({ index, message: `${issue?.path.map(String).join(".") || "call"}: ${issue?.message ?? ""}` });
    }
  return { events, misread };
}

const shortly = "public, max-age=3600";
const forever = "public, max-age=31536000, immutable";

/** A page of another origin may run it only where it may read it, because of `integrity`. */
const scriptHeaders = {
  "content-type": "text/javascript; charset=utf-8",
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
  "x-content-type-options": "nosniff",
};

const nothing = { accepted: 0, duplicates: 0 };

/** Opens the ways in to a collector. */
export function openEndpoint({ collector, sites, secretOf, now, scripts }: EndpointParts): Endpoint {
  const doors = () => ({ sites: sites(), secretOf, isBot: collector.isBot, now });
  return {
    async tracker(call) {
      siteOf(sites(), Object.keys(sites())[0]);
      const body = TrackerBody.parse(JSON.parse(call.body));
      const [name, site] = siteOf(sites(), body.site);
      const { sender } = visitorOf(call, name, site, doors());
      await collector.receive({ name, site, sender, events: eventsOfTracker(body) });
      return { status: 202, headers: allowing(call), body: null };
    },
    async segment(kind, call) {
      siteOf(sites(), Object.keys(sites())[0]);
      const told: unknown = JSON.parse(call.body);
      const { writeKey } = z.object({ writeKey: optionalName }).parse(told);
      const addressed = senderOf(call, writeKey, doors());
      const batch = kind === "batch" ? Batch.parse(told) : undefined;
      const { events, misread } =
        batch === undefined
          ? { events: [eventOfCall(kind as SegmentCall, told)], misread: [] }
          : readBatch(batch.batch, batch.sentAt);
      collector.count(addressed.name, "misread", misread.length);
      const receipt = events.length === 0 ? nothing : await collector.receive({ ...addressed, events });
      return jsonReply(call, { success: misread.length === 0, ...receipt, misread });
    },
    async pixel(call) {
      const { s, c, cr, src, med, aid, id } = Pixel.parse(Object.fromEntries(call.query));
      const [name, site] = siteOf(sites(), s);
      const { sender } = visitorOf(call, name, site, doors(), true);
      const campaign = { campaign: c, source: src, medium: med };
      const event = { id: id ?? randomUUID(), type: "impression", visitor: aid, campaign, ad: cr } as const;
      await collector.receive({ name, site, sender, events: [event] });
      return { status: 200, headers: { "content-type": "image/gif", "cache-control": "no-store" }, body: gif };
    },
    script(call, name) {
      const headers = { ...scriptHeaders, etag: `"${name ?? scripts.current?.name}"` };
      const text = name === undefined ? scripts.current?.text : scripts.named(name);
      if (text === undefined)
        throw new Problem("not-found", "there is no such tracker", "take its address from `embudo tracker`");
      const caching = { "cache-control": name === undefined ? shortly : forever };
      if (call.header("if-none-match") === headers.etag)
        return { status: 304, headers: { ...headers, ...caching }, body: null };
      return { status: 200, headers: { ...headers, ...caching }, body: text };
    },
    preflight(call) {
      const origin = call.header("origin") ?? "";
      if (!Object.values(sites()).some((site) => site.origins.includes(origin)))
        throw new Problem(
          "wrong-origin",
          `${origin.slice(0, 200)} is no origin of any site`,
          "add it to `origins` of the site in embudo.yaml",
        );
      const headers = {
        ...allowing(call),
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "authorization, content-type",
        "access-control-max-age": "86400",
      };
      return { status: 204, headers, body: null };
    },
  };
}
