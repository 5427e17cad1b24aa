import { z } from "zod";
import { Attribution, AttributionRequest } from "../../contract/attribution.ts";
import { ArrivalToTry, ChannelDecision, ChannelReport, ChannelsRequest } from "../../contract/channels.ts";
import { CollectedRequest, CollectedRow } from "../../contract/collected.ts";
import { Holdout, HoldoutRequest } from "../../contract/holdout.ts";
import { Journey, JourneyRequest } from "../../contract/journey.ts";
import { Person, PersonRequest } from "../../contract/person.ts";
import { Readiness, ReadinessRequest } from "../../contract/readiness.ts";
import { LeadScore, MqlRuleText, PreviewRequest, ScorePreview, ScoreRequest } from "../../contract/score.ts";
import { SpendAudit, SpendAuditRequest } from "../../contract/spend-audit.ts";
import { ViewThrough, ViewThroughRequest } from "../../contract/view-through.ts";
import { eitherWay, listed, read, sent, type Route } from "../route.ts";

/** What people did before they bought, and what it was worth. */
export const journeyRoutes: readonly Route[] = [
  ...eitherWay(
    "/api/v1/attribution",
    "A credited outcome under every model: what holds under all of them, and what does not.",
    AttributionRequest,
    Attribution,
    (api, request, signal) => api.attribution(request, signal),
  ),
  read(
    "/api/v1/view-through",
    "The band of each channel or campaign, from its clicks to the most that it may have brought.",
    ViewThroughRequest,
    ViewThrough,
    (api, request, signal) => api.viewThrough(request, signal),
  ),
  sent(
    "/api/v1/holdout",
    "What a change of advertising brought, held against a control or the time before.",
    HoldoutRequest,
    Holdout,
    (api, request, signal) => api.holdout(request, signal),
  ),
  read(
    "/api/v1/spend-audit",
    "Where spend and touches do not meet, and campaigns that were renamed.",
    SpendAuditRequest,
    SpendAudit,
    (api, request, signal) => api.spendAudit(request, signal),
  ),
  read(
    "/api/v1/journey",
    "What one person did, in order, what came of it, and what each model gives each touch.",
    JourneyRequest,
    Journey,
    (api, request) => api.journey(request),
  ),
  read(
    "/api/v1/person",
    "Who is known by a name: the aliases, what joined them, and the leads.",
    PersonRequest,
    Person,
    (api, request) => api.person(request),
  ),
  read(
    "/api/v1/channels",
    "The rules that give channels, in order, and the pairs of source and medium that none of them names.",
    ChannelsRequest,
    ChannelReport,
    (api, request) => api.channels(request),
  ),
  read(
    "/api/v1/channels/try",
    "The channel that an arrival would have, and the rule that decides.",
    ArrivalToTry,
    ChannelDecision,
    (api, arrival) => api.tryChannel(arrival),
  ),
  read(
    "/api/v1/collected",
    "How many events came to each site, by day and type, and what became of them.",
    CollectedRequest,
    z.array(CollectedRow),
    (api, request) => api.collected(request),
  ),
  listed("/api/v1/mql-rule", "The rule by which a lead becomes an MQL, as the workspace says it.", MqlRuleText, (api) =>
    api.mqlRule(),
  ),
  sent(
    "/api/v1/mql-rule/preview",
    "How many leads would be MQLs by a proposed rule, and when; nothing of it is kept.",
    PreviewRequest,
    ScorePreview,
    (api, request) => api.previewScore(request),
  ),
  read(
    "/api/v1/leads/:lead/score",
    "Why a lead is an MQL, or is none: each touch with its points, then and now.",
    ScoreRequest,
    LeadScore,
    (api, request) => api.score(request),
  ),
  read(
    "/api/v1/readiness",
    "Which steps go with becoming an MQL: the lift of each, common paths, and the time between steps.",
    ReadinessRequest,
    Readiness,
    (api, request, signal) => api.readiness(request, signal),
  ),
];
