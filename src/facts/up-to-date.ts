import type { Connection } from "../engine/database.ts";
import { derivationSignature, derive, deriveChanged } from "./derived/index.ts";
import type { DerivationRules } from "./derived/rules.ts";
import type { Statement } from "./merge.ts";
import { storedSetting } from "./store.ts";

/** The setting that holds the signature of the rules that derived tables go by. */
export const derivedWith = "derived_with";

/** Whether derived tables are what these rules give. */
export const followsRules = async (connection: Connection, rules: DerivationRules): Promise<boolean> =>
  (await storedSetting(connection, derivedWith)) === derivationSignature(rules);

/** Brings derived tables up to date after a load: only with what it changed, unless the rules were changed too. */
export async function bringUpToDate(
  connection: Connection,
  rules: DerivationRules,
  statement: Statement,
): Promise<void> {
  const changed = (await followsRules(connection, rules)) ? deriveChanged : derive;
  await changed(connection, rules, statement);
}
