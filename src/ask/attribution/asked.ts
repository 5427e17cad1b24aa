import type { Answer } from "../../contract/answer.ts";
import type { Attribution, AttributionRequest, Earned, Setting } from "../../contract/attribution.ts";
import type { Question } from "../../contract/question.ts";
import type { Compared } from "./outcomes.ts";

/** Answers a question on the facts that the whole comparison rests on. */
export type Ask = (question: Question) => Promise<Answer>;

/** What is compared: the request with all that it left open, and how its outcome is asked for. */
export interface Comparison {
  readonly request: Attribution["question"];
  readonly what: Compared;
}

/** The answer under one setting by the dimension, and how much there is of the outcome in all. */
export interface Asked {
  readonly by: string;
  readonly what: Compared;
  readonly split: Answer;
  readonly ledger: number;
}

/** A question about an indicator as the request and a setting have it. */
export function questionUnder(setting: Setting, request: AttributionRequest, indicator: string): Question {
  const { by: _, of: __, settings: ___, ...rest } = request;
  const { model, lookBack, direct } = setting;
  return { ...rest, indicator, model, lookBack, direct, clock: "period" };
}

/** Asks what each value of the dimension earned under a setting. */
export async function askUnder(setting: Setting, { request, what }: Comparison, ask: Ask): Promise<Asked> {
  const question = questionUnder(setting, request, what.indicator);
  const { by } = request;
  const split = await ask({ ...question, variant: what.variant, by: [by] });
  const whole = what.ledger === undefined ? split : await ask({ ...question, variant: what.ledger });
  return { by, what, split, ledger: whole.total.parts[what.credited] ?? 0 };
}

const rowOf = ({ split, by }: Asked, name: string | null) => split.rows.find(({ key }) => key[by] === name);

/** What a value earned; one that is not in the answer earned nothing. */
export function earnedBy(name: string, asked: Asked): Earned {
  const row = rowOf(asked, name);
  return row === undefined
    ? { credited: 0, value: null }
    : { credited: row.parts[asked.what.credited] ?? null, value: row.value };
}

/** What is of no value of the dimension: the whole without what the others earned, to the millionth. */
export function unattributedIn({ split, ledger, by, what }: Asked): Earned {
  const named = split.rows.filter(({ key }) => key[by] !== null);
  const theirs = named.reduce((sum, row) => sum + (row.parts[what.credited] ?? 0), 0);
  return { credited: Math.round((ledger - theirs) * 1e6) / 1e6 + 0, value: null };
}

/** The whole of the outcome, with the value of all that is attributed. */
export const wholeIn = ({ split, ledger }: Asked): Earned => ({ credited: ledger, value: split.total.value });

/** What was spent on a value. */
export const costsOf = (name: string | null, asked: Asked): number => rowOf(asked, name)?.parts[asked.what.costs] ?? 0;

/** Every value of the dimension that any setting gives something. */
export const namesIn = (all: readonly Asked[]): string[] => [
  ...new Set(all.flatMap(({ split, by }) => split.rows.flatMap(({ key }) => key[by] ?? []))),
];
