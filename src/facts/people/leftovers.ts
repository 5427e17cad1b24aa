import type { Connection, Database } from "../../engine/database.ts";
import { keepSetting, storedSetting } from "../store.ts";

const due = "rewrite_due";

/** Notes that the database's file holds what nobody may find any more. */
export const leaveDue = (connection: Connection): Promise<number> => keepSetting(connection, due, "yes");

/** Writes the file anew where that is due, also when the process was stopped before it came to it. */
export async function clearLeftovers(database: Database): Promise<void> {
  if ((await database.use((connection) => storedSetting(connection, due))) !== "yes") return;
  await database.rewrite();
  await database.use((connection) => keepSetting(connection, due, "no"));
}
