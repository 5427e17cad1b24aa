import type { z } from "zod";
import { AttainmentRequest } from "../contract/attainment.ts";
import { AttributionRequest } from "../contract/attribution.ts";
import { ExplainRequest } from "../contract/api.ts";
import { FunnelRequest } from "../contract/funnel.ts";
import { GoalHistoryRequest } from "../contract/goal.ts";
import { Question } from "../contract/question.ts";
import { DefinitionsRequest } from "../contract/definitions.ts";
import { ArrivalToTry, ChannelsRequest } from "../contract/channels.ts";
import { CollectedRequest } from "../contract/collected.ts";
import { ViewThroughRequest } from "../contract/view-through.ts";
import { SpendAuditRequest } from "../contract/spend-audit.ts";
import { ReadinessRequest } from "../contract/readiness.ts";
import { RejectedRequest } from "../contract/rejected.ts";
import { ScoreboardRequest } from "../contract/scoreboard.ts";
import { Problem } from "../engine/problem.ts";

const none = "(none)";
const remedy = "see /api/v1/openapi.json for the parameters of each route";

/** A request that is not understood: it names the parameter. */
export const badRequest = (parameter: string, message: string): Problem =>
  new Problem("bad-request", `invalid ${parameter}: ${message}`, remedy, { parameter });

/** Reads a value with a schema of the contract; what does not fit is refused by its name. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, prefix = ""): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join(".") ?? "";
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  throw badRequest(prefix + (unknown ?? (path || "body")), issue?.message ?? "not understood");
}

type Fields = Record<string, unknown>;
type Reader = (value: string, name: string) => unknown;

const text: Reader = (value) => value;
const list: Reader = (value) => value.split(",").filter((part) => part !== "");

const number: Reader = (value, name) => {
  if (value.trim() === "" || Number.isNaN(Number(value))) throw badRequest(name, `${value}; expected a number`);
  return Number(value);
};

const flag: Reader = (value, name) => {
  if (value !== "true" && value !== "false") throw badRequest(name, `${value}; expected true or false`);
  return value === "true";
};

const compare: Reader = (value) => {
  const [from, to, ...rest] = value.split("..");
  return to === undefined || rest.length > 0 ? value : { from, to };
};

const bucket: Reader = (value) => {
  const at = value.indexOf(":");
  return { side: value.slice(0, Math.max(0, at)), reason: value.slice(at + 1) };
};

const questionReaders: Readonly<Record<string, Reader>> = {
  indicator: text,
  variant: text,
  by: list,
  grain: text,
  from: text,
  to: text,
  clock: text,
  window: number,
  model: text,
  lookBack: number,
  views: flag,
  direct: text,
  compare,
  asOf: text,
  currency: text,
  interval: number,
  definition: number,
  rank: flag,
};

const cellReaders: Readonly<Record<string, Reader>> = {
  period: text,
  over: text,
  movers: flag,
  since: text,
  part: text,
  againstPart: text,
  bucket,
  limit: number,
  offset: number,
};

/** The parameters of a question in an address, besides `where.<dimension>`. */
export const questionParameters = Object.keys(questionReaders);

/** The parameters of a cell in an address, besides `key.<dimension>`. */
export const cellParameters = Object.keys(cellReaders);

/** Reads a question from an address: `indicator=…&by=channel,rep&where.channel=!Meta`. */
export function questionFrom(search: URLSearchParams): Question {
  return parse(Question, fieldsFrom(search, questionReaders, ["where."]).fields);
}

const present = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The parameters that begin with a prefix, without it. */
const under = (search: URLSearchParams, prefix: string): URLSearchParams =>
  new URLSearchParams(
    [...search].flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [])),
  );

const apartFrom = (search: URLSearchParams, prefix: string): URLSearchParams =>
  new URLSearchParams([...search].filter(([name]) => !name.startsWith(prefix)));

/** The question that another one is held against: `against.indicator=…&against.where.channel=email`. */
function againstFrom(search: URLSearchParams): Fields {
  const { fields } = fieldsFrom(search, questionReaders, ["where."], "against.");
  return Object.keys(fields).length === 0 ? {} : { against: parse(Question, fields, "against.") };
}

