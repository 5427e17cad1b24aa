import { rmSync } from "node:fs";
import { join } from "node:path";
import { openDatabase, type Connection } from "../src/engine/database.ts";
import { raw, sql, type Sql } from "../src/engine/sql.ts";
import { credit } from "../src/facts/derived/credit.ts";
import { derive, deriveChanged, derivedTables } from "../src/facts/derived/index.ts";
import { outcomeKinds, type Outcome } from "../src/facts/derived/outcomes.ts";
import { waysTo } from "../src/facts/derived/ways.ts";
import type { Statement } from "../src/facts/merge.ts";
import { prepareStore } from "../src/facts/store.ts";
import { factorRows } from "../src/methods/attribution/markov-credit.ts";
import { parseSettings } from "../src/workspace/settings.ts";
import { derivationRules } from "../src/workspace/workspace.ts";
import { creditByHand } from "./credit-by-hand.ts";
import { spent, type Spent } from "./measure.ts";
import { writeFacts, zone } from "./synthetic.ts";

/** How many touches there are; about one outcome to fifty of them. */
export const attributionSizes = { "attribution-small": 400_000, attribution: 20_000_000 } as const;

const { settings } = parseSettings(`name: Bench\ncurrency: EUR\ntime_zone: ${zone}\n`, "embudo.yaml");
const rules = derivationRules(settings, []);
const first: Statement = { source: "made up", loadId: 1, at: "2026-11-01T00:00:00Z" };
const second: Statement = { source: "made up", loadId: 2, at: "2026-11-02T00:00:00Z" };

const believed = (alias: Sql): Sql => sql`${alias}.known_to IS NULL`;

/** Markov's totals over all journeys to outcomes of a kind, as they are found once after each load. */
async function markovTotals(connection: Connection, outcome: Outcome): Promise<void> {
  factorRows(await waysTo(connection, { outcome, counted: {}, believed }), "markov");
}

const seconds = ({ processor, wall }: Spent): string => `${processor.toFixed(1)} s (${wall.toFixed(1)} s by the clock)`;
const beside = (what: string, left: Spent, right: Spent, most: number): string => {
  const ratio = left.processor / right.processor;
  return `${what}: ${seconds(left)}, ratio ${ratio.toFixed(2)}${ratio <= most ? "" : " over"}`;
};

/** Each derived table after the first load and after the second, with how long it took. */
async function derivedAlone(
  connection: Connection,
  how: typeof derive,
  statement: Statement,
): Promise<Map<string, Spent>> {
  const found = new Map<string, Spent>();
  for (const table of derivedTables)
    found.set(table.name, await spent(() => how(connection, rules, statement, [table])));
  return found;
}

/** What the database may hold; the process itself needs a part of the 4 GB that there are. */
const memory = "3500MB";

/**
 * Attribution over made-up touches: credit under all models that go by rule beside a statement by hand, Markov's totals, and
 * what a load on top costs. Times are those of the processor, on two threads and 4 GB.
 */
export async function attributed(base: string, touches: number, say: (line: string) => void): Promise<void> {
  const file = join(base, "attribution.duckdb");
  for (const each of [file, `${file}.wal`]) rmSync(each, { force: true });
  const database = await openDatabase(file, { memory, threads: 2 });
  await database.use(async (connection) => {
    await prepareStore(connection, zone);
    await writeFacts(connection, touches, false, first);
    const whole = await derivedAlone(connection, derive, first);
    const byHand = await spent(() => connection.run(sql`CREATE TABLE by_hand AS ${raw(creditByHand)}`));
    await connection.run(raw("DROP TABLE by_hand"));
    const [size] = await connection.rows(
      raw("SELECT count(*) AS steps, count(*) FILTER (step = 0) AS outcomes FROM credit"),
    );
    say(
      `${Number(size?.["outcomes"]).toLocaleString("en-US")} outcomes, ${Number(size?.["steps"]).toLocaleString("en-US")} steps`,
    );
    say(`credit by hand: ${seconds(byHand)}`);
    const ours = whole.get(credit.name) as Spent;
    say(beside("credit under all models by rule", ours, byHand, 2));
    for (const outcome of outcomeKinds)
      say(beside(`Markov's totals of ${outcome}`, await spent(() => markovTotals(connection, outcome)), byHand, 3));
    await writeFacts(connection, touches, true, second);
    const changed = await derivedAlone(connection, deriveChanged, second);
    for (const [name, took] of changed)
      say(
        beside(
          `${name} after 1 % more, beside ${seconds(whole.get(name) as Spent)} for all`,
          took,
          whole.get(name) as Spent,
          0.1,
        ),
      );
  });
  database.close();
  for (const each of [file, `${file}.wal`]) rmSync(each, { force: true });
}
