import { canonical } from "../../contract/canonical.ts";
import type { Answer } from "../../contract/answer.ts";
import type {
  ForecastScore,
  ForecastScores,
  ScoredEntry,
  SealedEntry,
  SealedForecast,
} from "../../contract/forecast.ts";
import type { Question } from "../../contract/question.ts";
import { addDays } from "../../engine/time.ts";
import { salesRevenue } from "../../indicators/sales-revenue.ts";
import { isWithin, scoreOf } from "../../methods/forecast/score.ts";
import { chainOf } from "./chain.ts";

/** Answers a question about what came. */
type Ask = (question: Question) => Promise<Answer>;

type Due = SealedEntry & Pick<SealedForecast, "question" | "currency" | "observedTo">;

const keyOf = (entry: Pick<SealedEntry, "kind" | "name" | "grain">): string =>
  JSON.stringify([entry.kind, entry.name, entry.grain]);

/** What came of each scope in one period: of who brought nothing, nothing. */
async function cameOf(entries: readonly Due[], ask: Ask): Promise<ScoredEntry[]> {
  const [first] = entries;
  if (first === undefined) return [];
  const { question, currency, from, to } = first;
  const asked = { ...question, currency, from, to, indicator: salesRevenue.id };
  const kinds = [...new Set(entries.map(({ kind }) => kind))];
  const answers = new Map(
    await Promise.all(
      kinds.map(async (kind) => [kind, await ask(kind === "company" ? asked : { ...asked, by: [kind] })] as const),
    ),
  );
  return entries.map(({ kind, name, grain, soFar, method, low, mid, high, observedTo }) => {
    const { rows = [], total } = answers.get(kind) ?? {};
    const row = kind === "company" ? total : rows.find(({ key }) => key[kind] === name);
    const actual = row?.value ?? 0;
    const within = isWithin({ low, mid, high, actual });
    return { kind, name, grain, from, to, soFar, method, low, mid, high, observedTo, actual, within };
  });
}

function scoresOf(scored: readonly ScoredEntry[]): ForecastScore[] {
  const groups = [...Map.groupBy(scored, keyOf).values()];
  return groups.flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { kind, name, grain } = first;
    return [{ kind, name, grain, forecasts: own.length, ...scoreOf(own) }];
  });
}

/** Holds the sealed forecasts whose period is over against what came; of one question, or of all where none is named. */
export async function forecastScores(
  lines: readonly string[],
  observedTo: string,
  ask: Ask,
  question?: SealedForecast["question"],
): Promise<ForecastScores> {
  const { forecasts, altered } = chainOf(lines);
  const own = forecasts.filter((each) => question === undefined || canonical(each.question) === canonical(question));
  const all = own.flatMap((each): Due[] =>
    each.entries.map((entry) => ({
      ...entry,
      question: each.question,
      currency: each.currency,
      observedTo: each.observedTo,
    })),
  );
  const due = all.filter(({ to }) => to <= addDays(observedTo, 1));
  const periods = Map.groupBy(due, (each) => canonical([each.question, each.currency, each.from, each.to]));
  const scored: ScoredEntry[] = [];
  for (const entries of periods.values()) scored.push(...(await cameOf(entries, ask)));
  return {
    sealed: own.length,
    altered,
    last: own.at(-1)?.sealedAt ?? null,
    waiting: all.length - due.length,
    scores: scoresOf(scored),
    scored,
  };
}
