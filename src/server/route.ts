import type { Context } from "hono";
import type { z } from "zod";
import type { Api } from "../contract/api.ts";
import type { Variables } from "./security.ts";

/** A request on its way. */
export type Asked = Context<Variables>;

/** What describes a route of the HTTP API; it stands beside what serves it, so that they cannot drift. */
export interface Described {
  method: "get" | "post";
  path: string;
  summary: string;
  /** Names of the parameters in the address. */
  parameters?: readonly string[];
  /** Those of them that may be left out here, though not elsewhere. */
  optional?: readonly string[];
  body?: z.ZodType;
  answer: { type: string; schema?: z.ZodType };
}

/** A route with what serves it. */
export interface Route extends Described {
  handle: (context: Asked, api: Api) => Promise<Response>;
}
