import type { Connection } from "../../engine/database.ts";

/** A line of a file that could not become a row; `line` is 0 where the reader cannot tell it, and `raw` then the row as JSON. */
export interface UnreadableLine {
  readonly file: string;
  readonly line: number;
  readonly raw: string;
  readonly reason: string;
}

/** How many lines of a file have fewer columns than its header; they are read with the rest empty. */
export interface ShortLines {
  readonly file: string;
  readonly lines: number;
}

/** What one name in FROM stands for: the SQL that reads it, and what it learns from having been read. */
export interface Relation {
  /** A SELECT over the files as they are now understood; columns known to hold nothing are NULL of any type when asked so. */
  select(emptyAsNull: boolean): string;
  /** Keeps the types that columns had before some values did not fit them; true when there are any. Their rows are left out and told. */
  insist(): boolean;
  /** True when what was read was read right; false when `select()` has changed and everything must be read again. */
  settle(): Promise<boolean>;
  unreadable(): Promise<UnreadableLine[]>;
  short(): readonly ShortLines[];
}

/** What relations share while they are open: the connection, a place for prepared copies and a token for names. */
export interface Workshop {
  readonly connection: Connection;
  /** Prefix of the temporary things of this opening. */
  readonly token: string;
  /** A path for a new prepared copy, inside the workspace. */
  readonly prepared: (extension: string) => Promise<string>;
  /** The path at which the engine may read a file of the workspace. */
  readonly reachable: (path: string) => Promise<string>;
  /** Creates a temporary sequence and returns its name. */
  readonly sequence: () => Promise<string>;
}
