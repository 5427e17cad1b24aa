import type { FileFormat } from "./format.ts";

/**
 * How the text of a column becomes a value: by the reader itself (`direct`) where its own reading refuses what is not exactly
 * of the type, else by `value`, which holds where `fits` does.
 */
export interface ColumnType {
  readonly name: "text" | "integer" | "decimal" | "double" | "boolean" | "day" | "instant" | "zoned";
  readonly type: string;
  readonly direct: boolean;
  readonly value: (text: string) => string;
  readonly fits: (text: string, value: string) => string;
}

interface Candidate extends ColumnType {
  readonly matches: (value: string) => boolean;
}

const plainNumber = /^[+-]?(0|[1-9]\d*|(?=\.))(\.\d+)?$/;
const exactNumber = /^[+-]?\d{0,9}(\.\d{0,9})?$/;
const scientific = /^[+-]?\d+(\.\d+)?e[+-]?\d+$/i;

const isoDay = /^\d{4}-\d{2}-\d{2}$/;
const isoInstant = /^\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/;
const isoZoned = /^\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(:\d{2}(\.\d{1,6})?)?( ?UTC|Z|[+-]\d{2}(:?\d{2})?)$/;

const isRead = (_text: string, value: string): string => `${value} IS NOT NULL`;
const castTo =
  (type: string) =>
  (text: string): string =>
    `TRY_CAST(${text} AS ${type})`;
const inSql = (pattern: RegExp): string => pattern.source.slice(1, -1);

const text: Candidate = {
  name: "text",
  type: "VARCHAR",
  direct: true,
  matches: () => true,
  value: (t) => t,
  fits: isRead,
};

/** Guarded, because the reader rounds 8.5 to 9, cuts 1.234 to 1 and takes the zeros off 00123. */
const integer: Candidate = {
  name: "integer",
  type: "BIGINT",
  direct: false,
  matches: (value) => /^(0|-?[1-9]\d{0,17})$/.test(value),
  value: castTo("BIGINT"),
  fits: (t, value) => `CAST(${value} AS VARCHAR) = ${t}`,
};

/** Nine digits on each side: exact, and fast to read (wider decimals are ten times slower). */
const decimal: Candidate = {
  name: "decimal",
  type: "DECIMAL(18,9)",
  direct: true,
  matches: (value) => plainNumber.test(value.trim()) && exactNumber.test(value.trim()),
  value: castTo("DECIMAL(18,9)"),
  fits: isRead,
};

const double: Candidate = {
  name: "double",
  type: "DOUBLE",
  direct: true,
  matches: (value) => plainNumber.test(value.trim()) || scientific.test(value.trim()),
  value: castTo("DOUBLE"),
  fits: isRead,
};

const boolean: Candidate = {
  name: "boolean",
  type: "BOOLEAN",
  direct: false,
  matches: (value) => /^(true|false)$/i.test(value),
  value: castTo("BOOLEAN"),
  fits: (t) => `lower(${t}) IN ('true', 'false')`,
};

const day: Candidate = {
  name: "day",
  type: "DATE",
  direct: true,
  matches: (value) => isoDay.test(value) && isDayOf("yyyy-mm-dd", value),
  value: castTo("DATE"),
  fits: (t, value) => `${value} IS NOT NULL AND strlen(${t}) = 10`,
};

/** Guarded, because the reader would take an offset into a time of day without a word. */
const instant: Candidate = {
  name: "instant",
  type: "TIMESTAMP",
  direct: false,
  matches: (value) => isoInstant.test(value),
  value: castTo("TIMESTAMP"),
  fits: (t, value) =>
    `${value} IS NOT NULL AND (${t} LIKE '____-__-_____:__:__' OR regexp_full_match(${t}, '${inSql(isoInstant)}'))`,
};

const zoned: Candidate = {
  name: "zoned",
  type: "TIMESTAMP WITH TIME ZONE",
  direct: false,
  matches: (value) => isoZoned.test(value),
  value: castTo("TIMESTAMPTZ"),
  fits: (t, value) =>
    `${value} IS NOT NULL AND (${t} LIKE '____-__-_____:__:__Z' OR regexp_full_match(${t}, '${inSql(isoZoned)}'))`,
};

function isDayOf(dates: string, value: string): boolean {
  const numbers = (value.match(/\d+/g) ?? []).map(Number);
  const parts = (dates.toLowerCase().match(/y+|m+|d+/g) ?? []).map((part, i) => [part[0], numbers[i] ?? 0] as const);
  return parts.every(([part, n]) => part === "y" || (n >= 1 && n <= (part === "m" ? 12 : 31)));
}

/** A declared day pattern as the engine's: `dd/mm/yyyy` → `%d/%m/%Y`. */
const strptime = (dates: string): string =>
  dates.toLowerCase().replace("yyyy", "%Y").replace("yy", "%y").replace(/m+/, "%m").replace(/d+/, "%d");

