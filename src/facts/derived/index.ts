import { createHash } from "node:crypto";
import type { Connection } from "../../engine/database.ts";
import { runnable } from "../../engine/sql.ts";
import type { Table } from "../../engine/table.ts";
import { hasRows, type Statement } from "../merge.ts";
import { acquisition, acquisitionRows } from "./acquisition.ts";
import { affectedProgress } from "./affected-leads.ts";
import { affectedOutcomes } from "./affected-outcomes.ts";
import { affectedPeople } from "./affected-people.ts";
import { campaignAlias, campaignAliasRows, withCampaignIds } from "./campaign-alias.ts";
import { credit, creditRows, creditSteps } from "./credit.ts";
import { deriveAffected, deriveWhole, rowsBy, type Derivation } from "./deriving.ts";
import { affectedHandovers, handover, handoverRows, handoverSteps } from "./handover.ts";
import { leadProgress, leadProgressRows } from "./lead-progress.ts";
import { origin, originRows } from "./origin.ts";
import { outlook, outlookRows } from "./outlook.ts";
import { person, personEdges, personRows, personSteps } from "./person.ts";
import { affectedProspects, prospect, prospectRows } from "./prospect.ts";
import { qualification, qualificationRows } from "./qualification.ts";
import type { DerivationRules } from "./rules.ts";
import { subscription, subscriptionRows } from "./subscription.ts";
import { stay, stayRows } from "./stay.ts";
import { tenure, tenureRows } from "./tenure.ts";
import { touchNames } from "./touch-names.ts";

/** In the order in which they build on each other. */
const derivations: readonly Derivation[] = [
  {
    table: person,
    rows: personRows,
    clustered: [],
    counted: touchNames,
    before: { steps: personSteps, edges: personEdges },
    change: { of: ["alias_kind", "alias"], affected: affectedPeople },
  },
  { table: qualification, rows: qualificationRows, clustered: [] },
  {
    table: leadProgress,
    rows: leadProgressRows,
    clustered: ["created_on"],
    change: { of: ["lead_id"], affected: affectedProgress },
  },
  {
    table: handover,
    rows: handoverRows,
    clustered: [],
    before: { steps: handoverSteps },
    change: { of: ["lead_id"], affected: affectedHandovers },
  },
  { table: acquisition, rows: acquisitionRows, clustered: [] },
  { table: subscription, rows: subscriptionRows, clustered: [] },
  { table: tenure, rows: tenureRows, clustered: ["customer_id"] },
  { table: stay, rows: stayRows, clustered: ["began_on"] },
  { table: origin, rows: originRows, clustered: [] },
  {
    table: prospect,
    rows: prospectRows,
    clustered: ["created_on"],
    change: { of: ["lead_id"], affected: affectedProspects },
  },
  { table: outlook, rows: outlookRows, clustered: [] },
  { table: campaignAlias, rows: campaignAliasRows, clustered: [] },
  {
    table: credit,
    rows: (rules, day) => withCampaignIds(creditRows(rules, day)),
    clustered: ["outcome", "credited_on"],
    before: { steps: creditSteps },
    change: { of: ["outcome", "outcome_id"], affected: affectedOutcomes },
  },
];

/** Tables computed from the facts, versioned like them so that they too can be asked as of a past day. */
export const derivedTables: readonly Table[] = derivations.map((each) => each.table);

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
  const texts = derivations.map(({ table, rows, before, counted }) => [
    Object.keys(table.columns),
    runnable(rowsBy(rows, rules)),
    ...(counted === undefined ? [] : [runnable(counted.rows)]),
    ...(before === undefined ? [] : Object.values(before.steps(rules)).map(runnable)),
    ...(before?.edges === undefined ? [] : [runnable(before.edges)]),
  ]);
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex");
}
