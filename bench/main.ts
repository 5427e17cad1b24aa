import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApi } from "../src/ask/api.ts";
import type { Api } from "../src/contract/api.ts";
import type { Question } from "../src/contract/question.ts";
import { sync } from "../src/cli/operations.ts";
import { table } from "../src/cli/table.ts";
import { openDatabase } from "../src/engine/database.ts";
import { raw } from "../src/engine/sql.ts";
import { nine } from "../src/indicators/index.ts";
import { writeDemo } from "../src/sources/demo/index.ts";
import { openWorkspace } from "../src/workspace/workspace.ts";
import { attributed, attributionSizes } from "./attribution.ts";
import { cohortRatios } from "./cohorts.ts";
import { collection } from "./collect.ts";
import { explained } from "./explained.ts";
import { statementFor } from "./handwritten.ts";
import { inTurn, ms, quantiles, timed } from "./measure.ts";
import { nightly } from "./nightly.ts";
import { truthful } from "./truth.ts";

const sizes = { small: { leads: 200_000, touches: 800_000 }, large: { leads: 2_000_000, touches: 20_000_000 } };
const today = "2026-11-23";
const now = () => new Date(`${today}T10:12:00Z`);
const loadedAt = new Date(`${today}T08:00:00Z`);
const nightlyAt = new Date(`${today}T09:00:00Z`);
const range = { from: "2025-11-01", to: "2026-12-01", tomorrow: "2026-11-24" };

const say = (text: string) => process.stdout.write(`${text}\n`);
const peak = (): string => `${Math.round(process.resourceUsage().maxRSS / 1024).toLocaleString("en-US")} MB`;

/** Loading beside a bare table from each file, into a database on the same disk. */
async function loading(folder: string): Promise<void> {
  const workspace = await openWorkspace(folder, { now: () => loadedAt });
  const ours = await timed(() =>
    sync(
      workspace,
      {},
      () => loadedAt,
      () => undefined,
    ),
  );
  workspace.close();
  const bareFile = join(folder, "data", "bare.duckdb");
  const database = await openDatabase(bareFile, { folders: [folder] });
  const bare = await timed(() =>
    database.use(async (connection) => {
      for (const file of readdirSync(join(folder, "files")))
        await connection.run(raw(`CREATE TABLE "${file}" AS FROM read_csv('${join(folder, "files", file)}')`));
    }),
  );
  database.close();
  rmSync(bareFile, { force: true });
  say(
    `load: ${ms(ours)}, bare CSV → tables ${ms(bare)}, ratio ${(ours / bare).toFixed(2)}; peak memory so far ${peak()}`,
  );
  const again = await nightly(folder, () => nightlyAt);
  say(`load again, with 1 % late and restated: ${ms(again)}, ratio to the first ${(again / ours).toFixed(2)}`);
}

/** Each of the nine, asked for the first time after a load, beside the statement written by hand. */
async function questions(folder: string): Promise<void> {
  const workspace = await openWorkspace(folder, { readOnly: true, now });
  const { database } = workspace;
  const question = (indicator: string) => ({ indicator, grain: "month" as const, from: range.from, to: range.to });
  const rows = [];
  for (const { id } of nine.filter((each) => statementFor(each.id, range) !== "")) {
    const byHand = raw(statementFor(id, range));
    // Another API each time: what was asked before is not remembered.
    const fresh = async () => openApi(workspace, now);
    const warm = await fresh();
    await warm.catalogue();
    const apis = await Promise.all(Array.from({ length: 9 }, fresh));
    for (const each of apis) await each.catalogue();
    const [asked, hand] = await inTurn(
      9,
      () => (apis.pop() ?? warm).ask(question(id)),
      () => database.use((connection) => connection.rows(byHand)),
    );
    const [left, right] = [quantiles(asked).p50, quantiles(hand).p50];
    const [past, longer] = await asOfRatio(fresh, question(id));
    const over = left <= right * 1.25 + 5 && longer <= 2 ? "" : "over";
    rows.push([id, ms(left), ms(right), (left / right).toFixed(2), ms(past), longer.toFixed(2), over]);
  }
  say(
    table(
      [
        { title: "indicator" },
        { title: "ask", right: true },
        { title: "by hand", right: true },
        { title: "ratio", right: true },
        { title: "as of an instant", right: true },
        { title: "ratio", right: true },
        { title: "" },
      ],
      rows,
    ),
  );
  for (const line of await cohortRatios(async () => openApi(workspace, now), range)) say(line);
  await homePage(workspace, question);
  say(await explained(workspace, now, loadedAt));
  workspace.close();
}

