import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { Problem } from "../engine/problem.ts";
import type { Inbox } from "../sources/webhook/index.ts";
import type { Variables } from "./security.ts";

const largest = 1_000_000;

const limit = bodyLimit({
  maxSize: largest,
  onError: () => {
    throw new Problem("too-large", "the body is larger than 1 MB", "send fewer records at a time");
  },
});

async function take(context: Context<Variables>, inbox: Inbox | undefined): Promise<Response> {
  if (inbox === undefined)
    throw new Problem("not-found", "nothing is taken in here", "add a source of `kind: webhook` to embudo.yaml");
  const { name = "", stream } = context.req.param() as { name?: string; stream?: string };
  const taken = await inbox.take(name, stream, {
    header: (header) => context.req.header(header),
    query: new URL(context.req.url).searchParams,
    body: await context.req.text(),
  });
  return context.json({ taken }, 202);
}

/** Where other systems send what happens in them: answered once it is on the disk. */
export function inboxRoutes(inbox: Inbox | undefined): Hono<Variables> {
  const app = new Hono<Variables>();
  app.post("/:name", limit, (context) => take(context, inbox));
  app.post("/:name/:stream", limit, (context) => take(context, inbox));
  return app;
}
