import type { SyncOutcome } from "./operations.ts";
import type { SyncResult } from "../sources/sync.ts";
import { table } from "./table.ts";

const whole = new Intl.NumberFormat("en-US");
const columns = [
  { title: "source" },
  { title: "fact" },
  ...["read", "loaded", "changed", "unchanged", "combined", "closed", "rejected"].map((title) => ({
    title,
    right: true,
  })),
];

const lines = (source: string, result: SyncResult): string[][] =>
  result.facts.map((each) => [
    source,
    each.fact,
    ...[each.read, each.loaded, each.changed, each.unchanged, each.combined, each.closed, each.rejected].map((n) =>
      whole.format(n),
    ),
  ]);

const notes = (source: string, result: SyncResult): string[] => [
  ...(result.unchanged ? [`${source}: nothing has changed since the last load`] : []),
  ...result.short.map(
    ({ file, lines: n }) =>
      `⚠ ${source}: ${n} ${n === 1 ? "line of" : "lines of"} ${file} had too few columns; the missing ones were left empty`,
  ),
  ...result.facts.filter((each) => each.read === 0).map((each) => `⚠ ${source}: no row was read for ${each.fact}`),
  ...result.facts.flatMap((each) =>
    each.reasons.map(({ reason, rows }) => `⚠ ${source}, ${each.fact}: ${whole.format(rows)} rejected, e.g. ${reason}`),
  ),
  ...result.facts
    .filter((each) => each.erased > 0)
    .map(
      (each) =>
        `⚠ ${source}: ${whole.format(each.erased)} rows of ${each.fact} name people who were erased, and were loaded without them`,
    ),
  ...(result.facts.some((each) => each.rejected > 0)
    ? ["`embudo rejected` shows every rejected row; answers say how many they leave out."]
    : []),
];

/** What a load did, fact by fact, and what to know about it. */
export function summaryOf(outcomes: readonly SyncOutcome[]): string {
  const loaded = outcomes.flatMap((each) => ("result" in each ? [each] : []));
  const rows = loaded.flatMap(({ source, result }) => lines(source, result));
  return [
    ...(rows.length === 0 ? [] : [table(columns, rows)]),
    ...loaded.flatMap(({ source, result }) => notes(source, result)),
  ].join("\n");
}
