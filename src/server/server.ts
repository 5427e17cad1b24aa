import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Endpoint } from "../collect/index.ts";
import type { Api } from "../contract/api.ts";
import { Problem } from "../engine/problem.ts";
import type { Inbox } from "../sources/webhook/index.ts";
import { readAssets } from "./assets.ts";
import { collectRoutes } from "./collect.ts";
import { failure, understood, type Log } from "./failures.ts";
import { inboxRoutes } from "./inbox.ts";
import { operationRoutes, type Operations } from "./operations.ts";
import { pages, type Renderer } from "./pages.ts";
import { routes } from "./routes/index.ts";
import { onlyLoopback, onlySameOrigin, secureHeaders, type Variables } from "./security.ts";

/** What a server is made of; everything that acts on the world comes from outside. */
export interface ServerParts {
  api: Api;
  render: Renderer;
  /** The folder of the built pages, with their manifest. */
  assetsFolder: string;
  now: () => Date;
  operations?: Operations;
  /** Where the pages of other sites send to. */
  collect?: Endpoint;
  /** What other systems send to. */
  inbox?: Inbox;
  log?: Log;
}

const largest = 1_000_000;
const largestImport = 50_000_000;

const toStandardError: Log = ({ id, method, path, error }) =>
  void process.stderr.write(`${id} ${method} ${path}
${error instanceof Error ? error.stack : String(error)}
`);

/** The whole server as one app: pages, HTTP API, files and local operations. */
export function createServer({
  api,
  render,
  assetsFolder,
  now,
  operations,
  collect,
  inbox,
  log = toStandardError,
}: ServerParts): Hono<Variables> {
  const app = new Hono<Variables>();
  app.onError((error, context) => failure(context, understood(error), log));
  app.route("/", collectRoutes(collect));
  app.route("/in", inboxRoutes(inbox));
  app.use("*", secureHeaders, onlyLoopback, onlySameOrigin, limitOf(largest));
  app.get("/healthz", (context) => context.json({ status: "ok", now: now().toISOString() }));
  addApi(app, api);
  if (operations) app.route("/api/v1/operations", operationRoutes(operations, log));
  app.all("/api/v1/*", (context) => {
    throw new Problem(
      "not-found",
      `there is no ${context.req.method} ${context.req.path}`,
      "see /api/v1/openapi.json for the routes",
    );
  });
  app.route("/", pages({ api, render, assets: readAssets(assetsFolder), now, log }));
  app.notFound((context) =>
    failure(context, new Problem("not-found", `there is no ${context.req.path}`, "check the address"), log),
  );
  return app;
}

/** The routes of the table, timed. */
function addApi(app: Hono<Variables>, api: Api): void {
  for (const { method, path, handle } of routes) {
    app.on(method.toUpperCase(), path, async (context) => {
      const start = performance.now();
      const answer = await handle(context, api);
      const took = (performance.now() - start).toFixed(1);
      return new Response(answer.body, {
        status: answer.status,
        headers: { ...Object.fromEntries(answer.headers), "Server-Timing": `total;dur=${took}` },
      });
    });
  }
}

/** Limits bodies, those of imports more generously. */
function limitOf(most: number) {
  const onError = () => {
    throw new Problem("too-large", "the body is too large", "send less at a time");
  };
  const usual = bodyLimit({ maxSize: most, onError });
  const generous = bodyLimit({ maxSize: largestImport, onError });
  return (...[context, next]: Parameters<typeof usual>) =>
    (/^\/api\/v1\/(operations\/|verify$)/.test(context.req.path) ? generous : usual)(context, next);
}
