import { Problem } from "../engine/problem.ts";
import { join, name, raw, sql, type Sql } from "../engine/sql.ts";
import { dayOf, type Column, type Table } from "../engine/table.ts";
import type { FactRules } from "./derived/rules.ts";
import { localDay } from "./local-day.ts";
import { withoutEmails } from "./people/hashed.ts";
import { withoutNames } from "./people/personal.ts";
import { sqlTypes } from "./sql-types.ts";

/** How text of a source is to be read where it is not ISO 8601 and a decimal point. */
export interface TextFormat {
  readonly decimal?: "," | "." | undefined;
  /** Of days, e.g. `dd/mm/yyyy`. */
  readonly dates?: string | undefined;
  /** Of instants that are written without an offset; UTC when undefined. */
  readonly zone?: string | undefined;
}

interface Mapped {
  readonly name: string;
  readonly type: string;
}

interface Reading {
  readonly value: Sql;
  /** The reason why a present value cannot be read, as a nullable text, or nothing when it always can. */
  readonly fault: Sql | undefined;
}

/** dd/mm/yyyy → %d/%m/%Y */
const strptimePattern = (dates: string): string =>
  dates.toLowerCase().replace("yyyy", "%Y").replace("yy", "%y").replace(/m+/, "%m").replace(/d+/, "%d");

const shown = (cell: Sql): Sql => sql`left(CAST(${cell} AS VARCHAR), 60)`;

const unless = (cell: Sql, value: Sql, reason: Sql): Sql =>
  sql`CASE WHEN ${cell} IS NOT NULL AND ${value} IS NULL THEN ${reason} END`;

function plainText(mapped: Mapped, cell: Sql): Sql {
  const asText = sql`CAST(${cell} AS VARCHAR)`;
  return mapped.type === "VARCHAR" ? sql`nullif(trim(${asText}), '')` : asText;
}

/** Numbers as they are written with a declared decimal mark: thousands in threes, or no thousands at all. */
const declaredForm = (decimal: "," | "."): string => {
  const [mark, thousands] = decimal === "," ? [",", "[.]"] : ["[.]", ","];
  return `[+-]?([0-9]+|[1-9][0-9]{0,2}(${thousands}[0-9]{3})+)?(${mark}[0-9]+)?([eE][+-]?[0-9]+)?`;
};

const plainDigits = (written: Sql, decimal: "," | "."): Sql => {
  const digits =
    decimal === "," ? sql`replace(replace(${written}, '.', ''), ',', '.')` : sql`replace(${written}, ',', '')`;
  return sql`CASE WHEN regexp_full_match(${written}, ${declaredForm(decimal)}) THEN ${digits} END`;
};

/** The number, or nothing where it does not fit; a whole number is never rounded. */
function fitting(column: Column, digits: Sql): Sql {
  const value = sql`TRY_CAST(${digits} AS ${raw(sqlTypes[column.kind])})`;
  if (column.kind !== "integer") return value;
  return sql`CASE WHEN ${value} = TRY_CAST(${digits} AS DOUBLE) THEN ${value} END`;
}

function readNumber(column: Column, mapped: Mapped, cell: Sql, format: TextFormat): Reading {
  const what = column.kind === "integer" ? "whole number" : "number";
  if (mapped.type !== "VARCHAR") {
    const value = fitting(column, cell);
    return {
      value,
      fault: unless(cell, value, sql`${`${column.name}: `} || ${shown(cell)} || ${` is no ${what} that fits`}`),
    };
  }
  const written = plainText(mapped, cell);
  const value = fitting(column, format.decimal === undefined ? written : plainDigits(written, format.decimal));
  const remedy =
    format.decimal === undefined
      ? '; declare decimal: "," if a comma marks the decimals'
      : ` whose decimals are marked by "${format.decimal}"`;
  const unreadable = unless(
    written,
    value,
    sql`${`${column.name}: `} || ${shown(cell)} || ${` is no ${what}${remedy}`}`,
  );
  if (format.decimal !== undefined) return { value, fault: unreadable };
  const ambiguous = sql`CASE WHEN regexp_full_match(${written}, ${"[+-]?[1-9][0-9]{0,2}([.,][0-9]{3})+"}) THEN ${`${column.name}: `} || ${shown(cell)} || ${' may be thousands or decimals; declare decimal: "," or decimal: "."'} END`;
  return { value, fault: sql`coalesce(${ambiguous}, ${unreadable})` };
}

const isoDay = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
const withOffset = ".*([zZ]|[+-][0-9]{2}(:?[0-9]{2})?)";

const sane = (day: Sql): Sql => sql`CASE WHEN year(${day}) BETWEEN 1900 AND 2200 THEN ${day} END`;

