import { raw, type Sql } from "../../engine/sql.ts";

/** A message that is no record, as it was read. */
export type Message = Readonly<Record<string, unknown>>;

/** How messages are written: paths in their JSON, and what a source is given to go on. */
export interface Dialect {
  readonly stream: string;
  /** The record, of a RECORD. */
  readonly record: string;
  /** When it was read at its source, where that is said. */
  readonly emittedAt: string;
  /** That as an instant, of the text at its path (`said`). */
  readonly instant: Sql;
  /** What a STATE is of: each part has a state of its own, and the last of a part stands. */
  readonly partOf: (state: Message) => string;
  /** What goes on from these states. */
  readonly resumed: (states: readonly Message[]) => unknown;
}

const at = (message: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (value as Message | null | undefined)?.[name], message);

const singer: Dialect = {
  stream: "$.stream",
  record: "$.record",
  emittedAt: "$.time_extracted",
  instant: raw("TRY_CAST(TRY_CAST(said AS TIMESTAMPTZ) AS TIMESTAMP)"),
  partOf: () => "",
  resumed: (states) => at(states.at(-1), "value"),
};

const airbyte: Dialect = {
  stream: "$.record.stream",
  record: "$.record.data",
  emittedAt: "$.record.emitted_at",
  instant: raw("make_timestamp(TRY_CAST(said AS BIGINT) * 1000)"),
  partOf: (state) => JSON.stringify(at(state, "state", "stream", "stream_descriptor") ?? null),
  resumed: (states) => states.map((state) => at(state, "state")),
};

/** The dialects by their names. */
export const dialects = { singer, airbyte } as const;
export type DialectName = keyof typeof dialects;
export const dialectNames = ["singer", "airbyte"] as const satisfies readonly DialectName[];
