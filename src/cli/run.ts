import { product } from "../ask/receipt/product.ts";
import { nearest } from "../engine/nearest.ts";
import { Problem } from "../engine/problem.ts";
import { commands } from "./index.ts";
import { Usage } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";

const help = (): string =>
  `Embudo: nine indicators of marketing and sales, from your own data.\n\n${table(
    [{ title: "command" }, { title: "" }],
    commands.map((each) => [each.name, each.summary]),
  )}\n\n\`embudo COMMAND --help\` says how each is written.\n`;

function unknown(name: string, terminal: Terminal): number {
  const meant = nearest(
    name,
    commands.map((each) => each.name),
  );
  terminal.err(`There is no command ${name}.${meant === undefined ? "" : ` Did you mean ${meant}?`}\n\n${help()}`);
  return 2;
}

const diskTroubles: Readonly<Record<string, readonly [string, string]>> = {
  EACCES: ["may not be read or written by you", "change its permissions, or name another folder"],
  EPERM: ["may not be read or written by you", "change its permissions, or name another folder"],
  EROFS: ["lies on a disk that cannot be written", "name a folder on another disk"],
  ENOSPC: ["does not fit: the disk is full", "make room and try again; nothing was half-loaded"],
  ENOENT: ["is not there", "check its name and folder"],
  EISDIR: ["is a folder", "name a file"],
  ENOTDIR: ["is no folder", "name a folder"],
};

/** What the disk refused, as a Problem; nothing for errors of other kinds. */
function ofTheDisk(error: unknown): Problem | undefined {
  const { code, path = "a file" } = error as NodeJS.ErrnoException;
  const trouble = code === undefined ? undefined : diskTroubles[code];
  return trouble === undefined ? undefined : new Problem("disk", `${path} ${trouble[0]}`, trouble[1]);
}

const leftOff = 130;

/** A command that is told to stop is left at once: what it had not committed never happened. */
function untilTold(command: Command, args: readonly string[], terminal: Terminal): Promise<number> {
  if (command.lasting === true) return command.run(args, terminal);
  const told = new Promise<number>((resolve) => {
    terminal.signal.addEventListener("abort", () => resolve(leftOff), { once: true });
  });
  return Promise.race([command.run(args, terminal), told]);
}

/** Runs one command line; gives its exit code: 0 done, 1 refused or failed, 2 wrong usage, 130 told to stop. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    terminal.out(help());
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    terminal.out(`${product}\n`);
    return 0;
  }
  const command = commands.find((each) => each.name === name);
  if (command === undefined) return unknown(name, terminal);
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.out(`${command.usage}\n\n${command.summary}\n\nEvery option: docs/commands/${command.name}.md\n`);
    return 0;
  }
  try {
    const code = await untilTold(command, rest, terminal);
    if (code === leftOff) terminal.err("stopped; nothing was half-loaded\n");
    return code;
  } catch (error) {
    if (error instanceof Usage) {
      terminal.err(`${error.message}\n\n${command.usage}\n`);
      return 2;
    }
    const problem = error instanceof Problem ? error : ofTheDisk(error);
    if (problem === undefined) throw error;
    terminal.err(`${problem.message}\n  → ${problem.remedy}\n`);
    return 1;
  }
}
