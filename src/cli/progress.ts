import type { Progress, Report } from "./operations.ts";
import { bar } from "./table.ts";
import type { Terminal } from "./terminal.ts";

const doing = {
  reading: "reading",
  loading: "loading",
  deriving: "bringing derived tables up to date",
  checking: "checking that every row lands once",
} as const;

const lineOf = ({ source, fact, doing: what, share }: Progress): string =>
  `${source}: ${doing[what]}${fact === "" ? "" : ` ${fact}`} ${share === null ? "" : `${bar(share, 1)} ${Math.round(share * 100)} %`}`;

/** A line that is written over while a person watches; nothing otherwise. */
export function progressOn(terminal: Terminal): { report: Report; done: () => void } {
  if (!terminal.watched) return { report: () => undefined, done: () => undefined };
  return {
    report: (progress) => terminal.err(`\r\u001B[2K${lineOf(progress).slice(0, terminal.columns - 1)}`),
    done: () => terminal.err("\r\u001B[2K"),
  };
}
