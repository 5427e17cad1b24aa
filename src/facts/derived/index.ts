import { createHash } from "node:crypto";
import { connect } from "../../engine/components.ts";
import type { Connection } from "../../engine/database.ts";
import { join, name, raw, runnable, sql, type Sql } from "../../engine/sql.ts";
import type { Table } from "../../engine/table.ts";
import { localDay } from "../local-day.ts";
import { hasRows, insertRows, merge, type Statement } from "../merge.ts";
import { acquisition, acquisitionRows } from "./acquisition.ts";
import { affectedOutcomes } from "./affected-outcomes.ts";
import { affectedPeople } from "./affected-people.ts";
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
import { stay, stayRows } from "./stay.ts";
import { tenure, tenureRows } from "./tenure.ts";

interface Preparation {
  /** All of it, or what concerns the things that the table `among` names. */
  readonly steps: (rules: DerivationRules, among?: Sql) => Readonly<Record<string, Sql>>;
  readonly edges: Sql;
}

/** How a table is brought up to date without deriving all of it. */
interface Change {
  /** The columns that name the things whose rows are derived together. */
  readonly of: readonly string[];
  /** Those things of which a load may have changed a row. */
  readonly affected: (rules: DerivationRules, statement: Statement) => Sql;
}

interface Derivation {
  readonly table: Table;
  /** All rows, or those of the things that the table `among` names, where it has a `change`. */
  readonly rows: (rules: DerivationRules, day: (instant: Sql) => Sql, among?: Sql) => Sql;
  readonly change?: Change;
  /** Rows that are read together are stored together. */
  readonly clustered: readonly string[];
  /** What is prepared before the rows: temporary tables in order, and the edges of what hangs together (`component`). */
  readonly before?: Preparation;
}

/** In the order in which they build on each other. */
const derivations: readonly Derivation[] = [
  {
    table: person,
    rows: personRows,
    clustered: [],
    before: { steps: personSteps, edges: personEdges },
    change: { of: ["alias_kind", "alias"], affected: (_, statement) => affectedPeople(statement) },
  },
  { table: qualification, rows: qualificationRows, clustered: [] },
  { table: leadProgress, rows: leadProgressRows, clustered: ["created_on"] },
  { table: handover, rows: handoverRows, clustered: [] },
  { table: acquisition, rows: acquisitionRows, clustered: [] },
  { table: subscription, rows: subscriptionRows, clustered: [] },
  { table: tenure, rows: tenureRows, clustered: ["customer_id"] },
  { table: stay, rows: stayRows, clustered: ["began_on"] },
  { table: origin, rows: originRows, clustered: [] },
  { table: prospect, rows: prospectRows, clustered: ["created_on"] },
  { table: outlook, rows: outlookRows, clustered: [] },
  { table: campaignAlias, rows: campaignAliasRows, clustered: [] },
  {
    table: credit,
    rows: (rules, day, among) => withCampaignIds(creditRows(rules, day, among)),
    clustered: ["outcome", "credited_on"],
    change: { of: ["outcome", "outcome_id"], affected: affectedOutcomes },
  },
];

/** Tables computed from the facts, versioned like them so that they too can be asked as of a past day. */
export const derivedTables: readonly Table[] = derivations.map((each) => each.table);

const rowsBy = (rows: Derivation["rows"], rules: DerivationRules, among?: Sql): Sql =>
  rows(rules, (instant) => localDay(instant, rules.zone), among);

