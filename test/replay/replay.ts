import type { Answer } from "../../src/contract/answer.ts";
import type { ExplainRequest } from "../../src/contract/api.ts";
import type { Explanation } from "../../src/contract/explanation.ts";
import type { Question } from "../../src/contract/question.ts";
import { Problem } from "../../src/engine/problem.ts";
import { company, type Company } from "../company.ts";
import { dice, questionOf, type Dice } from "../oracle/questions.ts";
import { history } from "./history.ts";

/** What was asked, when, and what came back. */
export interface Asked {
  readonly instant: string;
  readonly request: ExplainRequest;
  readonly explained: boolean;
  readonly said: unknown;
}

export interface Replay {
  readonly one: Company;
  readonly asked: readonly Asked[];
  /** An instant after each load. */
  readonly instants: readonly string[];
}

const ofThatInstant = (question: Question): Question => ({ ...question, asOf: undefined });

const settled = (answer: Answer): unknown => ({
  ...answer,
  question: ofThatInstant(answer.question),
  sql: undefined,
  took_ms: undefined,
});

const opened = (found: Explanation): unknown => ({
  ...found,
  question: ofThatInstant(found.question),
  sql: undefined,
  parts: found.parts.map((part) => ({ ...part, sql: undefined })),
});

/** What an answer says beside its SQL and its duration; a refusal is an answer too. */
export async function say({ api }: Company, request: ExplainRequest, explained: boolean): Promise<unknown> {
  try {
    if (explained) return opened(await api.explain(request));
    return settled(await api.ask(request.question));
  } catch (error) {
    if (error instanceof Problem) return { refused: error.code, why: error.message };
    throw error;
  }
}

export const asOf = (request: ExplainRequest, instant: string): ExplainRequest => ({
  ...request,
  question: { ...request.question, asOf: instant },
});

/** Questions about every variant, some of them split, compared, or opened at one cell. */
export async function requests({ api }: Company, draw: Dice, many: number): Promise<ExplainRequest[]> {
  const { indicators } = await api.catalogue();
  const all = indicators.flatMap(({ id, variants }) => variants.map((variant) => ({ id, variant })));
  return Array.from({ length: many }, () => {
    const { id, variant } = draw.one(all);
    if (id === "scoreboard") return { question: { indicator: id, from: "2026-01-01", to: "2026-04-01" } };
    const asked: Question = questionOf(id, variant, draw.below(3) === 0 ? 1 : 0, draw.often(0.5), draw);
    const { from: _, to: __, ...open } = asked;
    const question = draw.often(0.2) && asked.grain !== "day" ? open : asked;
    return { question: draw.often(0.2) ? { ...question, compare: "previous" } : question, limit: 20 };
  });
}

/** A company that loads once a day for so many days, with questions answered after each load and during some. */
export async function replayed(seed: number, days: number, questions: number): Promise<Replay> {
  const draw = dice(seed);
  const one = await company(
    {},
    { settings: { time_zone: "America/Bogota", look_back_days: 30 }, now: "2026-01-01T00:00:00Z" },
  );
  const asked: Asked[] = [];
  const instants: string[] = [];
  const ask = async (instant: string, many: number) => {
    one.at(instant);
    for (const request of await requests(one, draw, many)) {
      const explained = draw.often(0.25);
      asked.push({ instant, request, explained, said: await say(one, request, explained) });
    }
  };
  for (const { day, load } of history(seed, days)) {
    one.at(`${day}T22:00:00Z`);
    await one.load(load.facts, {
      ...load,
      during: async () => {
        if (draw.often(0.2)) await ask(`${day}T22:01:00Z`, 1);
        one.at(`${day}T22:02:00Z`);
      },
    });
    await ask(`${day}T23:00:00.123Z`, questions);
    instants.push(`${day}T23:30:00Z`);
  }
  return { one, asked, instants };
}
