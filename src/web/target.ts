/** The number that an explanation is about: an indicator's total, or the cell of a key, a period or both. */
export interface Target {
  indicator: string;
  variant: string | undefined;
  key: Readonly<Record<string, string | null>>;
  period: string | undefined;
}

const none = "(none)";
const spell = (value: string | null): string =>
  value === null ? none : encodeURIComponent(value).replaceAll("~", "%7E");

/** The `x=` of a number: `win-ratio.closed~rep:R12~period:2026-10-01`. */
export function spellTarget({ indicator, variant, key, period }: Target): string {
  const keys = Object.entries(key).map(([name, value]) => `${name}:${spell(value)}`);
  const when = period === undefined ? [] : [`period:${period}`];
  return [variant === undefined ? indicator : `${indicator}.${variant}`, ...keys, ...when].join("~");
}

/** Reads an `x=`, or nothing where it is none. */
export function parseTarget(text: string): Target | undefined {
  const [head = "", ...rest] = text.split("~");
  const [indicator = "", variant, ...more] = head.split(".");
  if (!/^[\w-]+$/.test(indicator) || more.length > 0 || variant === "") return undefined;
  const pairs = rest.map(parsePair);
  if (pairs.some((pair) => pair === undefined)) return undefined;
  const entries = pairs as [string, string | null][];
  const period = entries.find(([name]) => name === "period")?.[1] ?? undefined;
  if (period !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(period)) return undefined;
  return { indicator, variant, period, key: Object.fromEntries(entries.filter(([name]) => name !== "period")) };
}

function parsePair(text: string): [string, string | null] | undefined {
  const [, name, value] = /^([\w-]+):(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) return undefined;
  try {
    return [name, value === none ? null : decodeURIComponent(value)];
  } catch {
    return undefined;
  }
}