/** Makes the temporary tables that rows are read from, and gives what drops them. */
async function prepare(connection: Connection, before: Preparation | undefined, rules: DerivationRules, among?: Sql) {
  if (before === undefined) return () => Promise.resolve();
  const steps = Object.entries(before.steps(rules, among));
  for (const [step, query] of steps) await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${name(step)} AS ${query}`);
  await connect(connection, before.edges, "component");
  return async () => {
    for (const each of [...steps.map(([step]) => step), "component"])
      await connection.run(sql`DROP TABLE ${name(each)}`);
  };
}

/** The rows as they are stored, in the order in which they are. */
function stored({ table, rows, clustered }: Derivation, rules: DerivationRules, among?: Sql): Sql {
  const columns = join(Object.keys(table.columns).map(name), ", ");
  const order = clustered.length === 0 ? raw("") : sql` ORDER BY ${join(clustered.map(name), ", ")}`;
  return sql`SELECT ${columns}, CAST(NULL AS VARCHAR) AS source_key FROM (${rowsBy(rows, rules, among)})${order}`;
}

async function mergeRows(connection: Connection, table: Table, rows: Sql, statement: Statement, vanishing: Sql) {
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE derived AS ${rows}`);
  await merge(connection, table, raw("derived"), statement, vanishing);
  await connection.run(raw("DROP TABLE derived"));
}

async function deriveWhole(connection: Connection, one: Derivation, rules: DerivationRules, statement: Statement) {
  const clear = await prepare(connection, one.before, rules);
  if (await hasRows(connection, one.table))
    await mergeRows(connection, one.table, stored(one, rules), statement, raw("true"));
  else await insertRows(connection, one.table, sql`(${stored(one, rules)})`, statement);
  await clear();
}

async function deriveAffected(
  connection: Connection,
  one: Derivation,
  { of, affected }: Change,
  rules: DerivationRules,
  statement: Statement,
) {
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE affected AS ${affected(rules, statement)}`);
  const names = (alias: string) =>
    join(
      of.map((column) => sql`${raw(alias)}${name(column)}`),
      ", ",
    );
  const theirs = sql`(${names("f.")}) IN (SELECT (${names("")}) FROM affected)`;
  const clear = await prepare(connection, one.before, rules, raw("affected"));
  await mergeRows(connection, one.table, stored(one, rules, raw("affected")), statement, theirs);
  await clear();
  await connection.run(raw("DROP TABLE affected"));
}

interface Wanted {
  readonly tables: readonly Table[];
  /** Whether the tables are those that the rules gave before the load. */
  readonly followed: boolean;
}

async function deriveAll(
  connection: Connection,
  { tables, followed }: Wanted,
  rules: DerivationRules,
  statement: Statement,
): Promise<void> {
  const stating = { ...statement, source: "(derived)" };
  for (const derivation of derivations.filter(({ table }) => tables.includes(table))) {
    const { table, change } = derivation;
    if (followed && change !== undefined && (await hasRows(connection, table)))
      await deriveAffected(connection, derivation, change, rules, stating);
    else await deriveWhole(connection, derivation, rules, stating);
  }
}

/** Derives every table whole; rows that come out as before keep their version. For rules or rows that were changed in place. */
export const derive = (
  connection: Connection,
  rules: DerivationRules,
  statement: Statement,
  tables: readonly Table[] = derivedTables,
): Promise<void> => deriveAll(connection, { tables, followed: false }, rules, statement);

/**
 * Brings every derived table up to date with what a load opened and closed, where the tables are those that the rules gave
 * before it. What comes out is the same as if all was derived anew.
 */
export const deriveChanged = (
  connection: Connection,
  rules: DerivationRules,
  statement: Statement,
  tables: readonly Table[] = derivedTables,
): Promise<void> => deriveAll(connection, { tables, followed: true }, rules, statement);

/** Brings only those tables up to date that say when leads became MQLs; for what is not kept. */
export const deriveMqls = (connection: Connection, rules: DerivationRules, statement: Statement): Promise<void> =>
  derive(connection, rules, statement, [qualification, leadProgress]);

/** Differs whenever derived tables would come out differently: for other rules, other columns or another derivation. */
export function derivationSignature(rules: DerivationRules): string {
  const texts = derivations.map(({ table, rows, before }) => [
    Object.keys(table.columns),
    runnable(rowsBy(rows, rules)),
    ...(before === undefined ? [] : [...Object.values(before.steps(rules)), before.edges].map(runnable)),
  ]);
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex");
}
