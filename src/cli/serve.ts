import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openApi } from "../ask/api.ts";
import { DecisionOrder } from "../contract/decision.ts";
import { GoalOrder } from "../contract/goal.ts";
import { PersonOrder } from "../contract/person.ts";
import { SealOrder } from "../contract/forecast.ts";
import { PublishOrder } from "../contract/rehearsal.ts";
import { Problem } from "../engine/problem.ts";
import { createServer, listen, type Renderer } from "../server/index.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { runningServer, serverFile } from "./client.ts";
import { collecting } from "./collecting.ts";
import {
  changeGoal,
  changePerson,
  decide,
  ImportBody,
  importFile,
  publish,
  seal,
  SyncBody,
  type Report,
} from "./operations.ts";
import { LandBody, landMessages, StreamsBody, streamsIn } from "./landing.ts";
import { optionsOf, wholeNumber } from "./options.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const built = join(import.meta.dirname, "..", "..", "dist", "web");

async function renderer(): Promise<Renderer> {
  try {
    return (await import(pathToFileURL(join(built, "server", "render.js")).href)) as Renderer;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")
      throw new Problem("pages-not-built", "the pages are not built", "run `npm run build`, or start with `npm start`");
    throw error;
  }
}

export interface Served {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Opens a workspace and serves its pages and API on this machine until closed. */
export async function serveWorkspace(folder: string, port: number, terminal: Terminal): Promise<Served> {
  const other = await runningServer(folder);
  if (other !== undefined)
    throw new Problem(
      "workspace-busy",
      `a server (process ${other.process}) holds ${folder} already, at ${other.url}`,
      "use that one, or stop it first",
      { process: other.process },
    );
  const render = await renderer();
  const workspace = await openWorkspace(folder, { now: terminal.now });
  const token = randomBytes(32).toString("base64url");
  const api = openApi(workspace, terminal.now);
  let asked: Promise<unknown> = Promise.resolve();
  // The home page's questions are asked before anybody waits for them; what is wrong with them, its reader is told.
  function askAhead(): void {
    const home = { path: "/", search: new URLSearchParams(), language: "es" } as const;
    asked = asked.then(() => render.loadPage(home, api)).catch(() => undefined);
  }
  async function thenAskAhead<T>(work: Promise<T>): Promise<T> {
    const result = await work;
    askAhead();
    return result;
  }
  const collect = await collecting(workspace, terminal);
  const app = createServer({
    api,
    collect: collect.endpoint,
    inbox: collect.inbox,
    render,
    assetsFolder: join(built, "client"),
    now: terminal.now,
    operations: {
      token,
      work: {
        sync: (body, tell: Report) => thenAskAhead(collect.sync(SyncBody.parse(body), tell)),
        import: (body, tell: Report) => thenAskAhead(importFile(workspace, ImportBody.parse(body), terminal.now, tell)),
        land: (body) => landMessages(workspace, LandBody.parse(body), terminal.now),
        streams: (body) => streamsIn(workspace, StreamsBody.parse(body)),
        publish: (body) => thenAskAhead(publish(workspace, PublishOrder.parse(body), terminal.now)),
        decide: (body) => thenAskAhead(decide(workspace, DecisionOrder.parse(body), terminal.now)),
        person: (body) => thenAskAhead(changePerson(workspace, PersonOrder.parse(body), terminal.now)),
        seal: (body) => thenAskAhead(seal(workspace, SealOrder.parse(body), terminal.now)),
        goal: (body) => thenAskAhead(changeGoal(workspace, GoalOrder.parse(body), terminal.now)),
      },
    },
  });
  try {
    const listening = await listen({ app, port });
    writeFileSync(serverFile(folder), JSON.stringify({ url: listening.url, token, process: process.pid }), {
      mode: 0o600,
    });
    askAhead();
    collect.begin(askAhead);
    return {
      url: listening.url,
      close: async () => {
        rmSync(serverFile(folder), { force: true });
        await listening.close();
        await collect.end();
        await asked;
        workspace.close();
      },
    };
  } catch (error) {
    workspace.close();
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
      throw new Problem("port-taken", `port ${port} is in use`, "name another one with --port, or 0 for any", { port });
    throw error;
  }
}

/** Resolves when the process is told to stop. */
export const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener("abort", () => resolve(), { once: true }),
  );

export const defaultPort = 4321;

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = optionsOf(args, { ...workspaceOption, port: { type: "string" } });
  const served = await serveWorkspace(
    workspaceOf(values.workspace, terminal),
    wholeNumber(values.port, "port") ?? defaultPort,
    terminal,
  );
  terminal.out(`Embudo is at ${served.url} (Ctrl-C stops it)\n`);
  await stopped(terminal.signal);
  await served.close();
  return 0;
}

export const serve: Command = {
  name: "serve",
  summary: "starts the pages and the HTTP API of a workspace",
  usage: "embudo serve [--port 4321] [--workspace DIR]",
  lasting: true,
  run,
};
