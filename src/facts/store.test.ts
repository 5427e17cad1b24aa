import { expect, test } from "vitest";
import { openDatabase } from "../engine/database.ts";
import { raw } from "../engine/sql.ts";
import { isPrepared, prepareStore } from "./store.ts";

test("a store that another version of Embudo made ready is not ready: it may lack a view", async () => {
  const database = await openDatabase(":memory:");
  const ready = await database.use(async (connection) => {
    await prepareStore(connection, "UTC");
    const now = await isPrepared(connection);
    await connection.run(raw("UPDATE setting SET value = 'of another version' WHERE name = 'prepared_with'"));
    const later = await isPrepared(connection);
    await prepareStore(connection, "UTC");
    return [now, later, await isPrepared(connection)];
  });
  expect(ready).toEqual([true, false, true]);
  database.close();
});
