import type { Answer } from "../../src/contract/answer.ts";
import type { Api, ExplainRequest } from "../../src/contract/api.ts";
import type { Catalogue } from "../../src/contract/catalogue.ts";
import type { ExplainedPart, Explanation } from "../../src/contract/explanation.ts";
import type { Goal } from "../../src/contract/goal.ts";
import type { Question } from "../../src/contract/question.ts";
import { shift, shiftDays } from "../../src/web/dates.ts";
import { attributionOf, viewsOf } from "./fake-attribution.ts";
import { funnelOf } from "./fake-funnel.ts";
import { revenueOf } from "./fake-revenue.ts";
import { repOf, repsOf } from "./fake-reps.ts";
import { journeyOf } from "./fake-journey.ts";
import { catalogue as shipped } from "./fake-catalogue.ts";
import { amountOf, slices } from "./fake-company.ts";
import { bridgeOf, changesOf, curveOf, moversOf, rankingOf, whyOf } from "./fake-evidence.ts";
import { attainmentOf } from "./fake-goals.ts";
import { preview, readiness } from "./fake-readiness.ts";
import { retentionOf } from "./fake-retention.ts";
import { isMoney, rowOf, rowsOf, variantOf } from "./fake-rows.ts";

/** An Api with invented, deterministic answers for a company of made-up sales. */
export function fakeApi(changes: Partial<Catalogue["workspace"]> = {}): Api {
  const catalogue = { ...shipped, workspace: { ...shipped.workspace, ...changes } };
  return {
    catalogue: () => Promise.resolve(catalogue),
    ask: (question) => settled(() => answerOf(question)),
    explain: (request) => settled(() => explanationOf(request)),
    goals: () => Promise.resolve(goals),
    goalHistory: () => Promise.resolve([]),
    attainment: (request) => settled(() => attainmentOf(request, goals)),
    journey: (request) => settled(() => journeyOf(request)),
    attribution: (request) => settled(() => attributionOf(request)),
    funnel: (request) => settled(() => funnelOf(request)),
    retention: (request) => settled(() => retentionOf(request)),
    revenue: (request) => settled(() => revenueOf(request)),
    reps: (request) => settled(() => repsOf(request)),
    forecasts: () => Promise.reject(new Error("nothing is foretold")),
    rep: (request) => settled(() => repOf(request)),
    check: () => Promise.resolve({ load: 1, checkedAt: "2026-11-23T10:12:00Z", checks: [], violations: [] }),
    scoreboards: () => Promise.resolve([]),
    scoreboard: () => Promise.reject(new Error("there is no scoreboard")),
    receipt: () => Promise.reject(new Error("the fake company gives no receipts")),
    verify: () => Promise.resolve({ equal: true, differences: [] }),
    definitions: () => Promise.resolve([]),
    mqlRule: async () => ({ file: "rules/mql.yaml", text: null, versions: [{ version: 1, from: null, to: null }] }),
    previewScore: async () => preview,
    score: () => Promise.reject(new Error("nothing is scored here")),
    readiness: async () => readiness,
    holdout: () => Promise.reject(new Error("nothing was held out here")),
    viewThrough: async (request) => viewsOf(request),
    spendAudit: () => Promise.reject(new Error("no spend is audited here")),
    rehearse: () => Promise.reject(new Error("nothing is rehearsed here")),
    channels: () => Promise.resolve({ rules: [], unmatched: [] }),
    tryChannel: () => Promise.resolve({ channel: null, rule: null, because: null, found: {} }),
    person: ({ name }) =>
      Promise.resolve({ id: name, shared: false, erased: false, aliases: [], links: [], leads: [] }),
    rejected: () => Promise.resolve([]),
    collected: () => Promise.resolve([]),
  };
}

const settled = async <T>(work: () => T): Promise<T> => Promise.resolve().then(work);

function comparisonOf(question: Question, compared: { from: string; to: string }): Answer["comparison"] {
  const { rows, total } = rowsOf(question, compared.from, compared.to);
  return { ...compared, rows: rows.map((row) => ({ ...row, certain: null })), total, certain: null };
}

function answerOf(question: Question): Answer {
  const { entry, variant } = variantOf(question);
  const { from = "2026-11-01", to = "2026-11-24", compare } = question;
  const compared = typeof compare === "object" ? compare : undefined;
  const currency = variant.unit === "money" ? "MXN" : null;
  const asked = rowsOf(question, from, to);
  const { clock = variant.clocks[0] ?? "period" } = question;
  const window = clock === "cohort" ? { window: question.window ?? 30 } : {};
  return {
    question: { ...question, clock, ...window },
    indicator: {
      id: entry.id,
      variant: variant.id,
      version: 1,
      owner: entry.owner,
      effective: entry.effective,
      unit: variant.unit,
      better: entry.better,
      currency,
    },
    ...asked,
    comparison: compared ? comparisonOf(question, compared) : null,
    ranking: question.rank === true ? rankingOf({ ...asked, better: entry.better }) : null,
    warnings: [
      { code: "unmatched-spend", message: "4 % of the spend belongs to campaigns without a result", count: 4 },
    ],
    freshness: [
      { source: "crm", loadedAt: "2026-11-23T08:05:00Z", rows: 48_210 },
      { source: "google_ads", loadedAt: "2026-11-20T06:00:00Z", rows: 9120 },
    ],
    sql: "SELECT 1",
    took_ms: 3,
  };
}

