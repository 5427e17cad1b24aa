import type { Change } from "../../contract/changes.ts";
import type { Database, Limits, Tuple } from "../../engine/database.ts";
import { rowChanges, type PartChange, type RowCause } from "../../engine/row-changes.ts";
import { groupedMedian } from "../../methods/explanation/grouped-median.ts";

export type Cause = Change["cause"];

/** How much of a cause there is, and some of its rows. */
interface Moved {
  readonly rows: number;
  readonly examples: readonly string[];
}

/** A part between two instants: what it would be if only some of the causes had happened. */
export interface PartSplit {
  readonly causes: ReadonlyMap<Cause, Moved>;
  /** What each cause adds, exactly; undefined for medians, where that depends on the other causes. */
  readonly added: ReadonlyMap<Cause, number> | undefined;
  readonly at: (happened: ReadonlySet<Cause>) => number | null;
}

const named = (cause: string): Cause => ((cause as RowCause) === "reversal" ? "refund" : (cause as Cause));

const listed = (tuple: Tuple): string[] =>
  tuple["examples"] == null ? [] : (JSON.parse(String(tuple["examples"])) as string[]);

const number = (tuple: Tuple, column: string): number => Number(tuple[column] ?? 0);

function movedBy(tuples: readonly Tuple[]): Map<Cause, Moved> {
  const found = new Map<Cause, Moved>();
  for (const tuple of tuples.filter((each) => each["cause"] !== null)) {
    const cause = named(String(tuple["cause"]));
    const { rows, examples } = found.get(cause) ?? { rows: 0, examples: [] };
    found.set(cause, { rows: rows + number(tuple, "rows"), examples: [...examples, ...listed(tuple)].slice(0, 5) });
  }
  return found;
}

/** Counts and sums: what the causes add is added. */
function sums(tuples: readonly Tuple[], before: number | null): PartSplit {
  const added = new Map(tuples.map((tuple) => [named(String(tuple["cause"])), number(tuple, "difference")]));
  return {
    causes: movedBy(tuples),
    added,
    at: (happened) =>
      [...added].reduce((sum, [cause, difference]) => sum + (happened.has(cause) ? difference : 0), before ?? 0),
  };
}

/** Medians: of the rows as they are where their cause has happened, and as they were elsewhere. */
function medians(tuples: readonly Tuple[]): PartSplit {
  const valueOf = (tuple: Tuple, happened: ReadonlySet<Cause>) =>
    tuple["cause"] !== null && happened.has(named(String(tuple["cause"]))) ? tuple["adds_after"] : tuple["adds_before"];
  return {
    causes: movedBy(tuples),
    added: undefined,
    at: (happened) =>
      groupedMedian(
        tuples.flatMap((tuple) => {
          const value = valueOf(tuple, happened);
          return value == null ? [] : [{ value: Number(value), count: number(tuple, "rows") }];
        }),
      ),
  };
}

/** Asks what each cause adds to a part. */
export async function splitPart(
  change: PartChange,
  before: number | null,
  database: Database,
  limits: Limits,
): Promise<PartSplit> {
  if (change.before === undefined && change.after === undefined)
    return { causes: new Map(), added: new Map(), at: () => null };
  const tuples = await database.use((connection) => connection.rows(rowChanges(change), limits));
  const { measure } = change;
  return measure.kind === "aggregate" && measure.function === "median" ? medians(tuples) : sums(tuples, before);
}
