import type { UnreadableLine } from "../facts/load.ts";
import type { TextFormat } from "../facts/reading.ts";

/** A source that is ready to be read on one connection: its SELECTs run there as they stand. */
export interface OpenedSource {
  readonly facts: readonly { readonly fact: string; readonly select: string }[];
  readonly bytes: number;
  /** Equal to an earlier one when nothing can have changed. */
  readonly fingerprint: string;
  /** Whether the source says all that it knows, so that a row that is no longer in it is gone. */
  readonly complete: boolean;
  readonly format: TextFormat;
  /** Whether what was read can be trusted; false is to read it again. */
  settled(): Promise<boolean>;
  /** Lines that could not become rows. */
  unreadable(): Promise<readonly UnreadableLine[]>;
  /** Lines with too few columns; they were read with the missing ones empty. */
  short(): readonly { readonly file: string; readonly lines: number }[];
  /** What is to be told when running a SELECT of `facts` threw this. */
  problem(error: unknown): unknown;
  close(): Promise<void>;
}
