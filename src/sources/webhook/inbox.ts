import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Connection } from "../../engine/database.ts";
import { diskAt } from "../../engine/journal/disk.ts";
import { openJournal, type Journal } from "../../engine/journal/journal.ts";
import { linesOf, segmentsIn } from "../../engine/journal/segments.ts";
import { Problem } from "../../engine/problem.ts";
import { incoming, land, spooled } from "../messages/index.ts";
import { recordsOf } from "./body.ts";
import { checkSender, type Delivery } from "./sender.ts";
import { plainStream, type WebhookSource } from "./spec.ts";

/** What takes in what other systems send, and keeps it until it is landed. */
export interface Inbox {
  /** Resolves with how many records were taken in, once they are on the disk. */
  readonly take: (source: string, stream: string | undefined, delivery: Delivery) => Promise<number>;
  /** Ends what is being written for a source, so that it can be landed. */
  readonly seal: (source: string) => Promise<readonly string[]>;
  /** Ends what is being written for any. */
  readonly end: () => Promise<void>;
}

export interface InboxParts {
  readonly folder: string;
  readonly now: () => Date;
  /** The settings of a source that takes things in; undefined where there is none of that name. */
  readonly specOf: (source: string) => WebhookSource | undefined;
  readonly secretOf: (source: string, spec: WebhookSource) => string;
}

/** Where what was taken in for a source waits until it is landed. */
export const inboxFolder = (folder: string, source: string): string => join(folder, "data", "inbox", source);

const streamName = /^[\w-]{1,64}$/;

/** Opens what takes things in for the sources of a workspace. */
export function openInbox({ folder, now, specOf, secretOf }: InboxParts): Inbox {
  const journals = new Map<string, Journal>();
  const journalOf = (source: string): Journal => {
    const journal = journals.get(source) ?? openJournal(diskAt(inboxFolder(folder, source)), now);
    journals.set(source, journal);
    return journal;
  };
  return {
    async take(source, stream = plainStream, delivery) {
      const spec = specOf(source);
      if (spec === undefined || !streamName.test(source) || !streamName.test(stream))
        throw new Problem(
          "not-found",
          `nothing is taken in at /in/${source}`,
          "name a source of `kind: webhook` of embudo.yaml, and a stream of letters, digits and dashes",
        );
      checkSender(delivery, spec, secretOf(source, spec));
      const records = recordsOf(delivery.header("content-type"), delivery.body);
      const at = now().toISOString();
      await journalOf(source).append(
        records.map((record) => JSON.stringify({ type: "RECORD", stream, record, time_extracted: at })),
      );
      return records.length;
    },
    seal: (source) => journalOf(source).seal(() => segmentsIn(inboxFolder(folder, source))),
    async end() {
      await Promise.all([...journals.values()].map((journal) => journal.seal(() => undefined)));
    },
  };
}

async function* messagesIn(
  folder: string,
  segments: readonly string[],
  key: readonly string[],
): AsyncGenerator<Uint8Array> {
  const streams = new Set<string>();
  for (const segment of segments)
    for await (const lines of linesOf(folder, segment)) {
      for (const line of lines) {
        const stream = "text" in line ? (JSON.parse(line.text) as { stream: string }).stream : undefined;
        if (stream !== undefined && key.length > 0 && !streams.has(stream)) {
          streams.add(stream);
          yield Buffer.from(`${JSON.stringify({ type: "SCHEMA", stream, key_properties: key, schema: {} })}\n`);
        }
      }
      yield Buffer.from(lines.map((line) => `${"text" in line ? line.text : line.broken}\n`).join(""));
    }
}

/** Lands what was taken in for a source: that of `sealed`, or all where nobody writes. A segment goes once it is landed. */
export async function landInbox(
  connection: Connection,
  request: {
    readonly folder: string;
    readonly source: string;
    readonly spec: WebhookSource;
    readonly sealed: readonly string[] | undefined;
    readonly now: () => Date;
  },
): Promise<void> {
  const { source, spec, now } = request;
  const from = inboxFolder(request.folder, source);
  const segments = request.sealed ?? segmentsIn(from);
  if (segments.length === 0) return;
  const into = incoming(request.folder);
  try {
    for await (const chunk of spooled(messagesIn(from, segments, spec.key ?? []), into))
      await land(connection, { source, dialect: "singer", chunk, now });
    for (const segment of segments) rmSync(join(from, segment));
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}
