import { createHash } from "node:crypto";
import { connect } from "../../engine/components.ts";
import type { Connection } from "../../engine/database.ts";
import { join, name, raw, runnable, sql, type Sql } from "../../engine/sql.ts";
import type { Table } from "../../engine/table.ts";
import { localDay } from "../local-day.ts";
import { hasRows, insertRows, merge, type Statement } from "../merge.ts";
import { acquisition, acquisitionRows } from "./acquisition.ts";
import { campaignAlias, campaignAliasRows, withCampaignIds } from "./campaign-alias.ts";
import { credit, creditRows } from "./credit.ts";
import { handover, handoverRows } from "./handover.ts";
import { leadProgress, leadProgressRows } from "./lead-progress.ts";
import { origin, originRows } from "./origin.ts";
import { outlook, outlookRows } from "./outlook.ts";
import { person, personEdges, personRows, personSteps } from "./person.ts";
import { prospect, prospectRows } from "./prospect.ts";
import { qualification, qualificationRows } from "./qualification.ts";
import type { DerivationRules } from "./rules.ts";
import { subscription, subscriptionRows } from "./subscription.ts";

interface Preparation {
  readonly steps: (rules: DerivationRules) => Readonly<Record<string, Sql>>;
  readonly edges: Sql;
}

interface Derivation {
  readonly table: Table;
  readonly rows: (rules: DerivationRules, day: (instant: Sql) => Sql) => Sql;
  /** Rows that are read together are stored together. */
  readonly clustered: readonly string[];
  /** What is prepared before the rows: temporary tables in order, and the edges of what hangs together (`component`). */
  readonly before?: Preparation;
}

/** In the order in which they build on each other. */
const derivations: readonly Derivation[] = [
  { table: person, rows: personRows, clustered: [], before: { steps: personSteps, edges: personEdges } },
  { table: qualification, rows: qualificationRows, clustered: [] },
  { table: leadProgress, rows: leadProgressRows, clustered: ["created_on"] },
  { table: handover, rows: handoverRows, clustered: [] },
  { table: acquisition, rows: acquisitionRows, clustered: [] },
  { table: subscription, rows: subscriptionRows, clustered: [] },
  { table: origin, rows: originRows, clustered: [] },
  { table: prospect, rows: prospectRows, clustered: ["created_on"] },
  { table: outlook, rows: outlookRows, clustered: [] },
  { table: campaignAlias, rows: campaignAliasRows, clustered: [] },
  {
    table: credit,
    rows: (rules, day) => withCampaignIds(creditRows(rules, day)),
    clustered: ["outcome", "credited_on"],
  },
];

/** Tables computed from the facts, versioned like them so that they too can be asked as of a past day. */
export const derivedTables: readonly Table[] = derivations.map((each) => each.table);

const rowsBy = (rows: Derivation["rows"], rules: DerivationRules): Sql =>
  rows(rules, (instant) => localDay(instant, rules.zone));

/** Makes the temporary tables that rows are read from, and gives what drops them. */
async function prepare(connection: Connection, before: Preparation | undefined, rules: DerivationRules) {
  if (before === undefined) return () => Promise.resolve();
  const steps = Object.entries(before.steps(rules));
  for (const [step, query] of steps) await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${name(step)} AS ${query}`);
  await connect(connection, before.edges, "component");
  return async () => {
    for (const each of [...steps.map(([step]) => step), "component"])
      await connection.run(sql`DROP TABLE ${name(each)}`);
  };
}

async function deriveOne(
  connection: Connection,
  { table, rows, clustered }: Derivation,
  rules: DerivationRules,
  statement: Statement,
): Promise<void> {
  const columns = join(Object.keys(table.columns).map(name), ", ");
  const order = clustered.length === 0 ? raw("") : sql` ORDER BY ${join(clustered.map(name), ", ")}`;
  const derived = sql`SELECT ${columns}, CAST(NULL AS VARCHAR) AS source_key
    FROM (${rowsBy(rows, rules)})${order}`;
  const stating = { ...statement, source: "(derived)" };
  if (!(await hasRows(connection, table))) {
    await insertRows(connection, table, sql`(${derived})`, stating);
    return;
  }
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE derived AS ${derived}`);
  await merge(connection, table, raw("derived"), stating, raw("true"));
  await connection.run(raw("DROP TABLE derived"));
}

async function deriveAll(
  connection: Connection,
  wanted: readonly Derivation[],
  rules: DerivationRules,
  statement: Statement,
): Promise<void> {
  for (const derivation of wanted) {
    const clear = await prepare(connection, derivation.before, rules);
    await deriveOne(connection, derivation, rules, statement);
    await clear();
  }
}

/** Brings every derived table up to date with the facts; rows that come out as before keep their version. */
export const derive = (connection: Connection, rules: DerivationRules, statement: Statement): Promise<void> =>
  deriveAll(connection, derivations, rules, statement);

/** Brings only those tables up to date that say when leads became MQLs; for what is not kept. */
export const deriveMqls = (connection: Connection, rules: DerivationRules, statement: Statement): Promise<void> =>
  deriveAll(
    connection,
    derivations.filter(({ table }) => table === qualification || table === leadProgress),
    rules,
    statement,
  );

/** Differs whenever derived tables would come out differently: for other rules, other columns or another derivation. */
export function derivationSignature(rules: DerivationRules): string {
  const texts = derivations.map(({ table, rows, before }) => [
    Object.keys(table.columns),
    runnable(rowsBy(rows, rules)),
    ...(before === undefined ? [] : [...Object.values(before.steps(rules)), before.edges].map(runnable)),
  ]);
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex");
}
