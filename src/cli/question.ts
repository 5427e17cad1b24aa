import type { Filter, Question } from "../contract/question.ts";
import { checkedQuestion } from "../ask/api.ts";
import { decimalNumber, pair, Usage, wholeNumber } from "./options.ts";

/** The options that say what is asked, for `ask` and `explain` alike. */
export const questionOptions = {
  variant: { type: "string" },
  by: { type: "string" },
  grain: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  where: { type: "string", multiple: true },
  clock: { type: "string" },
  window: { type: "string" },
  model: { type: "string" },
  "look-back": { type: "string" },
  views: { type: "boolean" },
  direct: { type: "string" },
  compare: { type: "string" },
  "as-of": { type: "string" },
  currency: { type: "string" },
  interval: { type: "string" },
  definition: { type: "string" },
  rank: { type: "boolean" },
} as const;

/** What a command line says of a question. */
export type QuestionValues = {
  readonly [K in Exclude<keyof typeof questionOptions, "where" | "rank" | "views">]?: string | undefined;
} & {
  readonly rank?: boolean | undefined;
  readonly views?: boolean | undefined;
  readonly where?: readonly string[] | undefined;
};

const none = (value: string): string | null => (value === "(none)" ? null : value);

/** `channel=email` keeps those, `channel!=email` all others; repeated ones of a dimension add up. */
export function filters(wheres: readonly string[], option: string): Record<string, Filter> {
  const found: Record<string, Filter> = {};
  for (const text of wheres) {
    const [left, right] = pair(text, option);
    const not = left.endsWith("!");
    const dimension = not ? left.slice(0, -1).trim() : left;
    const before = found[dimension];
    const values = before === undefined ? [] : Array.isArray(before) ? before : before.not;
    if (before !== undefined && Array.isArray(before) === not)
      throw new Usage(`--${option} takes ${dimension}= or ${dimension}!=, not both`);
    const all = [...values, none(right)];
    found[dimension] = not ? { not: all } : all;
  }
  return found;
}

const list = (text: string): string[] =>
  text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");

/** `win-ratio:closed` names an indicator and its variant, as the scoreboard writes them. */
function indicatorAndVariant(named: string, stated: string | undefined): Pick<Question, "indicator" | "variant"> {
  const [indicator = "", variant = stated] = named.split(":");
  if (stated !== undefined && variant !== stated)
    throw new Usage(`${named} is one variant and --variant ${stated} another; name one`);
  return { indicator, ...(variant === undefined ? {} : { variant }) };
}

/** The question that the words and options of a command line ask. */
export function questionOf(words: readonly string[], values: QuestionValues): Question {
  const [named, ...more] = words;
  if (named === undefined) throw new Usage("name an indicator, e.g. win-ratio; `embudo indicators` lists them");
  if (more.length > 0) throw new Usage(`one indicator at a time; ${more.join(" ")} is too much`);
  const { by, where, window, interval, definition, "as-of": asOf, "look-back": lookBack, ...rest } = values;
  const stated = {
    ...rest,
    ...indicatorAndVariant(named, rest.variant),
    by: by === undefined ? undefined : list(by),
    where: where === undefined ? undefined : filters(where, "where"),
    window: wholeNumber(window, "window"),
    lookBack: wholeNumber(lookBack, "look-back"),
    interval: decimalNumber(interval, "interval"),
    definition: wholeNumber(definition, "definition"),
    asOf,
  };
  return checkedQuestion(Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)));
}
