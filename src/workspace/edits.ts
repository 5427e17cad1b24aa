import { isDeepStrictEqual } from "node:util";

/** One place at which two contents say something else, as text; null where one says nothing. */
export interface Edited {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A branch, or nothing where the other side has one. */
const opens = (value: unknown): value is Readonly<Record<string, unknown>> | undefined =>
  value === undefined || isBranch(value);

const inText = (value: unknown): string | null => {
  if (value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** The places at which two contents differ: by key, in their order. */
export function editsBetween(before: unknown, after: unknown, path = ""): Edited[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!opens(before) || !opens(after) || (!isBranch(before) && !isBranch(after)))
    return [{ path, before: inText(before), after: inText(after) }];
  const [left, right] = [before ?? {}, after ?? {}];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].toSorted();
  return keys.flatMap((key) => editsBetween(left[key], right[key], path === "" ? key : `${path}.${key}`));
}
