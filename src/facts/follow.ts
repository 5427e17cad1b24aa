import type { Connection } from "../engine/database.ts";
import { derivationSignature, derive } from "./derived/index.ts";
import type { DerivationRules } from "./derived/rules.ts";
import { beginLoad, endLoad } from "./loads.ts";
import { redate } from "./redate.ts";
import { keepSetting, storedSetting } from "./store.ts";

/** What states the rows that follow from changed settings. */
export const settingsSource = "(settings)";

const derivedWith = "derived_with";
const zoned = "time_zone";

/** Whether derived tables and days are what these rules give. */
export async function isDerivedWith(connection: Connection, rules: DerivationRules): Promise<boolean> {
  const [zone, stored] = [await storedSetting(connection, zoned), await storedSetting(connection, derivedWith)];
  return zone === rules.zone && stored === derivationSignature(rules);
}

/** Brings days and derived tables in line with rules that were changed since the last load, as a load of its own. */
export async function followRules(connection: Connection, rules: DerivationRules, now: () => Date): Promise<void> {
  if (await isDerivedWith(connection, rules)) return;
  await connection.transaction(async () => {
    const statement = await beginLoad(connection, settingsSource, now);
    if (statement.loadId > 1) {
      if ((await storedSetting(connection, zoned)) !== rules.zone) await redate(connection, rules.zone, statement);
      await derive(connection, rules, statement);
      await endLoad(connection, statement, { origin: settingsSource, fingerprint: "" }, now);
    }
    await keepSetting(connection, zoned, rules.zone);
    await keepSetting(connection, derivedWith, derivationSignature(rules));
  });
}
