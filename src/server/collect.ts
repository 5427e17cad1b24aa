import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { calls, type Call, type Endpoint, type Reply } from "../collect/index.ts";
import { Problem } from "../engine/problem.ts";
import type { Variables } from "./security.ts";

/** The largest body, in bytes; Segment's own limit of a batch. */
const largest = 500_000;

const tooLarge = (): never => {
  throw new Problem("too-large", "the body is larger than 500 kB", "send fewer events at a time");
};

const measured = bodyLimit({ maxSize: largest, onError: tooLarge });

/** A body that says its length is believed, as the connection ends there; only others are counted while they are read. */
const limit = createMiddleware(async (context, next) => {
  const { req } = context;
  if (req.header("content-length") === undefined || req.header("transfer-encoding") !== undefined)
    return measured(context, next);
  return Number(req.header("content-length")) > largest ? tooLarge() : next();
});

const noSites = (): Problem =>
  new Problem(
    "not-found",
    "this workspace collects nothing: embudo.yaml names no sites",
    "add one under `sites:`, as docs/sources/web.md shows",
  );

/** Who is connected; nobody where a request does not come over the network. */
function peerOf(context: Context): string {
  return context.env === undefined || Object.keys(context.env as object).length === 0
    ? ""
    : (getConnInfo(context).remote.address ?? "");
}

async function callOf(context: Context): Promise<Call> {
  return {
    header: (name) => context.req.header(name),
    query: new URL(context.req.url).searchParams,
    body: context.req.method === "POST" ? await context.req.text() : "",
    peer: peerOf(context),
  };
}

const responseOf = ({ status, headers, body }: Reply): Response => new Response(body, { status, headers });

/** Routes of other sites' pages: they are asked by any host, from configured origins, and give nothing of the workspace away. */
export function collectRoutes(endpoint: Endpoint | undefined): Hono<Variables> {
  const app = new Hono<Variables>();
  const opened = (): Endpoint => {
    if (endpoint === undefined) throw noSites();
    return endpoint;
  };
  const paths = ["/e", "/v1/batch", ...calls.map((call) => `/v1/${call}`)];
  for (const path of paths) {
    app.use(path, limit, async (context, next) => {
      // Also of refusals, so that the page's script learns what became of its events.
      const origin = context.req.header("origin");
      if (origin !== undefined) context.header("Access-Control-Allow-Origin", origin);
      context.header("Cache-Control", "no-store");
      await next();
    });
    app.options(path, async (context) => responseOf(opened().preflight(await callOf(context))));
  }
  app.post("/e", async (context) => responseOf(await opened().tracker(await callOf(context))));
  for (const kind of [...calls, "batch"] as const)
    app.post(`/v1/${kind}`, async (context) => responseOf(await opened().segment(kind, await callOf(context))));
  app.get("/p.gif", async (context) => responseOf(await opened().pixel(await callOf(context))));
  app.get("/embudo.js", async (context) => responseOf(opened().script(await callOf(context))));
  app.get("/:name{embudo\\.[0-9a-f]+\\.js}", async (context) =>
    responseOf(opened().script(await callOf(context), context.req.param("name"))),
  );
  return app;
}