/** How much longer a question takes as of an instant, by APIs that know what was known then and have answered nothing yet. */
async function asOfRatio(fresh: () => Promise<Api>, question: Question): Promise<[number, number]> {
  const asOf = now().toISOString();
  const known = async () => {
    const api = await fresh();
    await api.catalogue();
    await api.ask({ indicator: "touches", from: range.from, to: range.to, where: { channel: ["none"] }, asOf });
    return api;
  };
  const apis = await Promise.all(Array.from({ length: 9 }, known));
  const [present, past] = await inTurn(
    9,
    () => (apis.at(-1) as Api).ask(question),
    () => (apis.pop() as Api).ask({ ...question, asOf }),
  );
  return [quantiles(past).p50, quantiles(past).p50 / quantiles(present).p50];
}

async function homePage(
  workspace: Awaited<ReturnType<typeof openWorkspace>>,
  question: (id: string) => { indicator: string; grain: "month"; from: string; to: string },
): Promise<void> {
  const home = (api: ReturnType<typeof openApi>) => Promise.all(nine.map(({ id }) => api.ask(question(id))));
  const cold = [];
  for (let i = 0; i < 10; i++) {
    const api = openApi(workspace, now);
    await api.catalogue();
    cold.push(await timed(() => home(api)));
  }
  const api = openApi(workspace, now);
  await home(api);
  const warm = [];
  for (let i = 0; i < 30; i++) warm.push(await timed(() => home(api)));
  const [first, again] = [quantiles(cold), quantiles(warm)];
  say(
    `home, nine × 13 months: first after a load p50 ${ms(first.p50)}, p95 ${ms(first.p95)}; again p50 ${ms(again.p50)}, p95 ${ms(again.p95)}`,
  );
}

const rssOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;

/** From the start of the process to the first page answered, and what it holds when nothing is asked. */
async function startUp(folder: string): Promise<void> {
  const began = performance.now();
  const main = join(import.meta.dirname, "..", "src", "cli", "main.ts");
  const child = execFile(process.execPath, [main, "serve", "--port", "4399", "--workspace", folder], {
    env: { ...process.env, NOW: now().toISOString() },
  });
  try {
    for (;;) {
      const answered = await fetch("http://127.0.0.1:4399/healthz").catch(() => undefined);
      if (answered?.ok) break;
      if (performance.now() - began > 60_000) throw new Error("the server did not start within a minute");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const ready = performance.now() - began;
    const held =
      process.platform === "linux" && child.pid !== undefined ? `; idle ${Math.round(rssOf(child.pid))} MB` : "";
    say(`server ready in ${ms(ready)}${held}`);
  } finally {
    child.kill("SIGTERM");
  }
}

const wanted = process.argv.slice(2);
const base = process.env["EMBUDO_BENCH_FOLDER"] ?? join(tmpdir(), "embudo-bench");
mkdirSync(base, { recursive: true });
for (const [name, size] of Object.entries(sizes)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const folder = join(base, name);
  say(`\n${name}: ${size.leads.toLocaleString("en-US")} leads, ${size.touches.toLocaleString("en-US")} touches`);
  if (!existsSync(join(folder, "truth.json"))) {
    rmSync(folder, { recursive: true, force: true });
    say(`generated in ${ms(await timed(() => writeDemo(folder, { ...size, seed: 1, today })))}`);
  }
  rmSync(join(folder, "data"), { recursive: true, force: true });
  await loading(folder);
  await questions(folder);
  await startUp(folder);
  for (const line of await collection(folder)) say(line);
}
for (const [name, touches] of Object.entries(attributionSizes)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  say(`\n${name}: ${touches.toLocaleString("en-US")} touches`);
  await attributed(base, touches, say);
  say(`peak memory so far ${peak()}`);
}
// Only where it is asked for: `truth 50` for fifty companies.
if (wanted[0] === "truth") await truthful(Number(wanted[1] ?? 200), say);
