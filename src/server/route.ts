import type { Context } from "hono";
import type { z } from "zod";
import type { Api } from "../contract/api.ts";
import { parametersOf, requestFrom, type Parameter } from "./address.ts";
import { parse } from "./parse.ts";
import type { Variables } from "./security.ts";

/** A request on its way. */
export type Asked = Context<Variables>;

/** What describes a route of the HTTP API; it stands beside what serves it, so that they cannot drift. */
export interface Described {
  method: "get" | "post";
  path: string;
  summary: string;
  /** The parameters in the address. */
  parameters?: readonly Parameter[];
  body?: z.ZodType;
  answer: { type: string; schema?: z.ZodType };
}

/** A route with what serves it. */
export interface Route extends Described {
  handle: (context: Asked, api: Api) => Promise<Response>;
}

/** A request with fields, as they are named in an address. */
type Request<T> = z.ZodType<T> & { readonly shape: Readonly<Record<string, z.ZodType>> };
type Answering<T, A> = (api: Api, request: T, signal: AbortSignal) => Promise<A>;

/** Stops what a request asked for when its reader leaves. */
export const signalOf = (context: Asked): AbortSignal => context.req.raw.signal;

export const searchOf = (context: Asked): URLSearchParams => new URL(context.req.url).searchParams;

/** The body of a request, which must be JSON. */
export async function bodyOf(context: Asked): Promise<unknown> {
  const body: unknown = await context.req.json();
  return body;
}

export const json = (schema?: z.ZodType) => ({ type: "application/json", ...(schema ? { schema } : {}) });

/** A request in the address, with parts of its path among its fields; its answer is JSON. */
export function read<T, A>(
  path: string,
  summary: string,
  request: Request<T>,
  answer: z.ZodType<A>,
  ask: Answering<T, A>,
): Route {
  const named = new Set([...path.matchAll(/:(\w+)/g)].map(([, name]) => name));
  return {
    method: "get",
    path,
    summary,
    parameters: parametersOf(request.shape).filter(({ name }) => !named.has(name)),
    answer: json(answer),
    handle: async (context, api) =>
      context.json(
        await ask(api, requestFrom(request, searchOf(context), { ...context.req.param() }), signalOf(context)),
      ),
  };
}

/** What is always there to read. */
export const listed = <A>(
  path: string,
  summary: string,
  answer: z.ZodType<A>,
  list: (api: Api) => Promise<A>,
): Route => ({
  method: "get",
  path,
  summary,
  answer: json(answer),
  handle: async (context, api) => context.json(await list(api)),
});

/** A request sent as JSON; its answer is JSON. */
export const sent = <T, A>(
  path: string,
  summary: string,
  body: z.ZodType<T>,
  answer: z.ZodType<A>,
  ask: Answering<T, A>,
): Route => ({
  method: "post",
  path,
  summary,
  body,
  answer: json(answer),
  handle: async (context, api) => context.json(await ask(api, parse(body, await bodyOf(context)), signalOf(context))),
});

/** A question that can be asked either way. */
export const eitherWay = <T, A>(
  path: string,
  summary: string,
  request: Request<T>,
  answer: z.ZodType<A>,
  ask: Answering<T, A>,
): Route[] => [
  read(path, `${summary} Asked in the address.`, request, answer, ask),
  sent(path, `${summary} Asked as JSON.`, request, answer, ask),
];
