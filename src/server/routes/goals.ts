import { z } from "zod";
import { Attainment, AttainmentRequest } from "../../contract/attainment.ts";
import { DefinitionHistory, DefinitionsRequest } from "../../contract/definitions.ts";
import { Goal, GoalHistoryRequest, GoalVersion } from "../../contract/goal.ts";
import { Proposed, Rehearsal } from "../../contract/rehearsal.ts";
import { Scoreboard, ScoreboardAnswer, ScoreboardRequest } from "../../contract/scoreboard.ts";
import { listed, read, sent, type Route } from "../route.ts";

/** What the company means by its numbers, and what it wants of them. */
export const goalRoutes: readonly Route[] = [
  read(
    "/api/v1/definitions",
    "Every version of the company's definitions and settings, each with what it changed.",
    DefinitionsRequest,
    z.array(DefinitionHistory),
    (api, request) => api.definitions(request),
  ),
  sent(
    "/api/v1/rehearse",
    "What a proposed definition, or proposed settings, would change; nothing of it is kept.",
    Proposed,
    Rehearsal,
    (api, proposed) => api.rehearse(proposed),
  ),
  listed("/api/v1/goals", "The workspace's goals.", z.array(Goal), (api) => api.goals()),
  read(
    "/api/v1/goals/history",
    "Every version of the goals: who set what, and when.",
    GoalHistoryRequest,
    z.array(GoalVersion),
    (api, request) => api.goalHistory(request),
  ),
  read(
    "/api/v1/attainment",
    "Goals whose period starts in a range, held against what happened.",
    AttainmentRequest,
    z.array(Attainment),
    (api, request, signal) => api.attainment(request, signal),
  ),
  listed("/api/v1/scoreboards", "The scoreboards: the nine, and those of the workspace.", z.array(Scoreboard), (api) =>
    api.scoreboards(),
  ),
  read(
    "/api/v1/scoreboards/:name",
    "One scoreboard, filled in: each indicator with its change and its goal.",
    ScoreboardRequest,
    ScoreboardAnswer,
    (api, request, signal) => api.scoreboard(request, signal),
  ),
];
