/** Where a command reads from and writes to, and the clock it goes by; a test gives its own. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** What is piped in. */
  readonly input: () => AsyncIterable<Uint8Array>;
  /** Whether a person watches: only then are there bars, colours and questions. */
  readonly watched: boolean;
  readonly columns: number;
  /** Whether a person can be asked. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** A command: its name, what it is for, how it is written, and what it does; it gives the exit code. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  /** Goes on until it is told to stop, and then ends by itself. */
  readonly lasting?: boolean;
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
}
