import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { dayIn } from "../engine/time.ts";
import { Problem } from "../engine/problem.ts";
import { isWorkspace } from "../workspace/files.ts";
import { runningServer } from "./client.ts";
import { makeDemo, usualDemo } from "./demo.ts";
import { optionsOf, wholeNumber } from "./options.ts";
import { defaultPort, serveWorkspace, stopped, type Served } from "./serve.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOption } from "./workspace.ts";

const openers: Readonly<Record<string, readonly string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
  linux: ["xdg-open"],
};

/** Shows an address in the person's browser where there is one to show it. */
function openBrowser(url: string, { environment }: Terminal): void {
  const display =
    process.platform !== "linux" ||
    environment["DISPLAY"] !== undefined ||
    environment["WAYLAND_DISPLAY"] !== undefined;
  const [program, ...args] = openers[process.platform] ?? [];
  if (!display || environment["CI"] !== undefined || program === undefined) return;
  spawn(program, [...args, url], { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}

/** The named workspace, the current folder if it is one, or else the demo company in `./demo`. */
async function chosen(named: string | undefined, terminal: Terminal): Promise<string> {
  if (named !== undefined) return resolve(terminal.folder, named);
  if (isWorkspace(terminal.folder)) return terminal.folder;
  const demo = resolve(terminal.folder, "demo");
  if (isWorkspace(demo)) return demo;
  terminal.out("No workspace here: making the demo company in ./demo …\n");
  await makeDemo(demo, { ...usualDemo, today: dayIn("Europe/Madrid", terminal.now()) }, terminal);
  return demo;
}

async function serveSomewhere(folder: string, port: number | undefined, terminal: Terminal): Promise<Served> {
  try {
    return await serveWorkspace(folder, port ?? defaultPort, terminal);
  } catch (error) {
    if (port === undefined && error instanceof Problem && error.code === "port-taken")
      return serveWorkspace(folder, 0, terminal);
    throw error;
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = optionsOf(args, { ...workspaceOption, port: { type: "string" } });
  const folder = await chosen(values.workspace, terminal);
  const running = await runningServer(folder);
  if (running !== undefined) {
    terminal.out(`Embudo is already at ${running.url}\n`);
    openBrowser(running.url, terminal);
    return 0;
  }
  const served = await serveSomewhere(folder, wholeNumber(values.port, "port"), terminal);
  terminal.out(`Embudo is at ${served.url} (Ctrl-C stops it)\n`);
  openBrowser(served.url, terminal);
  await stopped(terminal.signal);
  await served.close();
  return 0;
}

export const start: Command = {
  name: "start",
  summary: "opens the workspace here, or the demo company, in a browser",
  usage: "embudo start [--port 4321] [--workspace DIR]",
  lasting: true,
  run,
};
