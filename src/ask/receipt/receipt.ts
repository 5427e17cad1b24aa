import type { Answer } from "../../contract/answer.ts";
import type { Question } from "../../contract/question.ts";
import type { Receipt } from "../../contract/receipt.ts";
import type { Database, Limits } from "../../engine/database.ts";
import { written } from "../../engine/formula.ts";
import type { Slice } from "../../engine/plan.ts";
import { inWords } from "../../engine/rows.ts";
import { raw } from "../../engine/sql.ts";
import { facts } from "../../facts/index.ts";
import { looksAtLeads } from "../../facts/mql/rule.ts";
import { scoreboard } from "../../indicators/scoreboard.ts";
import { answer, deadline, defaultLevel, draftOf } from "../answer.ts";
import type { Context, Draft } from "../draft.ts";
import { titleOf } from "../explain/explain.ts";
import { scoreboardAnswer } from "../goals/scoreboard.ts";
import { fingerprints, inputsOf } from "./inputs.ts";
import { product } from "./product.ts";
import { digestOf, sealed } from "./seal.ts";

/** The instant as of which what is known now stays known: now, or when the last load was over should the clock be behind. */
export async function presentInstant(database: Database, now: () => Date): Promise<string> {
  const [row] = await database.use((connection) =>
    connection.rows(raw("SELECT max(finished_at) AS finished FROM load")),
  );
  const finished = row?.["finished"] == null ? 0 : Date.parse(String(row["finished"]));
  return new Date(Math.max(now().getTime(), finished)).toISOString();
}

/** Settings that no number depends on are left out; the company's rule for MQLs is told beside them. */
function settingsThatCount({ settings, definitions }: Context): Receipt["settings"] {
  const { name: _name, languages: _languages, locale: _locale, sources: _sources, ...rest } = settings;
  return looksAtLeads(definitions.mql) ? { ...rest, mql: definitions.mql } : rest;
}

const filterInWords = ({ dimension, values, not }: Slice): string =>
  `${dimension} ${not ? "≠" : "="} ${values.map((value) => value ?? "(none)").join(" or ")}`;

function formulaOf({ variant, plan }: Draft): Pick<Receipt["definition"], "formula" | "parts"> {
  const parts = Object.entries(variant.parts).map(([id, measure]) => [id, inWords(measure, plan)]);
  return {
    formula: written(variant.value, titleOf, (setting) => plan.numbers[setting] ?? Number.NaN),
    parts: Object.fromEntries(parts) as Record<string, string>,
  };
}

const ofScoreboard = {
  formula: "on goal ÷ with goal",
  parts: { on_goal: "goals that are met", with_goal: "goals with something to hold against them" },
};

function definitionOf({ indicator }: Answer, draft: Draft | undefined): Receipt["definition"] {
  const { id, variant, version, unit, better } = indicator;
  const stated = { id, variant, version, unit, better, ...(draft === undefined ? ofScoreboard : formulaOf(draft)) };
  return { ...stated, digest: digestOf(stated) };
}

/** The question with what it left to the workspace spelt out too. */
function spelt(given: Question, draft: Draft | undefined): Question {
  const interval = given.interval ?? defaultLevel;
  const model = draft?.plan.parameters["model"];
  return {
    ...given,
    interval,
    ...(model === undefined ? {} : { model }),
    ...(draft === undefined ? {} : { currency: draft.plan.currency }),
  };
}

async function answered(question: Question, context: Context, database: Database, limits: Limits) {
  const { signal } = limits;
  if (question.indicator === scoreboard.id)
    return { given: await scoreboardAnswer(question, context, database, signal), draft: undefined };
  const draft = await draftOf(question, context, database);
  return { given: await answer(question, context, database, signal), draft };
}

/** The parts of a receipt that asking again must give again. */
export type Evidence = Omit<Receipt, "receipt" | "product" | "createdAt" | "digest">;

/** What a question, as of an instant, gives and from what. The scoreboard rests on all facts, as its goals can be of anything. */
export async function evidenceOf(
  question: Question,
  context: Context,
  database: Database,
  signal: AbortSignal | undefined,
): Promise<Evidence> {
  const limits = { deadline, signal };
  const { given, draft } = await answered(question, context, database, limits);
  const names = draft === undefined ? facts.map((fact) => fact.name) : inputsOf(draft, context);
  const { rows, total, comparison, ranking, sql } = given;
  return {
    question: spelt(given.question, draft),
    today: context.today,
    definition: definitionOf(given, draft),
    settings: settingsThatCount(context),
    filters: (draft?.plan.slices ?? []).map(filterInWords),
    sql,
    answer: { rows, total, comparison, ranking },
    inputs: await fingerprints(names, context, database, limits),
  };
}

/** The receipt of what was found. */
export const receiptOf = (evidence: Evidence, now: Date): Receipt =>
  sealed({ receipt: 1, product, createdAt: now.toISOString(), ...evidence });
