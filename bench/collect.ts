import { appendFileSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { sync } from "../src/cli/operations.ts";
import { raw } from "../src/engine/sql.ts";
import { openWorkspace } from "../src/workspace/workspace.ts";
import { openSender, segmentBatch, siteYaml, trackerBody } from "../test/collect/sender.ts";
import { serveApart, type Served } from "../test/collect/served.ts";
import { secretIn, storm } from "../test/collect/storm.ts";
import { ms, quantiles } from "./measure.ts";

const seconds = 10;
const perBatch = 500;
const perSecond = 2000;
const kills = 10;
const whole = (value: number) => Math.round(value).toLocaleString("en-US");
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const questions = ["win-ratio", "cost-per-lead", "sales-revenue", "marketing-qualified-leads"].map(
  (indicator) => `/api/v1/ask?indicator=${indicator}&grain=month&from=2025-11-01&to=2026-12-01`,
);

/** Somebody who asks a question, reads the answer for a moment, and asks the next, until told to stop. */
function reader(url: string): { stop: () => Promise<number[]> } {
  let goesOn = true;
  const took: number[] = [];
  const reading = (async () => {
    for (let nth = 0; goesOn; nth++) {
      const began = performance.now();
      await (await fetch(new URL(questions[nth % questions.length] ?? "", url))).arrayBuffer();
      took.push(performance.now() - began);
      await wait(100);
    }
  })();
  return { stop: async () => ((goesOn = false), await reading, took) };
}

/** Events per second that are acknowledged in batches. */
async function inBatches(url: string, secret: string): Promise<number> {
  const sender = openSender(url, 4);
  const until = performance.now() + seconds * 1000;
  let events = 0;
  const lane = async (name: number) => {
    for (let nth = 0; performance.now() < until; nth++) {
      const ids = Array.from({ length: perBatch }, (_, i) => `bench-${process.pid}-${name}-${nth}-${i}`);
      if ((await sender.post("/v1/batch", segmentBatch(ids, secret))) === 200) events += perBatch;
    }
  };
  await Promise.all([0, 1, 2, 3].map(lane));
  sender.close();
  return events / seconds;
}

/** Milliseconds from when each of so many requests per second was due until it was acknowledged. */
async function oneByOne(url: string): Promise<{ took: number[]; refused: number }> {
  const sender = openSender(url, 256);
  const [took, sent]: [number[], Promise<void>[]] = [[], []];
  const began = performance.now();
  let refused = 0;
  const one = async (nth: number, due: number) => {
    const status = await sender.post("/e", trackerBody(`single-${process.pid}-${nth}`, nth));
    if (status === 202) took.push(performance.now() - due);
    else refused += 1;
  };
  for (let nth = 0; nth < perSecond * seconds;) {
    const due = began + (nth / perSecond) * 1000;
    if (due > performance.now()) await wait(1);
    else {
      sent.push(one(nth, due));
      nth += 1;
    }
  }
  await Promise.all(sent);
  sender.close();
  return { took, refused };
}

const p99 = (samples: readonly number[]): number =>
  samples.toSorted((a, b) => a - b)[Math.floor(samples.length * 0.99)] ?? Number.NaN;

/** Kills the server under load again and again; says what is lost and what is there twice. */
async function killed(folder: string): Promise<string> {
  const state = { acknowledged: new Set<string>(), sent: new Set<string>() };
  for (let kill = 0; kill < kills; kill++) {
    const server = await serveApart(folder);
    const raging = storm(server.url, await secretIn(folder, server.url), state, `${process.pid}-${kill}`);
    await wait(1000 + 100 * kill);
    await server.kill();
    await raging;
  }
  const workspace = await openWorkspace(folder);
  await sync(
    workspace,
    { sources: ["web"] },
    () => new Date(),
    () => undefined,
  );
  const rows = await workspace.database.use((connection) =>
    connection.rows(raw("SELECT touch_id FROM touch WHERE known_to IS NULL AND source_name = 'web'")),
  );
  workspace.close();
  const found = rows.map((row) => String(row["touch_id"]).slice("www:".length));
  const there = new Set(found);
  const lost = [...state.acknowledged].filter((id) => !there.has(id)).length;
  return `killed ${kills} times under load: ${whole(state.acknowledged.size)} events acknowledged, ${lost} lost, ${found.length - there.size} there twice`;
}

const memoryOf = ({ pid }: Served): string => {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return `${whole(Number(kilobytes) / 1024)} MB`;
};

/** Seconds of processor that the server has used; they do not depend on what else the machine does. */
function processorOf({ pid }: Served): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

const microseconds = (seconds: number, events: number): string => `${whole((seconds / events) * 1e6)} µs of processor`;

/** How fast events are taken in beside questions, and whether any is lost when the server is killed. */
export async function collection(folder: string): Promise<string[]> {
  const settings = join(folder, "embudo.yaml");
  if (!readFileSync(settings, "utf8").includes(siteYaml)) appendFileSync(settings, `\n${siteYaml}`);
  const server = await serveApart(folder);
  const secret = await secretIn(folder, server.url);
  const before = processorOf(server);
  const somebody = reader(server.url);
  const batched = await inBatches(server.url, secret);
  const between = processorOf(server);
  const { took, refused } = await oneByOne(server.url);
  const after = processorOf(server);
  const answers = quantiles(await somebody.stop());
  const memory = memoryOf(server);
  await server.kill();
  return [
    `collected in batches of ${perBatch}: ${whole(batched)} events/s acknowledged, ${microseconds(between - before, batched * seconds)} each, questions included`,
    `collected one by one: ${whole(perSecond)} requests/s for ${seconds} s, p50 ${ms(quantiles(took).p50)}, p99 ${ms(p99(took))}, ${refused} not acknowledged, ${microseconds(after - between, perSecond * seconds)} each, questions included`,
    `beside them a reader's questions: p50 ${ms(answers.p50)}, p95 ${ms(answers.p95)}; the server then held ${memory}; load of the machine ${loadavg()[0]?.toFixed(1)}`,
    await killed(folder),
  ];
}