/** Reads the cell to explain from an address: a question with `key.<dimension>`, `period`, `versus.<dimension>`, `against.indicator` and the like. */
export function explainFrom(search: URLSearchParams): ExplainRequest {
  const readers = { ...questionReaders, ...cellReaders };
  const own = apartFrom(search, "against.");
  const { fields, keyed } = fieldsFrom(own, readers, ["where.", "key.", "versus."]);
  const { period, over, movers, since, part, againstPart, bucket, limit, offset, ...question } = fields;
  const key = Object.fromEntries((keyed["key."] ?? []).map(([name, value]) => [name, valueOf(value)]));
  const request = present({
    question,
    key: keyed["key."] && key,
    versus: keyed["versus."] && { where: filtersFrom(keyed["versus."], "versus.") },
    period,
    over,
    movers,
    since,
    part,
    againstPart,
    bucket,
    limit,
    offset,
    ...againstFrom(under(search, "against.")),
  });
  parse(Question, question);
  return parse(ExplainRequest, request);
}

const rejectedReaders: Readonly<Record<string, Reader>> = { source: text, fact: text, limit: number, offset: number };

/** Reads which definition's versions are wanted from an address. */
export const definitionsFrom = (search: URLSearchParams): DefinitionsRequest =>
  parse(DefinitionsRequest, fieldsFrom(search, { id: text }, []).fields);

const arrivalReaders: Readonly<Record<string, Reader>> = {
  kind: text,
  url: text,
  referrer: text,
  source: text,
  medium: text,
  campaign: text,
  click_id: text,
};
export const arrivalParameters = Object.keys(arrivalReaders);

/** Reads how much of the report on channels is wanted from an address. */
export const channelsFrom = (search: URLSearchParams): ChannelsRequest =>
  parse(ChannelsRequest, fieldsFrom(search, { limit: number }, []).fields);

/** Reads an arrival to try from an address. */
export const arrivalFrom = (search: URLSearchParams): ArrivalToTry =>
  parse(ArrivalToTry, fieldsFrom(search, arrivalReaders, []).fields);

/** Reads which rejected rows are wanted from an address. */
export const rejectedFrom = (search: URLSearchParams): RejectedRequest =>
  parse(RejectedRequest, fieldsFrom(search, rejectedReaders, []).fields);

const collectedReaders: Readonly<Record<string, Reader>> = { site: text, from: text, to: text };

/** Reads which collected events are wanted from an address. */
export const collectedFrom = (search: URLSearchParams): CollectedRequest =>
  parse(CollectedRequest, fieldsFrom(search, collectedReaders, []).fields);

const attainmentReaders: Readonly<Record<string, Reader>> = {
  from: text,
  to: text,
  scopeKind: text,
  scope: text,
  indicator: text,
  asOf: text,
};

/** The parameters that say which goals are wanted. */
export const attainmentParameters = Object.keys(attainmentReaders);

/** Reads which goals are wanted from an address. */
export const attainmentFrom = (search: URLSearchParams): AttainmentRequest =>
  parse(AttainmentRequest, fieldsFrom(search, attainmentReaders, []).fields);

const attributionReaders: Readonly<Record<string, Reader>> = {
  by: text,
  of: text,
  settings: text,
  from: text,
  to: text,
  model: text,
  lookBack: number,
  views: flag,
  direct: text,
  asOf: text,
  currency: text,
};

/** The parameters of a comparison of models, besides `where.<dimension>`. */
export const attributionParameters = Object.keys(attributionReaders);

/** Reads which comparison of models is wanted from an address. */
export const attributionFrom = (search: URLSearchParams): AttributionRequest =>
  parse(AttributionRequest, fieldsFrom(search, attributionReaders, ["where."]).fields);

const funnelReaders: Readonly<Record<string, Reader>> = {
  by: text,
  from: text,
  to: text,
  model: text,
  asOf: text,
  currency: text,
};

/** The parameters of the funnel, besides `where.<dimension>`. */
export const funnelParameters = Object.keys(funnelReaders);

/** Reads which funnel is wanted from an address. */
export const funnelFrom = (search: URLSearchParams): FunnelRequest =>
  parse(FunnelRequest, fieldsFrom(search, funnelReaders, ["where."]).fields);

