import { z } from "zod";
import { Answer } from "../contract/answer.ts";
import { Attainment } from "../contract/attainment.ts";
import { Attribution, AttributionRequest } from "../contract/attribution.ts";
import { ExplainRequest } from "../contract/api.ts";
import { ChannelDecision, ChannelReport } from "../contract/channels.ts";
import { CollectedRow } from "../contract/collected.ts";
import { CheckReport, CheckRequest } from "../contract/check.ts";
import { Catalogue } from "../contract/catalogue.ts";
import { DefinitionHistory } from "../contract/definitions.ts";
import { Explanation } from "../contract/explanation.ts";
import { Journey, JourneyRequest } from "../contract/journey.ts";
import { Funnel, FunnelRequest } from "../contract/funnel.ts";
import { Goal, GoalVersion } from "../contract/goal.ts";
import { Person, PersonRequest } from "../contract/person.ts";
import { Question } from "../contract/question.ts";
import { Receipt, Verification } from "../contract/receipt.ts";
import { Proposed, Rehearsal } from "../contract/rehearsal.ts";
import { Readiness } from "../contract/readiness.ts";
import { RejectedRow } from "../contract/rejected.ts";
import { LeadScore, MqlRuleText, PreviewRequest, ScorePreview } from "../contract/score.ts";
import { Holdout, HoldoutRequest } from "../contract/holdout.ts";
import { ViewThrough } from "../contract/view-through.ts";
import { SpendAudit } from "../contract/spend-audit.ts";
import { Scoreboard, ScoreboardAnswer } from "../contract/scoreboard.ts";
import {
  arrivalFrom,
  arrivalParameters,
  channelsFrom,
  definitionsFrom,
  attainmentFrom,
  attainmentParameters,
  attributionFrom,
  attributionParameters,
  cellParameters,
  collectedFrom,
  explainFrom,
  funnelFrom,
  funnelParameters,
  goalHistoryFrom,
  goalHistoryParameters,
  parse,
  questionFrom,
  questionParameters,
  readinessFrom,
  readinessParameters,
  rejectedFrom,
  scoreboardFrom,
  scoreboardParameters,
  spendAuditFrom,
  spendAuditParameters,
  viewThroughFrom,
  viewThroughParameters,
} from "./decode.ts";
import { collectDescribed } from "./collect-described.ts";
import { openApi } from "./openapi.ts";
import { exactText, receiptFile } from "./receipt-file.ts";
import { rowsCsv } from "./rows-csv.ts";
import type { Asked, Route } from "./route.ts";

const signalOf = (context: Asked): AbortSignal => context.req.raw.signal;
const searchOf = (context: Asked): URLSearchParams => new URL(context.req.url).searchParams;
const json = (schema?: z.ZodType) => ({ type: "application/json", ...(schema ? { schema } : {}) });

const ofQuestion = [...questionParameters, "where.{dimension}"];
const ofOther = ofQuestion.map((name) => `against.${name}`);
const ofCell = [...ofQuestion, "key.{dimension}", "versus.{dimension}", ...cellParameters, ...ofOther];

async function bodyOf(context: Asked): Promise<unknown> {
  const body: unknown = await context.req.json();
  return body;
}

