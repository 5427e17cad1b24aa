import { mkdirSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { dayIn } from "../../engine/time.ts";
import type { UnreadableLine } from "../../facts/load.ts";
import { linesOf, type Line } from "../../engine/journal/segments.ts";
import type { Row } from "../event.ts";
import type { Recorded } from "../record.ts";
import type { Tally } from "../memory/tallies.ts";

/** What segments hold, sorted by what becomes of it: a file of JSON lines per table. */
export interface Sorted {
  readonly files: Readonly<Record<Sort, string>>;
  readonly rows: Readonly<Record<Sort, number>>;
  readonly unreadable: readonly UnreadableLine[];
}

export const sorts = ["touch", "identity", "lead", "collected"] as const;
export type Sort = (typeof sorts)[number];

const longest = 300;

type Counts = Map<string, number>;

/** The day of an instant in a zone; instants of one minute share it. */
function daysIn(zone: string): (instant: string) => string {
  const days = new Map<string, string>();
  return (instant) => {
    const minute = instant.slice(0, 16);
    const day = days.get(minute) ?? dayIn(zone, new Date(instant));
    days.set(minute, day);
    return day;
  };
}

/** What a line is counted as, and how often. */
function countedAs(entry: Recorded | Tally): { type: string; outcome: string; events: number } {
  if ("tally" in entry) return { type: "any", outcome: entry.tally, events: entry.events };
  return { type: entry.type, outcome: entry.flag ?? "counted", events: 1 };
}

function add(counts: Counts, key: readonly string[], events: number): void {
  const text = JSON.stringify(key);
  counts.set(text, (counts.get(text) ?? 0) + events);
}

const rowsOfCounts = (counts: Counts): Row[] =>
  [...counts].map(([key, events]) => {
    const [site = "", day = "", type = "", outcome = "", segment = ""] = JSON.parse(key) as string[];
    return { site, day, type, outcome, segment, events: String(events) };
  });

/** The rows of facts that a line becomes: none where its event does not count. */
function rowsOf(entry: Recorded | Tally): Partial<Record<Sort, readonly Row[]>> {
  if ("tally" in entry || entry.flag !== undefined) return {};
  const { touch, claimed, identity, lead } = entry;
  const touches = [
    ...(touch === undefined ? [] : [touch]),
    ...(claimed === undefined ? [] : [{ ...claimed, claimed: "yes" }]),
  ];
  return {
    touch: touches,
    ...(identity === undefined ? {} : { identity }),
    ...(lead === undefined ? {} : { lead: [lead] }),
  };
}

const unreadable = (file: string, { line, broken }: Extract<Line, { broken: string }>): UnreadableLine => ({
  file,
  line,
  raw: broken.slice(0, longest),
  reason: "the disk changed this line of the journal after it was written",
});

/** Reads segments, each line checked, and writes what becomes of them into a folder. */
export async function sortSegments({
  from,
  names,
  into,
  zone,
}: {
  from: string;
  names: readonly string[];
  into: string;
  zone: string;
}): Promise<Sorted> {
  mkdirSync(into, { recursive: true, mode: 0o700 });
  const files = Object.fromEntries(sorts.map((sort) => [sort, join(into, `${sort}.jsonl`)])) as Record<Sort, string>;
  const rows = Object.fromEntries(sorts.map((sort) => [sort, 0])) as Record<Sort, number>;
  const handles = new Map<Sort, FileHandle>();
  const [counts, broken, dayOf]: [Counts, UnreadableLine[], (instant: string) => string] = [
    new Map(),
    [],
    daysIn(zone),
  ];

  async function write(sort: Sort, added: readonly Row[]): Promise<void> {
    if (added.length === 0) return;
    const handle = handles.get(sort) ?? (await open(files[sort], "w", 0o600));
    handles.set(sort, handle);
    rows[sort] += added.length;
    await handle.appendFile(added.map((row) => `${JSON.stringify(row)}\n`).join(""));
  }

  async function take(name: string, lines: readonly Line[]): Promise<void> {
    const entries = lines.flatMap((line) => ("text" in line ? [JSON.parse(line.text) as Recorded | Tally] : []));
    broken.push(...lines.flatMap((line) => ("broken" in line ? [unreadable(name, line)] : [])));
    for (const entry of entries) {
      const { type, outcome, events } = countedAs(entry);
      add(counts, [entry.site, dayOf(entry.received), type, outcome, name], events);
    }
    const all = entries.map(rowsOf);
    for (const sort of ["touch", "identity", "lead"] as const)
      await write(
        sort,
        all.flatMap((each) => each[sort] ?? []),
      );
  }

  try {
    for (const name of names) for await (const lines of linesOf(from, name)) await take(name, lines);
    await write("collected", rowsOfCounts(counts));
  } finally {
    for (const handle of handles.values()) await handle.close();
  }
  return { files, rows, unreadable: broken };
}
