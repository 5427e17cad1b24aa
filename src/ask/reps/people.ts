import type { Filter } from "../../contract/question.ts";
import type { Cell } from "../../engine/database.ts";
import { duckdb } from "../../engine/dialect.ts";
import type { Plan } from "../../engine/plan.ts";
import { believed } from "../../engine/relation.ts";
import { name, sql, type Sql } from "../../engine/sql.ts";
import { addDays, maxDay, minDay, type Day, type Range } from "../../engine/time.ts";
import { workingDays, type WorkWeek } from "../../engine/working-days.ts";
import type { Store } from "../store.ts";
import { asked } from "./closing.ts";

/** Somebody who sells, as they are recorded. */
export interface Person {
  readonly rep: string;
  readonly name: string | null;
  readonly team: string | null;
  readonly manager: string | null;
  readonly startedOn: Day | null;
  readonly endedOn: Day | null;
}

const text = (value: Cell | undefined): string | null => (value == null ? null : String(value));

/** Somebody whom only deals name. */
const unknown = (rep: string): Person => ({
  rep,
  name: null,
  team: null,
  manager: null,
  startedOn: null,
  endedOn: null,
});

const passes = (value: string | null, filter: Filter | undefined): boolean =>
  filter === undefined || (Array.isArray(filter) ? filter.includes(value) : !filter.not.includes(value));

/** All who are recorded to sell and pass the filters of a question, and those whom only deals name; by name. */
export async function people(
  plan: Plan,
  where: Readonly<Record<string, Filter>> | undefined,
  named: ReadonlySet<string>,
  store: Store,
): Promise<Person[]> {
  const query = sql`SELECT rep, name, team, manager, CAST(started_on AS VARCHAR) AS started_on, CAST(ended_on AS VARCHAR) AS ended_on
    FROM rep WHERE ${believed(name("rep"), plan, duckdb)} ORDER BY rep`;
  const recorded = (await asked(query, store)).map((row): Person => ({
    rep: String(row["rep"]),
    name: text(row["name"]),
    team: text(row["team"]),
    manager: text(row["manager"]),
    startedOn: text(row["started_on"]),
    endedOn: text(row["ended_on"]),
  }));
  const known = new Set(recorded.map(({ rep }) => rep));
  const wanted = recorded.filter(
    (each) =>
      passes(each.rep, where?.["rep"]) &&
      passes(each.team, where?.["team"]) &&
      passes(each.manager, where?.["manager"]),
  );
  const others = [...named].filter((rep) => !known.has(rep)).map(unknown);
  return [...wanted, ...others].toSorted((a, b) => (a.rep < b.rep ? -1 : 1));
}

/** The deals that somebody opened, from the first to the last day on which they did. */
export interface Opened {
  readonly opened: number;
  readonly firstOn: Day;
  readonly lastOn: Day;
}

/** Who opened how many deals. */
export async function openedOf(query: Sql, store: Store): Promise<Map<string | null, Opened>> {
  const rows = await asked(query, store);
  return new Map(
    rows.map((row) => [
      text(row["rep"]),
      { opened: Number(row["opened"]) / 1e6, firstOn: String(row["first_on"]), lastOn: String(row["last_on"]) },
    ]),
  );
}

/** The days of a range on which somebody was there: all where nothing else is recorded, and those on which they opened deals at least. */
export function presence({ startedOn, endedOn }: Person, opened: Opened | undefined, range: Range): Range {
  const from = startedOn === null ? range.from : minDay(startedOn, opened?.firstOn ?? startedOn);
  const to = endedOn === null ? range.to : addDays(maxDay(endedOn, opened?.lastOn ?? endedOn), 1);
  const start = maxDay(range.from, from);
  return { from: start, to: maxDay(start, minDay(range.to, to)) };
}

/** Working weeks of a range. */
export const workingWeeks = (range: Range, week: WorkWeek): number =>
  workingDays(range, week) / new Set(week.days).size;
