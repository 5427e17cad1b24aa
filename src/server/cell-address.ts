import type { z } from "zod";
import { ExplainRequest } from "../contract/api.ts";
import { Question } from "../contract/question.ts";
import { fieldsFrom, parametersOf, valueOf, type Fields, type Parameter } from "./address.ts";
import { parse } from "./parse.ts";

const { question: _question, key: _key, versus: _versus, against: _against, ...cell } = ExplainRequest.shape;
const shape = { ...Question.shape, ...cell, versus: Question.shape.where };

/** The parameters of a cell: those of its question, those that say which cell and what of it, and `against.` another question. */
export const cellParameters: readonly Parameter[] = [
  ...parametersOf({ ...shape, key: Question.shape.where }),
  ...parametersOf(Question.shape).map((each) => ({ ...each, name: `against.${each.name}`, required: false })),
];

const present = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Parameters that begin with a prefix, without it, and all the others. */
function divided(search: URLSearchParams, prefix: string): { under: URLSearchParams; others: URLSearchParams } {
  const { under = [], others = [] } = Object.groupBy([...search], ([name]) =>
    name.startsWith(prefix) ? "under" : "others",
  );
  return {
    under: new URLSearchParams(under.map(([name, value]) => [name.slice(prefix.length), value])),
    others: new URLSearchParams(others),
  };
}

/** The question that another one is held against: `against.indicator=…&against.where.channel=email`. */
const againstFrom = (search: URLSearchParams): Question | undefined =>
  search.size === 0 ? undefined : parse(Question, fieldsFrom(search, Question.shape, "against."), "against.");

/** The values that say which row is meant: `key.rep=Ana`. */
const keyFrom = (search: URLSearchParams): Fields | undefined =>
  search.size === 0
    ? undefined
    : Object.fromEntries([...search].map(([name, value]) => [name, valueOf(value)] as const));

/** Reads the cell to explain from an address: a question with `key.<dimension>`, `period`, `versus.<dimension>`, `against.indicator` and the like. */
export function cellFrom(search: URLSearchParams): ExplainRequest {
  const { under: other, others: own } = divided(search, "against.");
  const { under: key, others } = divided(own, "key.");
  const fields = fieldsFrom(others, shape);
  const ofCell = (name: string): boolean => Object.hasOwn(cell, name) || name === "versus";
  const question = Object.fromEntries(Object.entries(fields).filter(([name]) => !ofCell(name)));
  const { versus, ...rest } = Object.fromEntries(Object.entries(fields).filter(([name]) => ofCell(name)));
  parse(Question, question);
  return parse(
    ExplainRequest as z.ZodType<ExplainRequest>,
    present({
      ...rest,
      question,
      key: keyFrom(key),
      versus: versus && { where: versus },
      against: againstFrom(other),
    }),
  );
}
