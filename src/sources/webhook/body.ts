import { Problem } from "../../engine/problem.ts";

export type Fields = Readonly<Record<string, unknown>>;

const unreadable = (why: string): Problem =>
  new Problem("bad-request", why, "send a JSON object, an array of them, or a form");

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The fields of a form; those that are given several times are arrays. */
function formFields(body: string): Fields {
  const given = Map.groupBy(new URLSearchParams(body), ([name]) => name);
  return Object.fromEntries(
    [...given].map(([name, pairs]) => {
      const values = pairs.map(([, value]) => value);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

function jsonRecords(body: string): readonly Fields[] {
  let said: unknown;
  try {
    said = JSON.parse(body);
  } catch {
    throw unreadable("the body is no JSON");
  }
  const all: readonly unknown[] = Array.isArray(said) ? said : [said];
  return all.map((each) => {
    if (!isFields(each)) throw unreadable("the body is neither a JSON object nor an array of them");
    return each;
  });
}

/** The records that a body holds. */
export function recordsOf(type: string | undefined, body: string): readonly Fields[] {
  const kind = (type ?? "application/json").split(";")[0]?.trim().toLowerCase();
  if (kind === "application/x-www-form-urlencoded") return [formFields(body)];
  if (kind === "application/json" || kind?.endsWith("+json") === true || kind === "text/plain")
    return jsonRecords(body);
  throw new Problem(
    "unsupported-type",
    `${kind} is not taken in`,
    "send JSON, or a form as application/x-www-form-urlencoded",
  );
}
