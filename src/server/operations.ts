import { Hono, type Context } from "hono";
import { stream } from "hono/streaming";
import type { ProblemBody } from "../contract/problem.ts";
import { Problem } from "../engine/problem.ts";
import { report, understood, type Log } from "./failures.ts";
import { bearer, type Variables } from "./security.ts";

/** Work on the workspace: it tells how it goes, and ends with what it did. */
export type Operation = (body: unknown, tell: (progress: unknown) => void) => Promise<unknown>;

/** The work that a local program with the token may start, each by its name. */
export interface Operations {
  readonly token: string;
  readonly work: Readonly<Record<string, Operation>>;
}

/** Routes that start work; answered line by line as JSON, the last line being `done` or `problem`. */
export function operationRoutes({ token, work }: Operations, log: Log): Hono<Variables> {
  const app = new Hono<Variables>();
  app.use("*", bearer(token));
  for (const [name, operation] of Object.entries(work)) app.post(`/${name}`, (context) => run(context, operation, log));
  return app;
}

async function run(context: Context<Variables>, operation: Operation, log: Log): Promise<Response> {
  const text = await context.req.text();
  const body: unknown = text.trim() === "" ? {} : JSON.parse(text);
  context.header("Content-Type", "application/x-ndjson; charset=utf-8");
  return stream(context, async (output) => {
    let writing = Promise.resolve();
    const write = (line: unknown) => {
      writing = writing.then(async () => void (await output.write(`${JSON.stringify(line)}\n`)));
    };
    try {
      const done = await operation(body, (progress) => write({ progress }));
      write({ done: done ?? {} });
    } catch (error) {
      write({ problem: problemOf(context, error, log) });
    }
    await writing;
  });
}

function problemOf(context: Context, thrown: unknown, log: Log): ProblemBody {
  const error = understood(thrown);
  if (error instanceof Problem) return error.toJSON();
  const id = report(context, error, log);
  return new Problem("unexpected", "the work could not be finished", "look for this request id in the log", {
    id,
  }).toJSON();
}
