import type { Tuple } from "../../engine/database.ts";
import type { Day } from "../../engine/time.ts";
import { runnable, type Sql } from "../../engine/sql.ts";
import { mostOrigins } from "../../methods/forecast/back-test.ts";
import type { History } from "../../methods/projection/pipeline.ts";
import { deadline } from "../answer.ts";
import type { Store } from "../store.ts";
import type { Calendar } from "./calendar.ts";
import { openDeals } from "./deals-sql.ts";
import { flows, monthly, type Taken } from "./income-sql.ts";
import { exposedOf, flowsOf, listed, openOf, steps, watchedOf, zeros, type OpenNow } from "./listed.ts";

/** All that a projection rests on, by rep. */
export interface Past extends Calendar {
  /** The reps, in order; the empty text stands for what has none. */
  readonly owners: readonly string[];
  /** What each rep brought in each month: by rep, then by month; the present month is its last. */
  readonly months: readonly (readonly number[])[];
  /** How much of that came after the day that counts in the month. */
  readonly tails: readonly (readonly number[])[];
  /** The month that is the first origin of the history. */
  readonly first: number;
  readonly history: History;
  readonly open: readonly OpenNow[];
}

/** What is asked: what comes in, and the deals that are open. */
export interface Sought {
  readonly income: Taken;
  readonly deals: Taken;
  readonly calendar: Calendar;
  readonly observedTo: Day;
}

const ask = (query: Sql, { database, ledger }: Store, signal?: AbortSignal): Promise<Tuple[]> =>
  ledger.remembered(`revenue ${runnable(query)}`, () =>
    database.use((connection) => connection.rows(query, { deadline, signal })),
  );

/** How many whole months say what a rep brings of late. */
const late = 3;

/** What each rep brought per month of late, at each origin. */
function paceOf(months: Past["months"], whole: number, first: number, now: number): number[][] {
  return Array.from({ length: now - first + 1 }, (_, origin) =>
    months.map((own) => {
      const before = own.slice(Math.max(whole, first + origin - late), first + origin);
      return before.length === 0 ? 0 : before.reduce((sum, value) => sum + value, 0) / before.length;
    }),
  );
}

interface Read {
  readonly byMonth: readonly Tuple[];
  readonly flowing: readonly Tuple[];
  readonly standing: readonly Tuple[];
}

const repOf = (row: Tuple): string => (row["owner"] == null ? "" : String(row["owner"]));

function assembled(calendar: Calendar, first: number, { byMonth, flowing, standing }: Read): Past {
  const { places, whole } = calendar;
  const now = places.length - 1;
  const of = (what: string) => standing.filter((row) => row["what"] === what);
  const withDeals = of("exposed").flatMap((row) => listed(row, "rows").map(([owner]) => owner ?? ""));
  const owners = [...new Set([...byMonth.map(repOf), ...withDeals])].toSorted();
  const numbers = new Map(owners.map((owner, i) => [owner, i]));
  const at = (owner: string) => numbers.get(owner) ?? 0;
  const table = (column: string) => {
    const rows = owners.map(() => zeros(places.length));
    for (const row of byMonth) (rows[at(repOf(row))] as number[])[Number(row["nth"])] = Number(row[column]);
    return rows;
  };
  const months = table("whole");
  const history: History = {
    origins: now - first + 1,
    steps,
    watched: watchedOf(of("watched"), first),
    exposed: exposedOf(of("exposed"), first, at),
    flows: flowsOf(flowing, first, at),
    pace: paceOf(months, whole, first, now),
  };
  return { ...calendar, owners, months, tails: table("tail"), first, history, open: openOf(of("open"), at) };
}

/** Reads what a projection rests on; the same facts are read once between two loads. */
export async function pastOf({ income, deals, calendar }: Sought, store: Store, signal?: AbortSignal): Promise<Past> {
  const { places, whole } = calendar;
  const now = places.length - 1;
  const first = Math.max(whole, now - mostOrigins);
  const [byMonth, flowing, standing] = await Promise.all([
    ask(monthly(income, places), store, signal),
    ask(flows(income, places, first, steps), store, signal),
    ask(openDeals(deals, places, first), store, signal),
  ]);
  return assembled(calendar, first, { byMonth, flowing, standing });
}
