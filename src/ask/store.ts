import type { Database } from "../engine/database.ts";
import type { Ledger } from "./ledger.ts";

/** Where rows come from: the database, and what is known of it until the next load. */
export interface Store {
  readonly database: Database;
  readonly ledger: Ledger;
}
