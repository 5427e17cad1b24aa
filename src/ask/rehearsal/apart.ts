import type { Connection, Database } from "../../engine/database.ts";

/** Thrown to leave a transaction without keeping anything of it. */
class Rehearsed<T> extends Error {
  readonly result: T;

  constructor(result: T) {
    super("what was rehearsed is not kept");
    this.result = result;
  }
}

/** One connection lent to all: statements wait for each other, and transactions are those of the one that is open. */
function shared(connection: Connection): Database {
  let last: Promise<unknown> = Promise.resolve();
  function queued<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  }
  const lent: Connection = {
    rows: (query, limits) => queued(() => connection.rows(query, limits)),
    run: (query, limits) => queued(() => connection.run(query, limits)),
    describe: (text) => queued(() => connection.describe(text)),
    transaction: (work) => work(),
    progress: () => connection.progress(),
    close: () => undefined,
  };
  return { use: (work) => work(lent), rewrite: () => Promise.resolve(), close: () => undefined };
}

/** Does something with one unchanging state of a database, and keeps nothing of what it did there. */
export async function apart<T>(database: Database, work: (database: Database) => Promise<T>): Promise<T> {
  try {
    return await database.use((connection) =>
      connection.transaction(async () => {
        throw new Rehearsed(await work(shared(connection)));
      }),
    );
  } catch (error) {
    if (error instanceof Rehearsed) return error.result as T;
    throw error;
  }
}
