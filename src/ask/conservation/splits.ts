import { grains } from "../../contract/question.ts";
import { compile } from "../../engine/compile.ts";
import { part } from "../../engine/formula.ts";
import { isMoney } from "../../engine/measure.ts";
import type { Plan } from "../../engine/plan.ts";
import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import { daysBetween, type Grain, type Range } from "../../engine/time.ts";
import { credit } from "../../facts/derived/credit.ts";
import { books, type Book } from "./books.ts";
import type { Check } from "./check.ts";
import { publicDimensions } from "../dimensions.ts";
import { ruleIds, type RuleId } from "../../methods/attribution/index.ts";

interface Split {
  readonly keys: readonly string[];
  readonly grain: Grain | null;
  readonly model: string | null;
}

const models: readonly string[] = ruleIds;

/** A model of each shape: one touch takes all, or several share. Others differ from it only by the column that is read. */
const shapes = ["last_non_direct", "linear"] as const satisfies readonly RuleId[];

/** The models under which a split can differ. */
function modelsOf(of: readonly Book[], dimension: string): readonly (string | null)[] {
  const found = of.map(({ measure }) => measure.table.dimensions[dimension]);
  return found.some((each) => typeof each === "object" && each.table === credit) ? models : [null];
}

const planOf = (of: readonly Book[], { keys, grain, model }: Split, range: Range): Plan => ({
  parts: Object.fromEntries(of.map(({ id, measure }) => [id, measure])),
  formula: part(of[0]?.id ?? ""),
  products: [],
  keys,
  grain: grain ?? undefined,
  range,
  slices: [],
  narrowing: [],
  clock: "period",
  window: undefined,
  horizon: undefined,
  rival: undefined,
  asOf: undefined,
  today: range.to,
  observedTo: range.to,
  homeCurrency: "",
  currency: "",
  foreign: [],
  parameters: model === null ? {} : { model },
  given: {},
  lists: {},
  numbers: {},
  members: undefined,
});

const asText = (sum: Sql, money: boolean): Sql =>
  money
    ? sql`CAST(CAST(${sum} AS DECIMAL(38,6)) AS VARCHAR)`
    : sql`regexp_replace(CAST(CAST(${sum} AS DECIMAL(38,12)) AS VARCHAR), '\\.0+$', '')`;

/** A sum of the rows as exact text, money with its six decimals, counts whole; what is zero is no entry. */
const summed = ({ id, measure }: Book, amount: Sql, entry: Sql, rows: Sql): Sql =>
  sql`SELECT ${id} AS subject, ${entry} AS entry, NULL AS print,
    ${asText(sql`sum(${amount})`, isMoney(measure))} AS amount
  FROM ${rows} GROUP BY ${entry} HAVING sum(${amount}) <> 0`;

/** What each book holds: per currency where money is told apart by it, else in all. */
function bookedAs(perCurrency: boolean): Sql {
  const each = books.map((book) => {
    const entry = raw(perCurrency && isMoney(book.measure) ? "entry" : "NULL");
    return summed(book, raw("amount"), entry, sql`(${book.booked})`);
  });
  return join(each, "\nUNION ALL\n");
}

const booked = { inAll: bookedAs(false), perCurrency: bookedAs(true) };

/** What the books come to when they are split together: every row of the answer, summed again. */
function splitAs(of: readonly Book[], split: Split, range: Range): Sql {
  const perCurrency = split.keys.includes("currency");
  const each = of.map((book) => {
    const entry = raw(perCurrency && isMoney(book.measure) ? "currency" : "NULL");
    return summed(book, name(book.id), entry, raw("split"));
  });
  return sql`WITH split AS MATERIALIZED (${compile(planOf(of, split, range))})\n${join(each, "\nUNION ALL\n")}`;
}

function splitChecks(of: readonly Book[], split: Split, range: Range): Check[] {
  const expected = split.keys.includes("currency") ? booked.perCurrency : booked.inAll;
  const found = splitAs(of, split, range);
  const dimension = split.keys.length === 0 ? null : split.keys.join(", ");
  return of.map(({ id }) => ({ check: id, dimension, model: split.model, grain: split.grain, expected, found }));
}

/** One dimension of each table that all books are joined with to be split: who is credited, and the rep's own attributes. */
const joinedDimensions = ["channel", "team"] as const;

/** The same of tables that some books alone are joined with: how large a deal is. */
const ownDimensions = ["size"] as const;

/** Together a dimension of every table that any book is joined with. */
export const usualDimensions: readonly string[] = [...joinedDimensions, ...ownDimensions];

const mostPeriods = 1000;

/** All books by a grain alone, as most answers are; by a dimension too where there are very many periods. */
const grainChecks = (grain: Grain, range: Range): Check[] => {
  const many = daysBetween(range.from, range.to) > mostPeriods * (grain === "day" ? 1 : 7);
  const split = many ? { keys: ["channel"], model: models[0] ?? null } : { keys: [], model: null };
  return splitChecks(books, { ...split, grain }, range);
};

const money = books.filter(({ measure }) => isMoney(measure));
const counts = books.filter(({ measure }) => !isMoney(measure));

/** Books split together, each per currency where it holds money. */
function byKeys(of: readonly Book[], keys: readonly string[], split: Omit<Split, "keys">, range: Range): Check[] {
  const among = (kind: readonly Book[]) => kind.filter((book) => of.includes(book));
  const [amounts, numbers] = [among(money), among(counts)];
  return [
    ...(amounts.length === 0 ? [] : splitChecks(amounts, { ...split, keys: withCurrency(keys) }, range)),
    ...(numbers.length === 0 ? [] : splitChecks(numbers, { ...split, keys }, range)),
  ];
}

const having = (dimension: string): readonly Book[] =>
  books.filter(({ measure }) => dimension in measure.table.dimensions);

const withCurrency = (keys: readonly string[]): string[] => [...new Set([...keys, "currency"])];

/** All books at once, by a dimension of each joined table under a model of each shape, and by each grain: a row that is doubled or dropped shows. */
export const usualChecks = (range: Range): Check[] => [
  ...shapes.flatMap((model) => byKeys(books, joinedDimensions, { grain: null, model }, range)),
  ...ownDimensions.flatMap((dimension) => byKeys(having(dimension), [dimension], { grain: null, model: null }, range)),
  ...grains.flatMap((grain) => grainChecks(grain, range)),
];

/** The books by each of their dimensions alone, under each model, with and without each grain. */
export const singleChecks = (range: Range): Check[] =>
  publicDimensions.flatMap((dimension) => {
    const split = having(dimension);
    return modelsOf(split, dimension).flatMap((model) =>
      [null, ...grains].flatMap((grain) => byKeys(split, [dimension], { grain, model }, range)),
    );
  });