const dayPattern = (dates: string): string =>
  dates
    .toLowerCase()
    .replace(/[/.-]/g, "\\$&")
    .replace(/yyyy|yy|d+|m+/g, (part) => (part.startsWith("y") ? `\\d{${part.length}}` : "\\d{1,2}"));

function declaredDates(dates: string): Candidate[] {
  const days = new RegExp(`^${dayPattern(dates)}$`);
  const instants = new RegExp(`^${dayPattern(dates)} \\d{1,2}:\\d{2}(:\\d{2})?$`);
  const pattern = strptime(dates);
  const guarded = (own: RegExp) => ({
    direct: false,
    matches: (value: string) => own.test(value) && isDayOf(dates, value),
    fits: (t: string, value: string) => `${value} IS NOT NULL AND regexp_full_match(${t}, '${inSql(own)}')`,
  });
  return [
    { ...day, ...guarded(days), value: (t) => `CAST(try_strptime(${t}, '${pattern}') AS DATE)` },
    {
      ...instant,
      ...guarded(instants),
      value: (t) => `try_strptime(${t}, ['${pattern} %H:%M:%S', '${pattern} %H:%M'])`,
    },
  ];
}

/**
 * Numbers of a declared decimal mark. Where the other mark groups thousands they are guarded: it may only stand every three
 * digits, while the reader would skip it anywhere and read 1.5 as 15.
 */
function declaredNumbers(mark: "," | "."): Candidate[] {
  const other = mark === "," ? "." : ",";
  const groups = new RegExp(`^[+-]?[1-9]\\d{0,2}(\\${other}\\d{3})+(\\${mark}\\d+)?$`);
  const plain = (value: string) => value.trim().replaceAll(other, "").replace(mark, ".");
  const pointed = (t: string) => (mark === "," ? `replace(${t}, ',', '.')` : t);
  const isPlain = (value: string) => !value.includes(other);
  const isNumber = (value: string) => isPlain(value) || groups.test(value.trim());
  const grouped = (candidate: Candidate): Candidate => ({
    ...candidate,
    direct: false,
    matches: (value) => isNumber(value) && candidate.matches(plain(value)),
    value: (t) => candidate.value(pointed(`replace(${t}, '${other}', '')`)),
    fits: (t, value) =>
      `${value} IS NOT NULL AND (NOT contains(${t}, '${other}') OR regexp_full_match(${t}, '${inSql(groups)}'))`,
  });
  const ungrouped = (candidate: Candidate): Candidate => ({
    ...grouped(candidate),
    direct: true,
    matches: (value) => isPlain(value) && candidate.matches(plain(value)),
  });
  return [ungrouped(decimal), grouped(decimal), ungrouped(double), grouped(double)];
}

const threes = /^[+-]?[1-9]\d{0,2}([.,]\d{3})+$/;
const shortWhole = /^[+-]?\d{1,3}$/;
const commaDecimal = /^[+-]?\d{1,3}((\.?\d{3})*),\d+$/;
const slashedDay = /^\d{1,2}[/.-]\d{1,2}[/.-](\d{2}|\d{4})([ T].*)?$/;

/** What only a person can decide about a column: whether its marks are thousands or decimals, or which number is the month. */
export function ambiguity(values: readonly string[], format: FileFormat): "number" | "date" | undefined {
  const given = values.map((value) => value.trim()).filter((value) => value !== "");
  if (given.length === 0) return undefined;
  if (format.dates === undefined && given.every((value) => slashedDay.test(value))) return "date";
  if (format.decimal !== undefined) return undefined;
  const unclear = (value: string) => threes.test(value) || commaDecimal.test(value);
  return given.some(unclear) &&
    given.every((value) => unclear(value) || shortWhole.test(value) || plainNumber.test(value)) &&
    !isProvenPoint(given)
    ? "number"
    : undefined;
}

/** A column with 12.5 or 0.125 in it, and no comma, marks decimals with a point. */
const isProvenPoint = (values: readonly string[]) =>
  values.every((value) => !value.includes(",")) &&
  values.some((value) => value.includes(".") && !threes.test(value) && plainNumber.test(value));

/**
 * The type that every one of the values has exactly; text when none. Numbers with a mark that could be thousands and days
 * that do not begin with the year stay text until a format is declared; so do numbers with leading zeros.
 */
export function classify(values: readonly string[], format: FileFormat): ColumnType {
  const given = values.filter((value) => value.trim() !== "");
  if (given.length === 0 || ambiguity(given, format) !== undefined) return text;
  const numbers = format.decimal === undefined ? [decimal, double] : declaredNumbers(format.decimal);
  const dates = format.dates === undefined ? [] : declaredDates(format.dates);
  const candidates = [integer, ...numbers, boolean, day, instant, zoned, ...dates];
  return candidates.find((candidate) => given.every(candidate.matches)) ?? text;
}

/** A column of numbers that its file already tells from text, such as those of JSON. */
export const numeric = (values: readonly string[]): ColumnType =>
  [integer, decimal, double].find((candidate) => values.every(candidate.matches)) ?? text;
