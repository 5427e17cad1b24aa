import type { ExplainRequest } from "../../contract/api.ts";
import type { Explanation } from "../../contract/explanation.ts";
import type { ProblemBody } from "../../contract/problem.ts";
import type { Question } from "../../contract/question.ts";
import { attempt } from "../attempt.ts";
import { baseQuestion, entryOf, type Context } from "../context.ts";
import type { Kind } from "../format.ts";
import { kindOf } from "../kind.ts";
import { trendSpan } from "../series.ts";
import { parseTarget, type Target } from "../target.ts";

/** Rows that the panel shows at a time. */
export const pageSize = 50;

export interface Explained {
  target: Target;
  kind: Kind;
  explanation: Explanation | null;
  problem: ProblemBody | null;
  /** The part whose rows are shown. */
  part: string | null;
  offset: number;
  /** Addresses of every row of a part as CSV, by part. */
  csv: Record<string, string>;
  /** The address of the answer's receipt. */
  receipt: string;
}

/** Opens the number that an address's `x` names; nothing where it names none. */
export async function loadExplanation(context: Context): Promise<Explained | null> {
  const target = context.address.explain === undefined ? undefined : parseTarget(context.address.explain);
  const entry = target && entryOf(context.catalogue, target.indicator);
  if (target === undefined || entry === undefined) return null;
  const request = requestOf(context, target);
  const { offset } = context.address;
  const { answer, problem } = await attempt(context.api.explain({ ...request, limit: pageSize, offset }));
  const { explanation, part } = withRowsOf(answer, context.address.part);
  return {
    target,
    kind: kindOf(answer?.indicator.variant ?? "", answer?.indicator.unit ?? entry.variants[0]?.unit ?? "count"),
    explanation,
    problem,
    part,
    offset,
    receipt: `/api/v1/receipt?${searchOfQuestion(request.question)}`,
    csv: Object.fromEntries((explanation?.parts ?? []).map(({ id }) => [id, csvHref(request, id)])),
  };
}

/** Keeps the rows of the part that is shown; those of the others are not sent. */
function withRowsOf(explanation: Explanation | null, wanted: string | undefined) {
  const part = explanation?.parts.find(({ id }) => id === wanted) ?? explanation?.parts[0];
  if (explanation === null || part === undefined) return { explanation, part: null };
  const parts = explanation.parts.map((each) => (each === part ? each : { ...each, rows: [] }));
  return { explanation: { ...explanation, parts }, part: part.id };
}

/** The cell as the engine is asked to open it. */
export function requestOf(context: Context, { indicator, variant, key, period }: Target): ExplainRequest {
  const by = Object.keys(key);
  const grain = context.address.path === "/" ? "month" : (context.address.grain ?? "month");
  const { from, to } = period === undefined ? context.period : trendSpan(context.period, grain);
  const question = {
    ...baseQuestion(context, indicator, variant),
    from,
    to,
    ...(by.length > 0 ? { by } : {}),
    ...(period === undefined ? {} : { grain }),
  };
  return { question, ...(by.length > 0 ? { key } : {}), ...(period === undefined ? {} : { period }) };
}

const none = "(none)";

/** A value as the HTTP API reads it: a backslash frees one that begins like a sign. */
const spelled = (value: string | null): string => {
  if (value === null) return none;
  return value === none || /^[!\\]/.test(value) ? `\\${value}` : value;
};

/** The address of a part's rows as CSV. */
export const csvHref = (request: ExplainRequest, part: string): string =>
  `/api/v1/explain/rows.csv?${searchOfCell(request)}&${new URLSearchParams({ part })}`;

/** A question in the grammar of the HTTP API. */
function searchOfQuestion(question: Question): URLSearchParams {
  const search = new URLSearchParams({ indicator: question.indicator });
  const { variant, by, grain, from, to, clock, model, asOf } = question;
  const numbers = { window: question.window?.toString(), definition: question.definition?.toString() };
  const plain = { variant, by: by?.join(","), grain, from, to, clock, ...numbers, model, asOf };
  for (const [name, value] of Object.entries(plain)) if (value) search.set(name, value);
  for (const [name, filter] of Object.entries(question.where ?? {})) {
    const [sign, values] = Array.isArray(filter) ? ["", filter] : ["!", filter.not];
    for (const value of values) search.append(`where.${name}`, sign + spelled(value));
  }
  return search;
}

/** A cell in the grammar of the HTTP API. */
function searchOfCell({ question, key = {}, period }: ExplainRequest): URLSearchParams {
  const search = searchOfQuestion(question);
  if (period !== undefined) search.set("period", period);
  for (const [name, value] of Object.entries(key)) search.set(`key.${name}`, spelled(value));
  return search;
}
