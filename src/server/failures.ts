import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { ZodError } from "zod";
import type { ProblemBody } from "../contract/problem.ts";
import { Problem } from "../engine/problem.ts";
import { badRequest } from "./parse.ts";

/** Where what people are not told is written down. */
export type Log = (entry: { id: string; method: string; path: string; error: unknown }) => void;

const statuses: Readonly<Record<string, 400 | 401 | 403 | 404 | 413 | 415 | 429 | 503>> = {
  "bad-request": 400,
  unauthorised: 401,
  "wrong-key": 401,
  "wrong-signature": 401,
  "wrong-host": 403,
  "wrong-origin": 403,
  "not-found": 404,
  "too-large": 413,
  "unsupported-type": 415,
  "too-many-events": 429,
  "not-kept": 503,
};

/** Bodies that are no JSON, or not of their schema, are the sender's mistake and not ours. */
export function understood(error: unknown): unknown {
  if (error instanceof SyntaxError) return badRequest("body", "expected JSON");
  if (!(error instanceof ZodError)) return error;
  const [issue] = error.issues;
  return badRequest(issue?.path.map(String).join(".") || "body", issue?.message ?? "not understood");
}

/** Refusals with their status; anything else is logged under an id, and only the id is told. */
export function failure(context: Context, error: unknown, log: Log): Response {
  if (error instanceof Problem) {
    if ("wait" in error.detail) context.header("Retry-After", String(error.detail["wait"]));
    return context.json(error.toJSON() satisfies ProblemBody, statuses[error.code] ?? 422);
  }
  if (error instanceof HTTPException && error.status < 500)
    return context.json(
      new Problem("bad-request", error.message || "the request is not understood", "check the request").toJSON(),
      error.status,
    );
  const id = report(context, error, log);
  return context.json(unexpected(id).toJSON(), 500);
}

/** Logs an unexpected error and gives the id it is known by. */
export function report(context: Context, error: unknown, log: Log): string {
  const id = randomUUID();
  log({ id, method: context.req.method, path: context.req.path, error });
  return id;
}

const unexpected = (id: string): Problem =>
  new Problem(
    "unexpected",
    "something went wrong while answering",
    "try again; if it happens again, look for this request id in the log",
    { id },
  );
