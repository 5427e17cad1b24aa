import type { FileFormat } from "./format.ts";

/** How the text of a column becomes a value. */
export interface ColumnType {
  readonly name: "text" | "integer" | "decimal" | "double" | "boolean" | "day" | "instant" | "zoned";
  /** SQL over an expression of text: the value, or NULL where the text is not exactly of this type. */
  readonly read: (text: string) => string;
  readonly type: string;
}

interface Candidate extends ColumnType {
  readonly matches: (value: string) => boolean;
}

const plainNumber = /^[+-]?(0|[1-9]\d*|(?=\.))(\.\d+)?$/;
const grouped = (thousands: string, decimal: string) =>
  new RegExp(`^[+-]?[1-9]\\d{0,2}(\\${thousands}\\d{3})+(\\${decimal}\\d+)?$`);

const isoDay = /^\d{4}-\d{1,2}-\d{1,2}$/;
const isoInstant = /^\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/;
const isoZoned = /^\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}(:\d{2}(\.\d{1,6})?)?( ?UTC|Z|[+-]\d{2}(:?\d{2})?)$/;

const exact = (number: string) =>
  `CASE WHEN TRY_CAST(${number} AS DECIMAL(18,4)) = TRY_CAST(${number} AS DOUBLE) THEN TRY_CAST(${number} AS DECIMAL(18,4)) END`;
const finite = (number: string) =>
  `CASE WHEN isfinite(TRY_CAST(${number} AS DOUBLE)) THEN TRY_CAST(${number} AS DOUBLE) END`;

/** Years before 1000 come from years of two digits, which are no ISO dates. */
const sane = (value: string, type: string) => `CASE WHEN ${value} >= ${type} '1000-01-01' THEN ${value} END`;
const dashes = (text: string) => `strlen(${text}) - strlen(replace(${text}, '-', ''))`;
const offset = (text: string) =>
  `(ends_with(${text}, 'Z') OR ends_with(${text}, 'UTC') OR contains(${text}, '+') OR ${dashes(text)} > 2)`;

const text: Candidate = { name: "text", type: "VARCHAR", matches: () => true, read: (t) => t };

const integer: Candidate = {
  name: "integer",
  type: "BIGINT",
  matches: (value) => /^(0|-?[1-9]\d{0,17})$/.test(value),
  read: (t) => `CASE WHEN CAST(TRY_CAST(${t} AS BIGINT) AS VARCHAR) = ${t} THEN TRY_CAST(${t} AS BIGINT) END`,
};

const boolean: Candidate = {
  name: "boolean",
  type: "BOOLEAN",
  matches: (value) => /^(true|false)$/i.test(value),
  read: (t) => `CASE WHEN lower(${t}) IN ('true', 'false') THEN CAST(${t} AS BOOLEAN) END`,
};

const day: Candidate = {
  name: "day",
  type: "DATE",
  matches: (value) => isoDay.test(value),
  read: (t) => `CASE WHEN strlen(${t}) <= 10 THEN ${sane(`TRY_CAST(${t} AS DATE)`, "DATE")} END`,
};

const instant: Candidate = {
  name: "instant",
  type: "TIMESTAMP",
  matches: (value) => isoInstant.test(value),
  read: (t) =>
    `CASE WHEN strlen(${t}) > 10 AND NOT ${offset(t)} THEN ${sane(`TRY_CAST(${t} AS TIMESTAMP)`, "TIMESTAMP")} END`,
};

const zoned: Candidate = {
  name: "zoned",
  type: "TIMESTAMP WITH TIME ZONE",
  matches: (value) => isoZoned.test(value),
  read: (t) => `CASE WHEN ${offset(t)} THEN ${sane(`TRY_CAST(${t} AS TIMESTAMPTZ)`, "TIMESTAMPTZ")} END`,
};

/** A declared day pattern as the engine's: `dd/mm/yyyy` → `%d/%m/%Y`. */
const strptime = (dates: string): string =>
  dates.toLowerCase().replace("yyyy", "%Y").replace("yy", "%y").replace(/m+/, "%m").replace(/d+/, "%d");

function dayPattern(dates: string): string {
  return dates
    .toLowerCase()
    .replace(/[/.-]/g, "\\$&")
    .replace(/yyyy|yy|d+|m+/g, (part) => (part.startsWith("y") ? `\\d{${part.length}}` : "\\d{1,2}"));
}

function declaredDates(dates: string): Candidate[] {
  const days = new RegExp(`^${dayPattern(dates)}$`);
  const instants = new RegExp(`^${dayPattern(dates)} \\d{1,2}:\\d{2}(:\\d{2})?$`);
  const pattern = strptime(dates);
  const hours = `['${pattern} %H:%M:%S', '${pattern} %H:%M']`;
  return [
    {
      ...day,
      matches: (value) => days.test(value),
      read: (t) => sane(`CAST(try_strptime(${t}, '${pattern}') AS DATE)`, "DATE"),
    },
    {
      ...instant,
      matches: (value) => instants.test(value),
      read: (t) => sane(`try_strptime(${t}, ${hours})`, "TIMESTAMP"),
    },
  ];
}

/** Numbers of a declared decimal mark: the other mark may only stand where thousands do. */
function declaredNumbers(decimal: "," | "."): Candidate[] {
  const thousands = decimal === "," ? "." : ",";
  const groups = grouped(thousands, decimal);
  const point = (value: string) => value.replaceAll(thousands, "").replace(decimal, ".");
  const matches = (value: string) => (value.includes(thousands) ? groups.test(value) : plainNumber.test(point(value)));
  const pointed = (t: string) => (decimal === "," ? `replace(${t}, ',', '.')` : t);
  const read = (number: (expression: string) => string) => (t: string) =>
    `CASE WHEN NOT contains(${t}, '${thousands}') THEN ${number(pointed(t))}
      WHEN regexp_full_match(${t}, '${groups.source.slice(1, -1)}') THEN ${number(pointed(`replace(${t}, '${thousands}', '')`))} END`;
  return [
    {
      name: "decimal",
      type: "DECIMAL(18,4)",
      matches: (value) => matches(value) && isExact(point(value)),
      read: read(exact),
    },
    { name: "double", type: "DOUBLE", matches, read: read(finite) },
  ];
}

const isExact = (number: string) => plainNumber.test(number) && /^[+-]?\d{0,13}(\.\d{0,4})?$/.test(number);
const isScientific = (value: string) => /^[+-]?\d+(\.\d+)?e[+-]?\d+$/i.test(value);

const pointNumbers: Candidate[] = [
  { name: "decimal", type: "DECIMAL(18,4)", matches: isExact, read: exact },
  { name: "double", type: "DOUBLE", matches: (value) => plainNumber.test(value) || isScientific(value), read: finite },
];

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
  const numbers = format.decimal === undefined ? pointNumbers : declaredNumbers(format.decimal);
  const dates = format.dates === undefined ? [] : declaredDates(format.dates);
  const candidates = [integer, ...numbers, boolean, day, instant, zoned, ...dates];
  return candidates.find((candidate) => given.every(candidate.matches)) ?? text;
}

/** A column of numbers that its file already tells from text, such as those of JSON. */
export const numeric = (values: readonly string[]): ColumnType =>
  [integer, ...pointNumbers].find((candidate) => values.every(candidate.matches)) ?? text;
