import type { Cell, Connection } from "../engine/database.ts";
import { raw, sql } from "../engine/sql.ts";
import { instantOf, type Statement } from "./merge.ts";

/** What every load leaves behind beside its rows. */
export interface Origin {
  /** What exactly was read; rows rejected from the same origin before are reconsidered. */
  readonly origin: string;
  /** Equal to the last load of this origin when nothing can have changed. */
  readonly fingerprint: string;
}

type Clock = () => Date;

/** A clock that only goes forward: the later of now and a floor, in ISO 8601. */
const notBefore = (floor: number, now: Clock): string => new Date(Math.max(now().getTime(), floor)).toISOString();

/** The statement of the load that begins now; instants of loads only go forward, whatever the machine's clock does. */
export async function beginLoad(connection: Connection, source: string, now: Clock): Promise<Statement> {
  const [last] = await connection.rows(
    raw("SELECT max(load_id) AS id, max(started_at) AS started, max(finished_at) AS finished FROM load"),
  );
  const after = (cell: Cell | undefined, milliseconds: number) =>
    cell == null ? 0 : Date.parse(String(cell)) + milliseconds;
  const floor = Math.max(after(last?.["started"], 1), after(last?.["finished"], 0));
  return { source, loadId: Number(last?.["id"] ?? 0) + 1, at: notBefore(floor, now) };
}

/**
 * Keeps that a load happened: from when its rows are believed, and when it was over. It must be the last statement of its
 * transaction, because questions see the state before until then.
 */
export async function endLoad(
  connection: Connection,
  { source, loadId, at }: Statement,
  { origin, fingerprint }: Origin,
  now: Clock,
): Promise<void> {
  const finished = notBefore(Date.parse(at), now);
  await connection.run(
    sql`INSERT INTO load VALUES (${loadId}, ${source}, ${origin}, ${instantOf(at)}, ${instantOf(finished)}, ${fingerprint})`,
  );
}
