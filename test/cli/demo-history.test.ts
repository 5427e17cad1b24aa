import { cpSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { fingerprintOf } from "../../src/ask/receipt/fingerprint.ts";
import { openClient, type Client } from "../../src/cli/client.ts";
import { causes, type Change } from "../../src/contract/changes.ts";
import type { Question } from "../../src/contract/question.ts";
import { openDatabase } from "../../src/engine/database.ts";
import { derivedTables } from "../../src/facts/derived/index.ts";
import { facts } from "../../src/facts/index.ts";
import {
  mornings,
  workspaceFiles,
  workspaceFilesThen,
  writeDemo,
  writeWorkspace,
  type WorkspaceFiles,
} from "../../src/sources/demo/index.ts";
import { embudo, frozen, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const today = "2026-11-23";
const size = { leads: 5000, touches: 5000, seed: 1, today };
const past = mornings(today, frozen);
const [first] = past;
const asked = ["--leads", String(size.leads), "--touches", String(size.touches), "--today", today];

/** What every table of a workspace says, now or as of an instant. */
async function said(workspace: string, asOf?: string): Promise<Record<string, string>> {
  const database = await openDatabase(join(folder, workspace, "data", "facts.duckdb"), { readOnly: true });
  const found: Record<string, string> = {};
  for (const table of [...facts, ...derivedTables]) {
    const { rows, fingerprint } = await fingerprintOf(table, asOf, database, {});
    found[table.name] = `${rows} ${fingerprint}`;
  }
  database.close();
  return found;
}

async function asking<T>(workspace: string, ask: (client: Client) => Promise<T>, now = frozen): Promise<T> {
  const client = await openClient(join(folder, workspace), () => now, false);
  try {
    return await ask(client);
  } finally {
    client.close();
  }
}

/** A demo that is loaded once, by whatever files, with the key of the first one's hashed names. */
async function loadedOnce(workspace: string, now: Date, files: WorkspaceFiles): Promise<void> {
  const path = join(folder, workspace);
  await writeDemo(path, size);
  await writeWorkspace(path, files);
  cpSync(join(folder, "demo", "data", "pepper"), join(path, "data", "pepper"));
  const client = await openClient(path, () => now, true);
  await client.sync({ sources: [] }, () => undefined);
  client.close();
}

beforeAll(async () => {
  const { code, out } = await embudo(folder, ["demo", "demo", ...asked]);
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^Loaded as it was known on 2026-10-01, 2026-11-01, 2026-11-16/),
  ]);
});

test("the mornings are those after the last two months and the one a week ago, as far as they are over", () => {
  const days = (day: string, now = frozen) => mornings(day, now).map(({ at }) => at.slice(0, 10));
  expect(days("2026-11-03", new Date("2026-11-03T12:00:00Z"))).toEqual(["2026-10-01", "2026-10-27", "2026-11-01"]);
  expect(days("2026-11-01", new Date("2026-11-01T12:00:00Z"))).toEqual(["2026-09-01", "2026-10-01", "2026-10-25"]);
  expect(days("2026-11-08", new Date("2026-11-08T12:00:00Z"))).toEqual(["2026-10-01", "2026-11-01"]);
  expect(days("2027-01-10")).toEqual([]);
});

test("what is believed now is what a single load of the same files says", async () => {
  await loadedOnce("once", frozen, workspaceFiles(today));
  expect(await said("demo")).toEqual(await said("once"));
}, 60_000);

test("the same options give the same history", async () => {
  const few = ["--leads", "200", "--touches", "400", "--today", today, "--loads", "2"];
  await embudo(folder, ["demo", "few", ...few]);
  await embudo(folder, ["demo", "again", ...few]);
  const last = past.at(-1)?.at;
  /** Without the tables of hashed names: the key of the hashes is the workspace's own. */
  const plain = async (workspace: string, asOf?: string) => {
    const { identity: _identity, person: _person, ...rest } = await said(workspace, asOf);
    return rest;
  };
  for (const asOf of [last, undefined]) expect(await plain("again", asOf)).toEqual(await plain("few", asOf));
  expect(await said("few", last)).not.toEqual(await said("few"));
}, 60_000);

