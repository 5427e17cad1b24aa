import type { Connection } from "../engine/database.ts";
import { groupingSignature } from "./channels/signature.ts";
import { derivationSignature, derive } from "./derived/index.ts";
import type { DerivationRules } from "./derived/rules.ts";
import { beginLoad, endLoad } from "./loads.ts";
import { restate } from "./restate.ts";
import { keepSetting, storedSetting } from "./store.ts";
import { derivedWith, followsRules } from "./up-to-date.ts";

/** What states the rows that follow from changed settings. */
export const settingsSource = "(settings)";

const groupedWith = "grouped_with";
const zoned = "time_zone";

/** Whether days and channels are what these rules give. */
async function isStatedWith(connection: Connection, rules: DerivationRules): Promise<boolean> {
  const [zone, grouping] = [await storedSetting(connection, zoned), await storedSetting(connection, groupedWith)];
  return zone === rules.zone && grouping === groupingSignature(rules.channels);
}

/** Whether derived tables, days and channels are what these rules give. */
export async function isDerivedWith(connection: Connection, rules: DerivationRules): Promise<boolean> {
  return (await followsRules(connection, rules)) && (await isStatedWith(connection, rules));
}

/** Brings days, channels and derived tables in line with rules that were changed since the last load, as a load of its own. */
export async function followRules(connection: Connection, rules: DerivationRules, now: () => Date): Promise<void> {
  if (await isDerivedWith(connection, rules)) return;
  await connection.transaction(async () => {
    const statement = await beginLoad(connection, settingsSource, now);
    if (statement.loadId > 1) {
      if (!(await isStatedWith(connection, rules))) await restate(connection, rules, statement);
      await derive(connection, rules, statement);
      await endLoad(connection, statement, { origin: settingsSource, fingerprint: "" }, now);
    }
    await keepSetting(connection, zoned, rules.zone);
    await keepSetting(connection, groupedWith, groupingSignature(rules.channels));
    await keepSetting(connection, derivedWith, derivationSignature(rules));
  });
}
