import { z } from "zod";
import { badRequest, parse } from "./parse.ts";

const none = "(none)";

export type Fields = Record<string, unknown>;
type Reader = (value: string, name: string) => unknown;
type Kind = "text" | "number" | "boolean" | "list" | "range" | "bucket" | "values";

/** A parameter of an address, as it is described. */
export interface Parameter {
  name: string;
  required: boolean;
  type: "string" | "number" | "boolean";
}

const number: Reader = (value, name) => {
  if (value.trim() === "" || Number.isNaN(Number(value))) throw badRequest(name, `${value}; expected a number`);
  return Number(value);
};

const boolean: Reader = (value, name) => {
  if (value !== "true" && value !== "false") throw badRequest(name, `${value}; expected true or false`);
  return value === "true";
};

/** Days written as `from..to`; what is not so is taken as it is. */
const range: Reader = (value) => {
  const [from, to, ...rest] = value.split("..");
  return to === undefined || rest.length > 0 ? value : { from, to };
};

/** A bucket of a bridge, written as `side:reason`. */
const bucket: Reader = (value) => {
  const at = value.indexOf(":");
  return { side: value.slice(0, Math.max(0, at)), reason: value.slice(at + 1) };
};

const readers: Readonly<Record<Exclude<Kind, "values">, Reader>> = {
  text: (value) => value,
  list: (value) => value.split(",").filter((part) => part !== ""),
  number,
  boolean,
  range,
  bucket,
};

type Shape = Readonly<Record<string, z.ZodType>>;

function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;
}

/** How a field of a request is written in an address. */
function kindOf(schema: z.ZodType): Kind {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodNumber) return "number";
  if (inner instanceof z.ZodBoolean) return "boolean";
  if (inner instanceof z.ZodArray) return "list";
  if (inner instanceof z.ZodRecord) return "values";
  if (inner instanceof z.ZodUnion) return "range";
  return inner instanceof z.ZodObject ? "bucket" : "text";
}

/** The parameters that a shape has in an address; a record has one for each dimension. */
export const parametersOf = (shape: Shape): Parameter[] =>
  Object.entries(shape).map(([name, schema]) => {
    const kind = kindOf(schema);
    return {
      name: kind === "values" ? `${name}.{dimension}` : name,
      required: !schema.safeParse(undefined).success,
      type: kind === "number" || kind === "boolean" ? kind : "string",
    };
  });

/** Reads the fields of a shape from an address: `by=channel,rep&where.channel=!Meta`; `path` is what comes before their names. */
export function fieldsFrom(search: URLSearchParams, shape: Shape, path = ""): Fields {
  const fields: Fields = {};
  const kinds = new Map(Object.entries(shape).map(([name, schema]) => [name, kindOf(schema)]));
  const keyed = new Map<string, [string, string][]>();
  for (const [name, value] of search) {
    const [head = "", ...rest] = name.split(".");
    const kind = kinds.get(name);
    if (kinds.get(head) === "values" && rest.join(".") !== "")
      keyed.set(head, [...(keyed.get(head) ?? []), [rest.join("."), value]]);
    else if (kind === undefined || kind === "values") throw badRequest(path + name, "unknown parameter");
    else if (Object.hasOwn(fields, name)) throw badRequest(path + name, "given twice");
    else fields[name] = readers[kind](value, path + name);
  }
  for (const [name, pairs] of keyed) fields[name] = filtersFrom(pairs, `${path}${name}.`);
  return fields;
}

/** Filters by dimension; a repeated one is a list, and `!` before the value keeps it out. */
function filtersFrom(pairs: readonly [string, string][], prefix: string): Fields {
  const dimensions = Map.groupBy(pairs, ([dimension]) => dimension);
  return Object.fromEntries(
    [...dimensions].map(([name, values]) => [
      name,
      filterFrom(
        values.map(([, value]) => value),
        prefix + name,
      ),
    ]),
  );
}

function filterFrom(values: readonly string[], name: string): unknown {
  const kept = values.filter((value) => !value.startsWith("!"));
  if (kept.length === values.length) return values.map(valueOf);
  if (kept.length > 0) throw badRequest(name, "mixes values with excluded ones");
  return { not: values.map((value) => valueOf(value.slice(1))) };
}

/** A value of a dimension: `(none)` is having none; a backslash frees a value that begins like a sign. */
export function valueOf(value: string): string | null {
  if (value === none) return null;
  return value.startsWith("\\") ? value.slice(1) : value;
}

/** Reads a whole request from the parameters of an address, and those in its path. */
export const requestFrom = <T>(
  schema: z.ZodType<T> & { readonly shape: Shape },
  search: URLSearchParams,
  inPath: Fields = {},
): T => parse(schema, { ...fieldsFrom(search, schema.shape), ...inPath });
