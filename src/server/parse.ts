import type { z } from "zod";
import { Problem } from "../engine/problem.ts";

const remedy = "see /api/v1/openapi.json for the parameters of each route";

/** A request that is not understood: it names the parameter. */
export const badRequest = (parameter: string, message: string): Problem =>
  new Problem("bad-request", `invalid ${parameter}: ${message}`, remedy, { parameter });

/** Reads a value with a schema of the contract; what does not fit is refused by its name. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, prefix = ""): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join(".") ?? "";
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  throw badRequest(prefix + (unknown ?? (path || "body")), issue?.message ?? "not understood");
}
