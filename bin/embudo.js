#!/usr/bin/env node
// Starts src/cli/main.ts with the pinned Node, whatever Node the machine has.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { build, install, node, orStop, root } from "./prepare.js";

const args = process.argv.slice(2);
const runner = orStop(() => {
  install();
  if (args[0] === "serve" || args[0] === "start") build();
  return node();
});

// `npm run embudo` moves to the project's folder; paths are meant from where the person stands.
const byNpm = process.env.npm_lifecycle_event === "embudo" && process.cwd() === root;
const cwd = (byNpm && process.env.INIT_CWD) || process.cwd();
const main = ["--disable-warning=ExperimentalWarning", join(root, "src", "cli", "main.ts"), ...args];
const child = spawn(runner, main, { cwd, stdio: "inherit" });

// A terminal sends Ctrl-C to the child as well; any other sender reaches only this process.
process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));

// npm's shell does not pass a signal on: when it is gone, so is the reason to run.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === parent || child.kill("SIGTERM"), 500).unref();

child.on("error", (error) => {
  process.stderr.write(`embudo: ${runner} could not be started: ${error.message}\n`);
  process.exit(1);
});
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
