import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import type { Answer } from "../contract/answer.ts";
import type { Api, ExplainRequest } from "../contract/api.ts";
import type { Explanation } from "../contract/explanation.ts";
import type { Question } from "../contract/question.ts";
import type { Receipt } from "../contract/receipt.ts";
import { Problem } from "../engine/problem.ts";
import { createServer, type ServerParts } from "./server.ts";

/** Every question that was asked. */
export const asked = vi.fn<(question: Question) => void>();
/** Every cell that was opened. */
export const explained = vi.fn<(request: ExplainRequest) => void>();
/** Every receipt that was to be verified, as it came. */
export const verifiedTexts = vi.fn<(text: string) => void>();
const row = {
  key: {},
  period: null,
  value: 0.7,
  observed: null,
  band: null,
  n: 10,
  interval: null,
  maturity: 1,
  incomplete: false,
  parts: {},
  flags: [],
};

const answer = (question: Question): Answer => ({
  question,
  indicator: {
    id: question.indicator,
    variant: "closed",
    version: 1,
    owner: null,
    effective: null,
    unit: "ratio",
    better: "higher",
    currency: null,
  },
  rows: [],
  total: row,
  comparison: null,
  ranking: null,
  warnings: [],
  freshness: [],
  sql: "",
  took_ms: 1,
});

const receipt = (question: Question): Receipt => ({
  receipt: 1,
  product: "Embudo",
  createdAt: "2026-11-23T10:12:00Z",
  question,
  today: "2026-11-23",
  definition: {
    id: question.indicator,
    variant: "closed",
    version: 1,
    unit: "ratio",
    better: "higher",
    formula: "",
    parts: {},
    digest: "",
  },
  settings: {},
  filters: [],
  sql: "",
  answer: { rows: [], total: row, comparison: null, ranking: null },
  inputs: {},
  digest: "",
});

const cells = ['=HYPERLINK("x")', "+1", "-2.5", "@me", 'say "hi", you', null, "=1"].map((name, index) => ({
  name,
  amount: index,
}));

const explanation = ({ question, limit = 50, offset = 0 }: ExplainRequest): Explanation => ({
  ...answer(question),
  key: {},
  period: null,
  indicator: { ...answer(question).indicator, title: "", description: "" },
  cell: row,
  curve: null,
  why: null,
  movers: null,
  changes: null,
  bridge: null,
  formula: "",
  math: "",
  parts: [
    {
      id: "won",
      title: "",
      value: 3,
      unit: "count",
      fact: "deal",
      definition: "",
      stated: { takes: "count", of: [], where: [], dated: "day", reached: null, window: null },
      rowCount: cells.length,
      columns: ["name", "amount"],
      rows: cells.slice(offset, offset + Math.min(limit, 3)),
      sql: "",
    },
  ],
});

/** An Api that answers anything, and breaks where it is asked about `broken`. */
export const api: Api = {
  catalogue: () => Promise.reject(new Problem("no-data", "nothing is loaded", "load something")),
  ask: async (question) => {
    asked(question);
    if (question.indicator === "broken") throw new Error("a secret of the inside");
    return answer(question);
  },
  explain: async (request) => {
    explained(request);
    return explanation(request);
  },
  person: ({ name }) => Promise.resolve({ id: name, shared: false, erased: false, aliases: [], links: [], leads: [] }),
  goals: () => Promise.resolve([]),
  goalHistory: () => Promise.resolve([]),
  attainment: () => Promise.resolve([]),
  journey: () => Promise.reject(new Error("nobody is known here")),
  attribution: () => Promise.reject(new Error("nothing is attributed here")),
  retention: () => Promise.reject(new Error("no customer is followed here")),
  funnel: () => Promise.reject(new Error("no lead is followed here")),
  revenue: () => Promise.reject(new Error("nothing is foretold here")),
  rep: () => Promise.reject(new Error("nobody sells here")),
  reps: () => Promise.reject(new Error("nobody sells here")),
  forecasts: () => Promise.reject(new Error("nothing is foretold here")),
  check: () => Promise.resolve({ load: 1, checkedAt: "2026-11-23T10:12:00Z", checks: [], violations: [] }),
  scoreboards: () => Promise.resolve([]),
  scoreboard: () => Promise.reject(new Problem("unknown-scoreboard", "there is none", "make one")),
  receipt: (question) => Promise.resolve(receipt(question)),
  verify: (text) => {
    verifiedTexts(text);
    return Promise.resolve({ equal: true, differences: [] });
  },
  definitions: () => Promise.resolve([]),
  mqlRule: async () => ({
    file: "rules/mql.yaml",
    text: null,
    versions: [{ version: 1, from: null, to: null }],
  }),
  previewScore: () => Promise.reject(new Problem("no-rule", "the workspace has no rules/mql.yaml", "name one")),
  score: ({ lead }) => Promise.reject(new Problem("unknown-lead", `no lead is named ${lead}`, "use another id")),
  readiness: async ({ window = 30, landmark = 0, interval = 0.8 }) => ({
    from: "2025-11-01",
    to: "2026-11-01",
    window,
    landmark,
    lookBack: 90,
    level: interval,
    eligible: { leads: 0, mqls: 0 },
    immature: 0,
    early: 0,
    steps: [],
    pathsBy: "channel",
    paths: [],
    gaps: [],
  }),
  rehearse: () => Promise.reject(new Problem("unknown-file", "no such file", "name another")),
  channels: () => Promise.resolve({ rules: [], unmatched: [] }),
  tryChannel: () => Promise.resolve({ channel: null, rule: null, because: null, found: {} }),
  holdout: () => Promise.reject(new Error("nothing was held out here")),
  viewThrough: () => Promise.reject(new Error("nothing was seen here")),
  spendAudit: () => Promise.reject(new Error("no spend is audited here")),
  rejected: () => Promise.resolve([]),
  collected: () => Promise.resolve([]),
};

const render: ServerParts["render"] = {
  renderPage: ({ path, language, theme, nonce, assets }) => {
    if (path === "/fails") return Promise.reject(new Error("a secret of the inside"));
    const html = JSON.stringify({ path, language, theme, nonce, assets });
    return Promise.resolve({ status: path === "/none" ? 404 : 200, html });
  },
  renderFailure: (_, id) => `failed ${id}`,
  loadPage: () => Promise.reject(new Problem("no-data", "nothing is loaded", "load something")),
};

function builtPages(): string {
  const folder = mkdtempSync(join(tmpdir(), "embudo-pages-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "assets", "client-1.js"), "1");
  const manifest = {
    "src/web/client.tsx": { file: "assets/client-1.js", isEntry: true },
    "src/web/indicator/Screen.tsx": {
      file: "assets/indicator-1.js",
      isDynamicEntry: true,
      imports: ["src/web/client.tsx", "_shared.js"],
    },
    "_shared.js": { file: "assets/shared-1.js" },
    "style.css": { file: "assets/style-1.css" },
  };
  writeFileSync(join(folder, "es.json"), JSON.stringify(manifest));
  return folder;
}

/** What was logged. */
export const log = vi.fn();
/** A server of those parts. */
export const serverWith = (parts: Partial<ServerParts> = {}) =>
  createServer({ api, render, assetsFolder: builtPages(), now: () => new Date("2026-11-23T10:12:00Z"), log, ...parts });
/** The usual server. */
export const app = serverWith();
/** Gets a path of the usual server. */
export const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });
/** Posts to a path of the usual server. */
export const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.request(path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), headers });