function readDay(column: Column, mapped: Mapped, cell: Sql, format: TextFormat, zone: string): Reading {
  const written = plainText(mapped, cell);
  const asDay = ((): Sql => {
    if (mapped.type === "TIMESTAMP WITH TIME ZONE") return localDay(sql`timezone('UTC', ${cell})`, zone);
    if (mapped.type !== "VARCHAR") return sql`TRY_CAST(${cell} AS DATE)`;
    const moment = sql`timezone('UTC', TRY_CAST(${written} AS TIMESTAMPTZ))`;
    const iso = sql`CASE WHEN regexp_full_match(${written}, ${`${isoDay}[T ]${withOffset}`}) THEN ${localDay(moment, zone)} ELSE TRY_CAST(${written} AS DATE) END`;
    if (format.dates === undefined) return iso;
    return sql`coalesce(CAST(try_strptime(${written}, ${strptimePattern(format.dates)}) AS DATE), ${iso})`;
  })();
  const value = sane(asDay);
  const reason = sql`${`${column.name}: `} || ${shown(cell)} || ${format.dates === undefined ? " is no day; declare dates: dd/mm/yyyy if days are written so" : ` is no day written ${format.dates}`}`;
  return { value, fault: unless(mapped.type === "VARCHAR" ? written : cell, value, reason) };
}

/** The UTC timestamp of a wall-clock time in a zone. */
const toUtc = (local: Sql, zone: string): Sql =>
  zone === "UTC" ? local : sql`timezone('UTC', timezone(${zone}, ${local}))`;

function readInstant(column: Column, mapped: Mapped, cell: Sql, format: TextFormat, zone: string): Reading {
  const written = plainText(mapped, cell);
  const naive = format.zone ?? "UTC";
  const asInstant = ((): Sql => {
    if (mapped.type === "TIMESTAMP WITH TIME ZONE") return sql`timezone('UTC', ${cell})`;
    if (mapped.type === "DATE") return toUtc(sql`CAST(${cell} AS TIMESTAMP)`, zone);
    if (mapped.type !== "VARCHAR") return toUtc(sql`TRY_CAST(${cell} AS TIMESTAMP)`, naive);
    const pattern = format.dates === undefined ? undefined : strptimePattern(format.dates);
    const declared =
      pattern === undefined
        ? raw("NULL")
        : sql`coalesce(${toUtc(sql`try_strptime(${written}, ${pattern})`, zone)},
            ${toUtc(sql`coalesce(try_strptime(${written}, ${`${pattern} %H:%M:%S`}), try_strptime(${written}, ${`${pattern} %H:%M`}))`, naive)})`;
    return sql`CASE
      WHEN regexp_full_match(${written}, ${isoDay}) THEN ${toUtc(sql`TRY_CAST(${written} AS TIMESTAMP)`, zone)}
      WHEN regexp_full_match(${written}, ${`${isoDay}[T ]${withOffset}`}) THEN timezone('UTC', TRY_CAST(${written} AS TIMESTAMPTZ))
      WHEN regexp_full_match(${written}, ${`${isoDay}[T ].*`}) THEN ${toUtc(sql`TRY_CAST(${written} AS TIMESTAMP)`, naive)}
      ELSE ${declared} END`;
  })();
  const value = sane(asInstant);
  const reason = sql`${`${column.name}: `} || ${shown(cell)} || ${format.dates === undefined ? " is no instant; declare dates: dd/mm/yyyy if days are written so" : ` is no day or instant written ${format.dates}`}`;
  return { value, fault: unless(mapped.type === "VARCHAR" ? written : cell, value, reason) };
}

function readText(column: Column, mapped: Mapped, cell: Sql): Reading {
  const written = plainText(mapped, cell);
  if (column.name === "currency") {
    const value = sql`upper(${written})`;
    return {
      value,
      fault: sql`CASE WHEN NOT regexp_full_match(${value}, '[A-Z]{3}') THEN ${"currency: "} || ${shown(cell)} || ${" is no ISO 4217 code such as EUR"} END`,
    };
  }
  if (column.oneOf === undefined) return { value: written, fault: undefined };
  const allowed = join(
    column.oneOf.map((each) => sql`${each}`),
    ", ",
  );
  const reason = sql`${`${column.name}: `} || ${shown(cell)} || ${` is none of ${column.oneOf.join(", ")}`}`;
  return { value: written, fault: sql`CASE WHEN ${written} NOT IN (${allowed}) THEN ${reason} END` };
}

function read(column: Column, mapped: Mapped | undefined, format: TextFormat, zone: string): Reading {
  if (mapped === undefined) return { value: sql`CAST(NULL AS ${raw(sqlTypes[column.kind])})`, fault: undefined };
  const cell = sql`mapped.${name(mapped.name)}`;
  switch (column.kind) {
    case "text":
      return readText(column, mapped, cell);
    case "money":
    case "number":
    case "share":
    case "integer":
      return readNumber(column, mapped, cell, format);
    case "day":
      return readDay(column, mapped, cell, format, zone);
    case "instant":
      return readInstant(column, mapped, cell, format, zone);
    case "flag": {
      const value = sql`TRY_CAST(${cell} AS BOOLEAN)`;
      return {
        value,
        fault: unless(cell, value, sql`${`${column.name}: `} || ${shown(cell)} || ${" is neither true nor false"}`),
      };
    }
  }
}

