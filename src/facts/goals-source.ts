import type { Connection } from "../engine/database.ts";
import { sql } from "../engine/sql.ts";
import { count } from "./staged.ts";

/** The source of the goals that a person set by hand; the origin of its loads is who did it. */
export const goalsSource = "(goals)";

/** The fingerprint of a load that removed a goal. */
export const removal = "removed";

/** Whether a goal was removed since a load of a source that states goals, so that what it states may count again. */
export async function goalsFreedSince(connection: Connection, source: string, loadId: number): Promise<boolean> {
  const stated = sql`(SELECT 1 FROM goal WHERE source_name = ${source} UNION ALL
    SELECT 1 FROM rejected WHERE source_name = ${source} AND fact = 'goal')`;
  const freed = await count(
    connection,
    sql`SELECT count(*) AS n FROM load WHERE source_name = ${goalsSource} AND fingerprint = ${removal} AND load_id > ${loadId}
      AND EXISTS ${stated}`,
  );
  return freed > 0;
}
