import { ForecastScores } from "../../contract/forecast.ts";
import { Funnel, FunnelRequest } from "../../contract/funnel.ts";
import { Retention, RetentionRequest } from "../../contract/retention.ts";
import { Revenue, RevenueRequest } from "../../contract/revenue.ts";
import { RepDetail, RepRequest } from "../../contract/rep.ts";
import { Reps, RepsRequest } from "../../contract/reps.ts";
import { eitherWay, listed, type Route } from "../route.ts";

/** What becomes of leads, deals and customers, and who brings it about. */
export const salesRoutes: readonly Route[] = [
  ...eitherWay(
    "/api/v1/funnel",
    "Where the leads of some days are, what is lost at which stage against the norm, and what leads are worth.",
    FunnelRequest,
    Funnel,
    (api, request, signal) => api.funnel(request, signal),
  ),
  ...eitherWay(
    "/api/v1/retention",
    "Whether customers stay: what each month gained and lost, who is there later, who left and why.",
    RetentionRequest,
    Retention,
    (api, request, signal) => api.retention(request, signal),
  ),
  ...eitherWay(
    "/api/v1/revenue",
    "Where the revenue of the month, the quarter and the year will land, how sure that is, and what it rests on.",
    RevenueRequest,
    Revenue,
    (api, request, signal) => api.revenue(request, signal),
  ),
  ...eitherWay(
    "/api/v1/reps",
    "Who creates opportunities and who closes them, against all reps together; `only` leaves the others nameless.",
    RepsRequest,
    Reps,
    (api, request, signal) => api.reps(request, signal),
  ),
  listed(
    "/api/v1/forecasts",
    "The sealed forecasts whose period is over, held against what came.",
    ForecastScores,
    (api) => api.forecasts(),
  ),
  ...eitherWay(
    "/api/v1/rep",
    "One rep against the nameless others: their side of the map, the deals they may lose, and their goals.",
    RepRequest,
    RepDetail,
    (api, request, signal) => api.rep(request, signal),
  ),
];
