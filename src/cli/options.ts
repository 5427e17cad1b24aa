import { parseArgs, type ParseArgsOptionsConfig } from "node:util";

/** Wrong usage of a command: exit code 2. */
export class Usage extends Error {}

const messageOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error);

/** Options and words of a command line; anything unknown is wrong usage. */
export function optionsOf<const O extends ParseArgsOptionsConfig>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Usage(messageOf(error));
  }
}

export function wholeNumber(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new Usage(`--${option} takes a whole number, not ${text}`);
}

export function decimalNumber(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() !== "" && Number.isFinite(number)) return number;
  throw new Usage(`--${option} takes a number, not ${text}`);
}

export function oneOf<const V extends string>(
  text: string | undefined,
  option: string,
  values: readonly V[],
): V | undefined {
  if (text === undefined) return undefined;
  const value = values.find((each) => each === text);
  if (value !== undefined) return value;
  throw new Usage(`--${option} takes ${values.join(", ")}, not ${text}`);
}

/** `name=value`, at the first equals sign. */
export function pair(text: string, option: string): [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  throw new Usage(`--${option} takes name=value, not ${text}`);
}
