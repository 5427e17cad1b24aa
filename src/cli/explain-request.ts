import type { ExplainRequest } from "../contract/api.ts";
import { againstOf, againstOptions, type AgainstValues } from "./against.ts";
import { pair, wholeNumber } from "./options.ts";
import { filters, questionOf, questionOptions, type QuestionValues } from "./question.ts";

const cellOptions = {
  key: { type: "string", multiple: true },
  period: { type: "string" },
  over: { type: "string" },
  movers: { type: "boolean" },
  since: { type: "string" },
  versus: { type: "string", multiple: true },
  part: { type: "string" },
  limit: { type: "string" },
  offset: { type: "string" },
} as const;

/** The options that say what is opened, and what it is held against. */
export const explainOptions = { ...questionOptions, ...cellOptions, ...againstOptions } as const;

type CellValues = {
  readonly [K in Exclude<keyof typeof cellOptions, "key" | "versus" | "movers">]?: string | undefined;
} & {
  readonly key?: readonly string[] | undefined;
  readonly versus?: readonly string[] | undefined;
  readonly movers?: boolean | undefined;
};

/** The values of some options, apart from those of all others. */
const only = <T extends object>(options: object, values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([option]) => Object.hasOwn(options, option))) as T;

/** What is to be opened, by the words and options of a command line. */
export function explainRequestOf(
  words: readonly string[],
  values: QuestionValues & CellValues & AgainstValues,
  usualLimit: number,
): ExplainRequest {
  const { key, period, over, movers, since, versus, part, limit, offset }: CellValues = values;
  const pairs = (key ?? [])
    .map((each) => pair(each, "key"))
    .map(([dimension, value]) => [dimension, value === "(none)" ? null : value] as const);
  const question = questionOf(words, only(questionOptions, values));
  const by = [...new Set([...(question.by ?? []), ...pairs.map(([dimension]) => dimension)])];
  return {
    question: by.length === 0 ? question : { ...question, by },
    key: Object.fromEntries(pairs),
    ...(period === undefined ? {} : { period }),
    ...(over === undefined ? {} : { over }),
    ...(movers === undefined ? {} : { movers }),
    ...(since === undefined ? {} : { since }),
    ...(versus === undefined ? {} : { versus: { where: filters(versus, "versus") } }),
    ...(part === undefined || values.against === undefined ? {} : { part }),
    ...againstOf(only(againstOptions, values)),
    limit: wholeNumber(limit, "limit") ?? usualLimit,
    offset: wholeNumber(offset, "offset") ?? 0,
  };
}