/** The command lines of the pages that ask about what was known. */
const examples = globSync("docs/**/*.md").flatMap((page) =>
  [...readFileSync(page, "utf8").matchAll(/^embudo (.*--(?:as-of|since) .*)$/gm)].map((found) => found[1] ?? ""),
);

test.each(examples)("embudo %s", async (example) => {
  const line = example.replace(" --workspace nubia", "");
  const { code, out } = await embudo(folder, [...line.split(" "), "--workspace", "demo"]);
  expect([code, out]).toEqual([0, expect.stringMatching(/\d/)]);
});

test("before the first load a question is refused, and told when that was", async () => {
  const { code, err } = await embudo(folder, ["ask", "leads", "--as-of", "2026-09-30", "--workspace", "demo"]);
  expect([code, err]).toEqual([1, expect.stringContaining("the first load was over at 2026-10-01T05:00:00.000Z")]);
});

test.each(past.map(({ at }) => at))("as of %s every variant of every indicator is answered", async (asOf) => {
  const refused = await asking("demo", async (client) => {
    const { indicators } = await client.catalogue();
    const all = indicators.flatMap(({ id, variants }) => variants.map((variant) => [id, variant.id] as const));
    const told = all.map(([indicator, variant]) =>
      client.ask({ indicator, variant, asOf }).then(
        () => [],
        (problem: unknown) => [`${indicator}:${variant} ${String(problem)}`],
      ),
    );
    return (await Promise.all(told)).flat();
  });
  expect(refused).toEqual([]);
});

describe("as of the first load", () => {
  const then = new Date(first?.at ?? "");
  beforeAll(async () => {
    if (first !== undefined) await loadedOnce("then", then, workspaceFilesThen(today, first));
  });

  test("the tables are those of who had only that", async () => {
    expect(await said("demo", first?.at)).toEqual(await said("then"));
  });

  test("every indicator answers what it answered then", async () => {
    const answers = async (client: Client, more: Partial<Question> = {}) => {
      const { indicators } = await client.catalogue();
      const ids = indicators.filter(({ id }) => id !== "scoreboard").map(({ id }) => id);
      return Promise.all(
        ids.map(async (indicator) => {
          const { rows, total, warnings, freshness } = await client.ask({ indicator, grain: "month", ...more });
          return { indicator, rows, total, warnings, freshness };
        }),
      );
    };
    const given = await asking("then", (client) => answers(client), then);
    expect(given.length).toBeGreaterThan(10);
    expect(await asking("demo", (client) => answers(client, { asOf: first?.at }))).toEqual(given);
  });
});

describe("the ledger from the first load to now", () => {
  const questions: readonly Question[] = [
    { indicator: "leads" },
    { indicator: "leads", from: "2026-08-01", to: "2026-10-01" },
    { indicator: "spend" },
    { indicator: "cost-per-lead", from: "2026-09-01", to: "2026-10-01" },
    { indicator: "cost-per-viable-lead", from: "2026-01-01", to: "2026-10-01" },
    { indicator: "marketing-roi", from: "2026-09-01", to: "2026-10-01" },
    { indicator: "sales-revenue" },
    { indicator: "win-ratio" },
    { indicator: "win-ratio", from: "2026-08-01", to: "2026-10-01" },
    { indicator: "mrr" },
    { indicator: "pipeline-value" },
  ];
  const found: Change[] = [];

  test.each(questions)("%o: the causes sum to the difference", async (question) => {
    const { changes } = await asking("demo", (client) => client.explain({ question, since: first?.at, limit: 0 }));
    found.push(...(changes?.changes ?? []));
    const sum = (changes?.changes ?? []).reduce((total, { difference }) => total + (difference ?? 0), 0);
    expect(changes?.difference).not.toBeNull();
    expect(sum).toBeCloseTo(changes?.difference ?? 0, 6);
    const rest = (part: string) =>
      (changes?.after.parts[part] ?? 0) -
      (changes?.before.parts[part] ?? 0) -
      (changes?.changes ?? []).reduce((total, { parts }) => total + (parts[part] ?? 0), 0);
    for (const part of Object.keys(changes?.after.parts ?? {})) expect(rest(part)).toBeCloseTo(0, 6);
  });

  test("has each of the nine causes", () => {
    expect(new Set(found.map(({ cause }) => cause))).toEqual(new Set(causes));
  });
});