const scoreboardReaders: Readonly<Record<string, Reader>> = { from: text, to: text, asOf: text };

/** The parameters of a scoreboard, besides its name in the path. */
export const scoreboardParameters = Object.keys(scoreboardReaders);

/** Reads which scoreboard is wanted from an address. */
export const scoreboardFrom = (name: string, search: URLSearchParams): ScoreboardRequest =>
  parse(ScoreboardRequest, { name, ...fieldsFrom(search, scoreboardReaders, []).fields });

const readinessReaders: Readonly<Record<string, Reader>> = {
  by: text,
  from: text,
  to: text,
  window: number,
  landmark: number,
  interval: number,
};

/** The parameters that say whose steps are wanted. */
export const readinessParameters = Object.keys(readinessReaders);

/** Reads whose steps are wanted from an address. */
export const readinessFrom = (search: URLSearchParams): ReadinessRequest =>
  parse(ReadinessRequest, fieldsFrom(search, readinessReaders, []).fields);

const viewThroughReaders: Readonly<Record<string, Reader>> = {
  by: text,
  from: text,
  to: text,
  model: text,
  lookBack: number,
  asOf: text,
  currency: text,
};

/** The parameters that say whose band is wanted. */
export const viewThroughParameters = Object.keys(viewThroughReaders);

/** Reads whose band is wanted from an address. */
export const viewThroughFrom = (search: URLSearchParams): ViewThroughRequest =>
  parse(ViewThroughRequest, fieldsFrom(search, viewThroughReaders, []).fields);

const spendAuditReaders: Readonly<Record<string, Reader>> = { from: text, to: text };

/** The parameters that say which spend is looked at. */
export const spendAuditParameters = Object.keys(spendAuditReaders);

/** Reads which spend is looked at from an address. */
export const spendAuditFrom = (search: URLSearchParams): SpendAuditRequest =>
  parse(SpendAuditRequest, fieldsFrom(search, spendAuditReaders, []).fields);

const goalHistoryReaders: Readonly<Record<string, Reader>> = { indicator: text, scopeKind: text, scope: text };

/** The parameters that say whose history is wanted. */
export const goalHistoryParameters = Object.keys(goalHistoryReaders);

/** Reads whose history is wanted from an address. */
export const goalHistoryFrom = (search: URLSearchParams): GoalHistoryRequest =>
  parse(GoalHistoryRequest, fieldsFrom(search, goalHistoryReaders, []).fields);

function fieldsFrom(search: URLSearchParams, readers: Readonly<Record<string, Reader>>, prefixes: string[], path = "") {
  const fields: Fields = {};
  const keyed: Record<string, [string, string][]> = {};
  for (const [name, value] of search) {
    const prefix = prefixes.find((each) => name.startsWith(each) && name.length > each.length);
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (prefix !== undefined) (keyed[prefix] ??= []).push([name.slice(prefix.length), value]);
    else if (reader === undefined) throw badRequest(path + name, "unknown parameter");
    else if (Object.hasOwn(fields, name)) throw badRequest(path + name, "given twice");
    else fields[name] = reader(value, path + name);
  }
  if (keyed["where."]) fields["where"] = filtersFrom(keyed["where."], `${path}where.`);
  return { fields, keyed };
}

/** Filters by dimension; a repeated one is a list, and `!` before the value keeps it out. */
function filtersFrom(pairs: readonly [string, string][], prefix: string): Fields {
  const filters: Fields = {};
  for (const [name, values] of Map.groupBy(pairs, ([dimension]) => dimension)) {
    const negated = values.filter(([, value]) => value.startsWith("!"));
    if (negated.length > 0 && negated.length < values.length)
      throw badRequest(`${prefix}${name}`, "mixes values with excluded ones");
    filters[name] =
      negated.length > 0
        ? { not: values.map(([, value]) => valueOf(value.slice(1))) }
        : values.map(([, value]) => valueOf(value));
  }
  return filters;
}

/** A value of a dimension: `(none)` is having none; a backslash frees a value that begins like a sign. */
function valueOf(value: string): string | null {
  if (value === none) return null;
  return value.startsWith("\\") ? value.slice(1) : value;
}
