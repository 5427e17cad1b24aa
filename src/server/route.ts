import type { Context } from "hono";
import type { z } from "zod";
import type { Api } from "../contract/api.ts";
import type { Variables } from "./security.ts";

/** A request on its way. */
export type Asked = Context<Variables>;

/** One route of the HTTP API: what serves it and what describes it stand together, so that they cannot drift. */
export interface Route {
  method: "get" | "post";
  path: string;
  summary: string;
  /** Names of the parameters in the address. */
  parameters?: readonly string[];
  /** Those of them that may be left out here, though not elsewhere. */
  optional?: readonly string[];
  body?: z.ZodType;
  answer: { type: string; schema?: z.ZodType };
  handle: (context: Asked, api: Api) => Promise<Response>;
}