function explanationOf(request: ExplainRequest): Explanation {
  const { question, key = {}, period, since, against, limit = 50, offset = 0 } = request;
  const { clock, window = 30 } = question;
  const { entry, variant, parts } = variantOf(question);
  const { from = "2026-11-01", to = "2026-11-24", grain = "month" } = question;
  const end = period === undefined ? to : shift(grain, period, 1);
  const cell = rowOf(question, key, period ?? null, { from: period ?? from, to: end < to ? end : to });
  const numbers = parts.map((name) => String(cell.parts[name])).join(" ÷ ");
  const { title, description } = entry;
  return {
    question,
    key,
    period: period ?? null,
    indicator: {
      id: entry.id,
      variant: variant.id,
      version: 1,
      owner: entry.owner,
      effective: entry.effective,
      unit: variant.unit,
      currency: variant.unit === "money" ? "MXN" : null,
      title,
      description,
    },
    cell,
    formula: variant.formula,
    math: parts.length > 1 ? `${numbers} = ${cell.value?.toFixed(4)}` : numbers,
    parts: parts.map((name) => partExplained(name, cell.parts[name] ?? 0, limit, offset)),
    curve: clock === "cohort" && variant.unit === "ratio" ? curveOf(cell, window) : null,
    why: whyOf(request),
    movers: question.compare === undefined ? null : moversOf(request),
    changes: since === undefined ? null : changesOf(cell, since),
    bridge: against === undefined ? null : bridgeOf(question, against),
    warnings: [],
    freshness: [],
    sql: sqlOf(parts, from, to),
  };
}

const sqlOf = (parts: readonly string[], from: string, to: string): string =>
  [
    ...parts.map(
      (part) =>
        `WITH ${part} AS (\n  SELECT count(*) AS ${part}\n  FROM facts.deal\n  WHERE closed_on >= DATE '${from}' AND closed_on < DATE '${to}'\n)`,
    ),
    `SELECT * FROM ${parts.join(" CROSS JOIN ")};`,
  ].join("\n");

function partExplained(name: string, value: number, limit: number, offset: number): ExplainedPart {
  const fact = isMoney(name) ? "spend" : "deal";
  const rowCount = isMoney(name) ? 214 : Math.round(value);
  const shown = Math.max(0, Math.min(limit, rowCount - offset));
  return {
    id: name,
    title: name,
    value,
    unit: isMoney(name) ? "money" : "count",
    fact,
    definition: `rows of ${fact} dated by their own day`,
    stated: { takes: "count", of: [], where: [], dated: "day", reached: null, window: null },
    rowCount,
    columns: ["id", "day", "channel", "campaign", "amount"],
    rows: Array.from({ length: shown }, (_, index) => rowAt(offset + index, fact)),
    sql: `SELECT * FROM facts.${fact}`,
  };
}

function rowAt(index: number, fact: string): ExplainedPart["rows"][number] {
  const channels = Object.keys(slices["channel"] ?? {});
  return {
    id: `${fact}-${1000 + index}`,
    day: shiftDays("2026-11-01", index % 23),
    channel: channels[index % channels.length] ?? null,
    campaign: index % 7 === 0 ? "=HYPERLINK(1)" : "Marca MX",
    amount: Math.round(amountOf("spend", "2026-11-01", "2026-11-02") * (1 + (index % 13))) / 100,
  };
}

const goal = (indicator: string, target: number, currency: string | null = null): Goal[] =>
  ["2026-09-01", "2026-10-01", "2026-11-01"].map((periodStart) => ({
    indicator,
    variant: null,
    scopeKind: "company",
    scope: null,
    periodStart,
    grain: "month",
    target,
    currency,
  }));

const goals: Goal[] = [
  ...goal("scoreboard", 0.875),
  ...goal("cost-per-lead", 23, "MXN"),
  ...goal("marketing-qualified-leads", 1300),
  ...goal("customer-acquisition-cost", 1900, "MXN"),
  ...goal("customer-retention", 0.97),
  ...goal("sales-qualified-leads", 400),
  ...goal("win-ratio", 0.33),
  ...goal("sales-revenue", 1_700_000, "MXN"),
];
