import { Problem } from "../engine/problem.ts";
import { openBots } from "./senders/bots.ts";
import type { WebEvent } from "./event.ts";
import { archiveFolder, journalFolder } from "./folders.ts";
import { diskAt } from "../engine/journal/disk.ts";
import { openJournal } from "../engine/journal/journal.ts";
import { linesOf, segmentsIn } from "../engine/journal/segments.ts";
import { openLimits } from "./senders/limits.ts";
import { recorded, type Recorded, type Sender } from "./record.ts";
import { openSeen, type Seen } from "./memory/seen.ts";
import type { Site } from "./site.ts";
import { openTallies, type Tallied } from "./memory/tallies.ts";
import { openVisits } from "./memory/visits.ts";

/** What became of the events of a request. */
export interface Received {
  readonly accepted: number;
  /** Events that were here already. */
  readonly duplicates: number;
}

export interface Delivery {
  readonly name: string;
  readonly site: Site;
  readonly sender: Sender;
  readonly events: readonly WebEvent[];
}

/** Takes events in. */
export interface Collector {
  /** Resolves when every event is on the disk, once. */
  readonly receive: (delivery: Delivery) => Promise<Received>;
  readonly isBot: (agent: string) => boolean;
  /** Counts events that are not kept. */
  readonly count: (site: string, why: Tallied, events: number) => void;
  /** Ends the segment that is being written; gives the names of all, the oldest first. */
  readonly seal: () => Promise<string[]>;
}

const keyOf = (site: string, id: string): string => JSON.stringify([site, id]);

const durable = Promise.resolve();

/** The latest segments are read again, as many as are worth remembering. */
async function remember(seen: Seen, folder: string, least: number): Promise<void> {
  const all = [archiveFolder(folder), journalFolder(folder)].flatMap((in_) =>
    segmentsIn(in_).map((name) => ({ in_, name })),
  );
  const keys: string[][] = [];
  for (const { in_, name } of all.toReversed()) {
    const own: string[] = [];
    for await (const lines of linesOf(in_, name))
      for (const line of lines) {
        const event = "text" in line ? (JSON.parse(line.text) as Partial<Recorded>) : {};
        if (event.site !== undefined && event.id !== undefined) own.push(keyOf(event.site, event.id));
      }
    keys.unshift(own);
    if (keys.reduce((sum, each) => sum + each.length, 0) > least) break;
  }
  for (const key of keys.flat()) seen.add(key, durable);
}

const notKept = (): Problem =>
  new Problem("not-kept", "the events could not be written to the disk", "send them again in a while");

function refuse(name: string, wait: number): never {
  throw new Problem(
    "too-many-events",
    `${name} sends more events than its settings allow`,
    `send them again in ${wait} s, or raise per_second under sites: in embudo.yaml`,
    { site: name, wait },
  );
}

export interface CollectorParts {
  readonly folder: string;
  readonly now: () => Date;
  /** Is told why something could not be written. */
  readonly log: (error: unknown) => void;
  /** How many events are known again at least. */
  readonly remembered?: number;
}

/** Opens the collector of a workspace; what was accepted before a crash is known again. */
export async function openCollector({ folder, now, log, remembered = 200_000 }: CollectorParts): Promise<Collector> {
  const journal = openJournal(diskAt(journalFolder(folder)), now);
  const [seen, visits, limits, tallies] = [openSeen(remembered), openVisits(), openLimits(), openTallies()];
  await remember(seen, folder, remembered);

  return {
    isBot: openBots(),
    count: tallies.add,
    async receive({ name, site, sender, events }) {
      const received = now().getTime();
      const wait = limits.take(name, events.length, site.per_second, received);
      if (wait > 0) {
        tallies.add(name, "refused", events.length);
        return refuse(name, wait);
      }
      const reception = { name, site, sender, visits, received };
      const [texts, added, known]: [string[], Set<string>, Promise<void>[]] = [[], new Set(), []];
      for (const event of events) {
        const key = keyOf(name, event.id);
        const before = added.has(key) ? durable : seen.find(key);
        if (before === undefined) {
          texts.push(JSON.stringify(recorded(event, reception)));
          added.add(key);
        } else known.push(before);
      }
      tallies.add(name, "duplicate", known.length);
      const kept = texts.length === 0 ? durable : journal.append([...texts, ...tallies.due(received)]);
      for (const key of added) seen.add(key, kept);
      try {
        await Promise.all([kept, ...known]);
      } catch (error) {
        log(error);
        throw notKept();
      }
      return { accepted: texts.length, duplicates: known.length };
    },
    async seal() {
      await journal.append(tallies.due(now().getTime(), true));
      return journal.seal(() => segmentsIn(journalFolder(folder)));
    },
  };
}
