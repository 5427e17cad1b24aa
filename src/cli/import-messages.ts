import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { writeFileAtomically } from "../workspace/write-file.ts";
import { incoming, spooled, type DialectName, type Landed } from "../sources/messages/index.ts";
import { violationsIn } from "./check.ts";
import { openClient, type Client } from "./client.ts";
import { progressOn } from "./progress.ts";
import { streamTable } from "./streams.ts";
import { summaryOf } from "./summary.ts";
import type { Terminal } from "./terminal.ts";

/** Messages to land, and where what the source goes on from is written. */
export interface MessagesToImport {
  readonly folder: string;
  readonly source: string;
  readonly dialect: DialectName;
  readonly stateOut: string | undefined;
}

const whole = new Intl.NumberFormat("en-US");

type Sums = Omit<Landed, "state">;

const added = (one: Sums, other: Sums): Sums => ({
  records: one.records + other.records,
  changed: one.changed + other.changed,
  ended: one.ended + other.ended,
  unreadable: one.unreadable + other.unreadable,
  logs: one.logs + other.logs,
});

/** What happened so often, and nothing where it never did. */
const some = (n: number, what: string): string[] => (n > 0 ? [`${whole.format(n)} ${what}`] : []);

const told = (source: string, { records, changed, ended, unreadable, logs }: Sums): string =>
  `${source}: ${[
    `${whole.format(records)} records read`,
    `${whole.format(changed)} new versions`,
    `${whole.format(ended)} ended`,
    ...some(unreadable, "unreadable, kept as the stream (unreadable)"),
    ...some(logs, "lines that are no messages"),
  ].join(", ")}`;

async function landAll(client: Client, wanted: MessagesToImport, terminal: Terminal): Promise<Sums> {
  const { source, dialect, stateOut } = wanted;
  const folder = incoming(wanted.folder);
  let sums: Sums = { records: 0, changed: 0, ended: 0, unreadable: 0, logs: 0 };
  try {
    for await (const chunk of spooled(terminal.input(), folder)) {
      const { state, ...landed } = await client.land({
        source,
        dialect,
        chunk: { ...chunk, tooLong: [...chunk.tooLong] },
      });
      rmSync(chunk.file);
      sums = added(sums, landed);
      if (stateOut !== undefined && state !== undefined)
        writeFileAtomically(resolve(terminal.folder, stateOut), `${JSON.stringify(state)}\n`);
      if (terminal.watched) terminal.err(`\r\u001B[2K${told(source, sums).slice(0, terminal.columns - 1)}`);
    }
    return sums;
  } finally {
    if (terminal.watched) terminal.err("\r\u001B[2K");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lands the messages that are piped in, makes facts of them where embudo.yaml says how, and says what came of it. */
export async function importMessages(wanted: MessagesToImport, terminal: Terminal): Promise<number> {
  const client = await openClient(wanted.folder, terminal.now, true);
  const progress = progressOn(terminal);
  try {
    const sums = await landAll(client, wanted, terminal);
    terminal.out(`${told(wanted.source, sums)}\n`);
    const report = await client.streams({ source: wanted.source });
    terminal.out(`${streamTable(report)}\n`);
    if (!report.isMapped) return 0;
    const outcomes = await client.sync({ sources: [wanted.source] }, progress.report);
    progress.done();
    terminal.out(`${summaryOf(outcomes)}\n`);
    const failed = outcomes.flatMap((each) => ("problem" in each ? [each.problem] : []));
    for (const { message, remedy } of failed) terminal.err(`${message}\n  → ${remedy}\n`);
    const { violations } = (await client.catalogue()).workspace;
    terminal.err(violationsIn(violations));
    return failed.length + violations.length === 0 ? 0 : 1;
  } finally {
    progress.done();
    client.close();
  }
}
