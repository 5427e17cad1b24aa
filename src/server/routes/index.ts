import { collectDescribed } from "../collect-described.ts";
import { openApi } from "../openapi.ts";
import { json, type Route } from "../route.ts";
import { goalRoutes } from "./goals.ts";
import { journeyRoutes } from "./journeys.ts";
import { questionRoutes } from "./questions.ts";
import { salesRoutes } from "./sales.ts";

const served: readonly Route[] = [...questionRoutes, ...goalRoutes, ...journeyRoutes, ...salesRoutes];

const described: Route = {
  method: "get",
  path: "/api/v1/openapi.json",
  summary: "This document.",
  answer: json(),
  handle: (context) => Promise.resolve(context.json(openApi([...routes, ...collectDescribed]))),
};

/** Every route of the HTTP API. */
export const routes: readonly Route[] = [...served, described];