function checkMapping(table: Table, columns: readonly Mapped[], source: string): void {
  const has = (column: string) => columns.some((each) => each.name === column);
  const lacking = Object.values(table.columns).filter((column) => column.required && !has(column.name));
  const statable = Object.values(table.columns).filter((column) => !column.derived);
  const known = [...statable.map((column) => column.name), "source_key"];
  const unknown = columns.find((each) => !known.includes(each.name));
  const detail = { source, fact: table.name };
  if (lacking.length > 0)
    throw new Problem(
      "mapping-lacks-column",
      `the mapping of ${source} to ${table.name} lacks ${lacking.map((column) => column.name).join(", ")}`,
      `add it to the SELECT, e.g. … AS ${lacking[0]?.name}`,
      detail,
    );
  if (unknown !== undefined)
    throw new Problem(
      "mapping-unknown-column",
      `the mapping of ${source} to ${table.name} gives ${unknown.name}, which is no column of ${table.name}`,
      `rename it to one of ${known.join(", ")}, or leave it out`,
      { ...detail, column: unknown.name },
    );
  const moneyColumn = columns.find((each) => table.columns[each.name]?.kind === "money" && table.name !== "goal");
  if (moneyColumn !== undefined && "currency" in table.columns && !has("currency"))
    throw new Problem(
      "mapping-lacks-column",
      `the mapping of ${source} to ${table.name} gives ${moneyColumn.name} but no currency`,
      "add the currency of the amounts, e.g. 'EUR' AS currency",
      detail,
    );
}

/**
 * The SELECT that turns a mapping's rows into rows of the fact: typed columns, days in the workspace's zone, `source_key`,
 * and for a row that breaks a rule its `_reason` and its `_raw` content.
 */
export function reading(
  table: Table,
  mapping: { select: string; columns: readonly Mapped[]; source: string },
  format: TextFormat,
  { zone, pepper }: Pick<FactRules, "zone" | "pepper">,
): Sql {
  checkMapping(table, mapping.columns, mapping.source);
  const byName = new Map(mapping.columns.map((each) => [each.name, each]));
  const all = Object.values(table.columns);
  const stated = all.filter((column) => !isDerivedDay(table, column));
  const readings = stated.map((column) => ({ column, ...read(column, byName.get(column.name), format, zone) }));
  const values = readings.map(({ column, value }) => sql`${value} AS ${name(column.name)}`);
  const faults = readings.flatMap(({ fault }) => (fault === undefined ? [] : [fault]));
  const missing = stated
    .filter((column) => column.required)
    .map((column) => sql`CASE WHEN ${name(column.name)} IS NULL THEN ${`${column.name} is required`} END`);
  const broken = [...table.rules, ...moneyRules(table)].map(
    (rule) => sql`CASE WHEN NOT (${raw(rule.holds)}) THEN ${rule.reason} END`,
  );
  const days = stated
    .filter((column) => column.kind === "instant")
    .map((column) => sql`${localDay(name(column.name), zone)} AS ${name(dayOf(column.name))}`);
  const key = byName.has("source_key") ? raw("CAST(mapped.source_key AS VARCHAR)") : raw("CAST(NULL AS VARCHAR)");
  const reason = join([raw("_fault"), ...missing, ...broken, raw("NULL")], ", ");
  const rows = withoutNames(table, raw(mapping.select), [...byName.keys()], pepper);
  return sql`SELECT ${join(
    all.map((column) => name(column.name)),
    ", ",
  )}, source_key, ${withoutEmails(raw("_reason"))} AS _reason,
    CASE WHEN _reason IS NOT NULL THEN ${withoutEmails(sql`CAST(to_json(_whole) AS VARCHAR)`)} END AS _raw
  FROM (SELECT *, coalesce(${reason}) AS _reason${days.length === 0 ? raw("") : sql`, ${join(days, ", ")}`}
    FROM (SELECT ${join(values, ", ")}, ${key} AS source_key, mapped AS _whole,
      coalesce(${join([...faults, raw("NULL")], ", ")}) AS _fault FROM (${rows}) AS mapped))`;
}

const isDerivedDay = (table: Table, column: Column): boolean =>
  column.kind === "day" && column.name.endsWith("_on") && `${column.name.slice(0, -3)}_at` in table.columns;

const moneyRules = (table: Table): { holds: string; reason: string }[] =>
  "currency" in table.columns && "amount" in table.columns
    ? [{ holds: "amount IS NULL OR currency IS NOT NULL", reason: "currency is required where there is an amount" }]
    : [];
