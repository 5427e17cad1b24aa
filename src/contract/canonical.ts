type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

function sorted(value: unknown): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value as Json;
  const stated = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(stated.toSorted(byKey).map(([key, each]) => [key, sorted(each)]));
}

/** The one way to write a value as JSON: keys in order, two spaces, and a line's end. Equal values give equal bytes. */
export const canonical = (value: unknown): string => `${JSON.stringify(sorted(value), null, 2)}\n`;