/** Every route of the HTTP API. */
export const routes: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/ask",
    summary: "Ask a question in the address; get its answer.",
    parameters: ofQuestion,
    answer: json(Answer),
    handle: async (context, api) => context.json(await api.ask(questionFrom(searchOf(context)), signalOf(context))),
  },
  {
    method: "post",
    path: "/api/v1/ask",
    summary: "Ask a question as JSON; get its answer.",
    body: Question,
    answer: json(Answer),
    handle: async (context, api) =>
      context.json(await api.ask(parse(Question, await bodyOf(context)), signalOf(context))),
  },
  {
    method: "get",
    path: "/api/v1/explain",
    summary:
      "Open one cell of an answer: its math, its definition, its rows, its SQL, why it changed, how it differs from another.",
    parameters: ofCell,
    optional: ["part"],
    answer: json(Explanation),
    handle: async (context, api) => context.json(await api.explain(explainFrom(searchOf(context)), signalOf(context))),
  },
  {
    method: "post",
    path: "/api/v1/explain",
    summary: "Open one cell of an answer, asked as JSON.",
    body: ExplainRequest,
    answer: json(Explanation),
    handle: async (context, api) =>
      context.json(await api.explain(parse(ExplainRequest, await bodyOf(context)), signalOf(context))),
  },
  {
    method: "get",
    path: "/api/v1/explain/rows.csv",
    summary: "Every row behind one part of a cell, as CSV.",
    parameters: ofCell,
    answer: { type: "text/csv" },
    handle: async (context, api) => rowsCsv(searchOf(context), api, signalOf(context)),
  },
  {
    method: "get",
    path: "/api/v1/indicators",
    summary: "The workspace, and every indicator that can be asked.",
    answer: json(Catalogue),
    handle: async (context, api) => context.json(await api.catalogue()),
  },
  {
    method: "post",
    path: "/api/v1/check",
    summary: "Check that every row of the facts lands exactly once.",
    body: CheckRequest,
    answer: json(CheckReport),
    handle: async (context, api) => context.json(await api.check(parse(CheckRequest, await bodyOf(context)))),
  },
  {
    method: "get",
    path: "/api/v1/receipt",
    summary: "Answer a question in the address as a receipt, to keep and to verify.",
    parameters: ofQuestion,
    answer: json(Receipt),
    handle: async (context, api) => receiptFile(await api.receipt(questionFrom(searchOf(context)), signalOf(context))),
  },
  {
    method: "post",
    path: "/api/v1/receipt",
    summary: "Answer a question as a receipt, to keep and to verify.",
    body: Question,
    answer: json(Receipt),
    handle: async (context, api) =>
      receiptFile(await api.receipt(parse(Question, await bodyOf(context)), signalOf(context))),
  },
  {
    method: "post",
    path: "/api/v1/verify",
    summary: "Compute a receipt's answer again and hold it against the receipt, sent exactly as it was written.",
    body: Receipt,
    answer: json(Verification),
    handle: async (context, api) => context.json(await api.verify(await exactText(context), signalOf(context))),
  },
  {
    method: "get",
    path: "/api/v1/channels",
    summary: "The rules that give channels, in order, and the pairs of source and medium that none of them names.",
    parameters: ["limit"],
    answer: json(ChannelReport),
    handle: async (context, api) => context.json(await api.channels(channelsFrom(searchOf(context)))),
  },
  {
    method: "get",
    path: "/api/v1/channels/try",
    summary: "The channel that an arrival would have, and the rule that decides.",
    parameters: arrivalParameters,
    answer: json(ChannelDecision),
    handle: async (context, api) => context.json(await api.tryChannel(arrivalFrom(searchOf(context)))),
  },
  {
    method: "get",
    path: "/api/v1/rejected",
    summary: "The rows of the last loads that broke a rule, with their reason.",
    parameters: ["source", "fact", "limit", "offset"],
    answer: json(z.array(RejectedRow)),
    handle: async (context, api) => context.json(await api.rejected(rejectedFrom(searchOf(context)))),
  },
  {
    method: "get",
    path: "/api/v1/collected",
    summary: "How many events came to each site, by day and type, and what became of them.",
    parameters: ["site", "from", "to"],
    answer: json(z.array(CollectedRow)),
    handle: async (context, api) => context.json(await api.collected(collectedFrom(searchOf(context)))),
  },
  {
    method: "get",
    path: "/api/v1/journey",
    summary: "What one person did, in order, what came of it, and what each model gives each touch.",
    parameters: ["name", "outcome"],
    answer: json(Journey),
    handle: async (context, api) =>
      context.json(await api.journey(parse(JourneyRequest, Object.fromEntries(searchOf(context))))),
  },
  {
    method: "get",
    path: "/api/v1/person",
    summary: "Who is known by a name: the aliases, what joined them, and the leads.",
    parameters: ["name"],
    answer: json(Person),
    handle: async (context, api) =>
      context.json(await api.person(parse(PersonRequest, Object.fromEntries(searchOf(context))))),
  },
  {
    method: "get",
    path: "/api/v1/definitions",
    summary: "Every version of the company's definitions and settings, each with what it changed.",
    parameters: ["id"],
    answer: json(z.array(DefinitionHistory)),
    handle: async (context, api) => context.json(await api.definitions(definitionsFrom(searchOf(context)))),
  },
  {
    method: "post",
    path: "/api/v1/rehearse",
    summary: "What a proposed definition, or proposed settings, would change; nothing of it is kept.",
    body: Proposed,
    answer: json(Rehearsal),
    handle: async (context, api) => context.json(await api.rehearse(parse(Proposed, await bodyOf(context)))),
  },
  {
    method: "get",
    path: "/api/v1/mql-rule",
    summary: "The rule by which a lead becomes an MQL, as the workspace says it.",
    answer: json(MqlRuleText),
    handle: async (context, api) => context.json(await api.mqlRule()),
  },
  {
    method: "post",
    path: "/api/v1/mql-rule/preview",
    summary: "How many leads would be MQLs by a proposed rule, and when; nothing of it is kept.",
    body: PreviewRequest,
    answer: json(ScorePreview),
    handle: async (context, api) => context.json(await api.previewScore(parse(PreviewRequest, await bodyOf(context)))),
  },
  {
    method: "get",
    path: "/api/v1/leads/:lead/score",
    summary: "Why a lead is an MQL, or is none: each touch with its points, then and now.",
    answer: json(LeadScore),
    handle: async (context, api) => context.json(await api.score({ lead: context.req.param("lead") ?? "" })),
  },
  {
    method: "get",
    path: "/api/v1/spend-audit",
    summary: "Where spend and touches do not meet, and campaigns that were renamed.",
    parameters: spendAuditParameters,
    answer: json(SpendAudit),
    handle: async (context, api) =>
      context.json(await api.spendAudit(spendAuditFrom(searchOf(context)), signalOf(context))),
  },
  {
    method: "post",
    path: "/api/v1/holdout",
    summary: "What a change of advertising brought, held against a control or the time before.",
    body: HoldoutRequest,
    answer: json(Holdout),
    handle: async (context, api) =>
      context.json(await api.holdout(parse(HoldoutRequest, await bodyOf(context)), signalOf(context))),
  },
  {
    method: "get",
    path: "/api/v1/view-through",
    summary: "The band of each channel or campaign, from its clicks to the most that it may have brought.",
    parameters: viewThroughParameters,
    answer: json(ViewThrough),
    handle: async (context, api) =>
      context.json(await api.viewThrough(viewThroughFrom(searchOf(context)), signalOf(context))),
  },
  {
    method: "get",
    path: "/api/v1/readiness",
    summary: "Which steps go with becoming an MQL: the lift of each, common paths, and the time between steps.",
    parameters: readinessParameters,
    answer: json(Readiness),
    handle: async (context, api) =>
      context.json(await api.readiness(readinessFrom(searchOf(context)), signalOf(context))),
  },
  {
    method: "get",
    path: "/api/v1/goals",
    summary: "The workspace's goals.",
    answer: json(z.array(Goal)),
    handle: async (context, api) => context.json(await api.goals()),
  },
  {
    method: "get",
    path: "/api/v1/goals/history",
    summary: "Every version of the goals: who set what, and when.",
    parameters: goalHistoryParameters,
    optional: ["indicator"],
    answer: json(z.array(GoalVersion)),
    handle: async (context, api) => context.json(await api.goalHistory(goalHistoryFrom(searchOf(context)))),
  },
  {
    method: "get",
    path: "/api/v1/scoreboards",
    summary: "The scoreboards: the nine, and those of the workspace.",
    answer: json(z.array(Scoreboard)),
    handle: async (context, api) => context.json(await api.scoreboards()),
  },
  {
    method: "get",
    path: "/api/v1/scoreboards/:name",
    summary: "One scoreboard, filled in: each indicator with its change and its goal.",
    parameters: scoreboardParameters,
    answer: json(ScoreboardAnswer),
    handle: async (context, api) => {
      const request = scoreboardFrom(context.req.param("name") ?? "", searchOf(context));
      return context.json(await api.scoreboard(request, signalOf(context)));
    },
  },
  {
    method: "get",
    path: "/api/v1/attainment",
    summary: "Goals whose period starts in a range, held against what happened.",
    parameters: attainmentParameters,
    optional: ["indicator"],
    answer: json(z.array(Attainment)),
    handle: async (context, api) =>
      context.json(await api.attainment(attainmentFrom(searchOf(context)), signalOf(context))),
  },
  {
    method: "get",
    path: "/api/v1/attribution",
    summary: "A credited outcome under every model: what holds under all of them, and what does not.",
    parameters: [...attributionParameters, "where.{dimension}"],
    answer: json(Attribution),
    handle: async (context, api) =>
      context.json(await api.attribution(attributionFrom(searchOf(context)), signalOf(context))),
  },
  {
    method: "post",
    path: "/api/v1/attribution",
    summary: "A credited outcome under every model, asked as JSON.",
    body: AttributionRequest,
    answer: json(Attribution),
    handle: async (context, api) =>
      context.json(await api.attribution(parse(AttributionRequest, await bodyOf(context)), signalOf(context))),
  },
  {
    method: "get",
    path: "/api/v1/funnel",
    summary:
      "Where the leads of some days are, what is lost at which stage against the norm, and what leads are worth.",
    parameters: [...funnelParameters, "where.{dimension}"],
    answer: json(Funnel),
    handle: async (context, api) => context.json(await api.funnel(funnelFrom(searchOf(context)), signalOf(context))),
  },
  {
    method: "post",
    path: "/api/v1/funnel",
    summary: "The path of the leads of some days, asked as JSON.",
    body: FunnelRequest,
    answer: json(Funnel),
    handle: async (context, api) =>
      context.json(await api.funnel(parse(FunnelRequest, await bodyOf(context)), signalOf(context))),
  },
  {
    method: "get",
    path: "/api/v1/openapi.json",
    summary: "This document.",
    answer: json(),
    handle: (context) => Promise.resolve(context.json(openApi([...routes, ...collectDescribed]))),
  },
];
