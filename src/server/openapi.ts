import { z } from "zod";
import { ProblemBody } from "../contract/problem.ts";
import type { Parameter } from "./address.ts";
import type { Described } from "./route.ts";

type Json = Record<string, unknown>;

const notes: Readonly<Record<string, string>> = {
  settings: "`all` holds the numbers against every setting, `models` against the models alone.",
  outcome: "The outcome whose shares are told, as `deal:D1`; the first of the greatest kind where it is left out.",
  of: "The outcome that is credited: revenue, leads, mql, sql or customers.",
  indicator: "The indicator's id, such as win-ratio.",
  variant: "The variant's id; the first of the catalogue where it is left out.",
  by: "Dimensions to split by, with commas between them.",
  grain: "The length of the periods to split by.",
  from: "The first day.",
  to: "The day after the last.",
  clock: "Which date puts a row in a period.",
  window: "Days that a cohort is given.",
  probability: "Whether the probability of reaching goals of revenue is wanted.",
  winRate: "By which factor more deals would be won from today on.",
  dealValue: "By which factor deals would be worth more from today on.",
  leads: "By which factor more leads would come from today on.",
  model: "The attribution model.",
  lookBack: "Days before an outcome in which touches earn credit.",
  views: "`true` lets what was only seen earn credit too.",
  direct: "`yields` lets direct touches earn nothing where a journey has others.",
  compare: "`previous`, `year`, or days as `from..to` (`to` exclusive).",
  asOf: "The instant whose knowledge answers; a day means its end.",
  currency: "The currency of money.",
  interval: "The level of intervals, such as 0.8.",
  id: "The indicator's id, or `(company)` for the settings; all where it is left out.",
  definition: "The version of the indicator's definition; the one in force on the last day where it is left out.",
  rank: "`true` puts the rows in order, each with the probability that it is the best.",
  "where.{dimension}":
    "Lets through a value of the dimension; repeat it for several. `!value` keeps one out, `(none)` is having none.",
  "key.{dimension}": "The cell's value of a dimension that the question is split by; `(none)` is having none.",
  "versus.{dimension}": "Why it differs from these values of the dimension, written like those of `where`.",
  period: "The cell's period.",
  movers: "`true` looks for the biggest movers over all dimensions, `false` does not.",
  over: "The dimension over which the change is split.",
  since: "An earlier instant of knowledge, or the end of a day: what changed since then, by cause.",
  scopeKind: "What the goals are of: company, team, rep, segment, channel, campaign or product.",
  name: "Which one.",
  lead: "The lead's id, as its source gives it.",
  landmark: "Days after the lead came in until which a step counts.",
  site: "The site's name in embudo.yaml; all, or the only one, where it is left out.",
  s: "The site's name; the only one where it is left out.",
  c: "The campaign.",
  cr: "The ad.",
  src: "The source.",
  med: "The medium.",
  aid: "The visitor's first-party id, where they agreed to it.",
  opener: "Who is taken to have opened a deal: `created_by`, `sourcer` or `rep`.",
  only: "The one rep who is named; the others are told as a band.",
  rep: "Who sells, as deals name them.",
  scope: "Which team, rep, and so on.",
  limit: "At most so many rows of each part.",
  kind: "The kind of touch, or `lead`; `visit` where it is left out.",
  url: "The address that was opened, with its parameters.",
  referrer: "The address that the visitor came from.",
  source: "The source: whose rejected rows are wanted, or what an arrival states beside its address.",
  fact: "The table that a row was for, such as lead.",
  medium: "The medium, where it is stated beside the address.",
  campaign: "The campaign, where it is stated beside the address.",
  click_id: "A click id as `name=value`, where it is stated beside the address.",
  offset: "From this row on.",
  part: "The id of a part of the formula: whose rows are wanted, or that is held against the other question's.",
  againstPart: "The part of the other question that this one's is held against.",
  bucket: "The bucket of the bridge whose contents are wanted, as `side:reason`.",
};

/** A part of a path that is a parameter: `:name`. */
const named = /:(\w+)/g;

/** The OpenAPI 3.1 document of a table of routes. */
export function openApi(routes: readonly Described[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(named, "{$1}");
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Embudo",
      version: "1",
      description: "One question, one answer. Refusals are problems: what happened and what to do.",
    },
    paths,
    components: { schemas: { Problem: schemaOf(ProblemBody) } },
  };
}

function operation({ method, path, summary, parameters = [], body, answer }: Described): Json {
  const refusal = {
    description: "A refusal.",
    content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
  const all = [...[...path.matchAll(named)].map(([, name = ""]) => inPath(name)), ...parameters.map(parameter)];
  return {
    operationId: `${method}${path.replace("/api/v1", "").replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    ...(all.length > 0 ? { parameters: all } : {}),
    ...(body ? { requestBody: { required: true, content: { "application/json": { schema: schemaOf(body) } } } } : {}),
    responses: {
      200: {
        description: "The answer.",
        content: { [answer.type]: answer.schema ? { schema: schemaOf(answer.schema) } : {} },
      },
      400: refusal,
      422: refusal,
      500: refusal,
    },
  };
}

/** What a parameter is; those of the other question are those of a question. */
const noteOf = (name: string): string =>
  name.startsWith("against.")
    ? `Of the question that this one is held against. ${notes[name.slice("against.".length)]}`
    : (notes[name] ?? "");

const inPath = (name: string): Json => ({
  name,
  in: "path",
  required: true,
  description: notes[name],
  schema: { type: "string" },
});

/** A parameter; those of a pattern are told with one dimension as the example. */
const parameter = ({ name, required, type }: Parameter): Json => ({
  name: name.replace("{dimension}", "channel"),
  in: "query",
  required,
  description: noteOf(name) + (name.includes("{dimension}") ? ` Any dimension: \`${name}\`.` : ""),
  schema: { type },
});

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: "draft-2020-12", unrepresentable: "any" });
  return rest;
}
