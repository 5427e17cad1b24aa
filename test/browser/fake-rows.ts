import type { Row } from "../../src/contract/answer.ts";
import type { Filter, Question } from "../../src/contract/question.ts";
import { Problem } from "../../src/engine/problem.ts";
import { shift, shiftDays } from "../../src/web/dates.ts";
import { periodsIn } from "../../src/web/series.ts";
import { catalogue, formulas } from "./fake-catalogue.ts";
import { amountOf, shareOf, slices } from "./fake-company.ts";

const money = new Set(["spend", "costs", "revenue", "refunds"]);

/** Whether a part of a formula is money. */
export const isMoney = (part: string): boolean => money.has(part);

/** The indicator, variant and parts that a question is about; refuses like the real one. */
export function variantOf(question: Question) {
  const entry = catalogue.indicators.find(({ id }) => id === question.indicator);
  if (entry === undefined)
    throw new Problem("unknown-indicator", `no indicator is named ${question.indicator}`, "see /api/v1/indicators");
  const variant =
    question.variant === undefined ? entry.variants[0] : entry.variants.find(({ id }) => id === question.variant);
  if (variant === undefined)
    throw new Problem("unknown-variant", `${entry.id} has no variant ${question.variant}`, "see /api/v1/indicators");
  const illegal = [...(question.by ?? []), ...Object.keys(question.where ?? {})].find(
    (dimension) => !variant.by.includes(dimension),
  );
  if (illegal !== undefined)
    throw new Problem("cannot-split", `${entry.id} cannot be split by ${illegal}`, `split by ${variant.by.join(", ")}`);
  return { entry, variant, parts: formulas[entry.id]?.find(([id]) => id === variant.id)?.[3] ?? [] };
}

/** The rows and the total of a question over days. */
export function rowsOf(question: Question, from: string, to: string): { rows: Row[]; total: Row } {
  const total = rowOf(question, {}, null, { from, to });
  const rows =
    question.grain === undefined ? slicesOf(question, from, to) : periodsOf(question, question.grain, from, to);
  return { rows, total };
}

function periodsOf(question: Question, grain: NonNullable<Question["grain"]>, from: string, to: string): Row[] {
  return periodsIn({ from, to }, grain).map((start) => {
    const end = shift(grain, start, 1);
    const row = rowOf(question, {}, start, { from: start > from ? start : from, to: end < to ? end : to });
    return { ...row, incomplete: end > shiftDays(catalogue.workspace.today, 1) };
  });
}

function slicesOf(question: Question, from: string, to: string): Row[] {
  const [by] = question.by ?? [];
  if (by === undefined) return [];
  const values = Object.keys(slices[by] ?? {}).filter((value) => passes(question.where?.[by], value));
  const rows = values.map((value) => rowOf(question, { [by]: value === "(none)" ? null : value }, null, { from, to }));
  return rows.toSorted((one, other) => (firstPart(other) ?? 0) - (firstPart(one) ?? 0));
}

const firstPart = ({ parts }: Row): number | null | undefined => Object.values(parts)[0];

function passes(filter: Filter | undefined, value: string): boolean {
  const plain = value === "(none)" ? null : value;
  if (filter === undefined) return true;
  return Array.isArray(filter) ? filter.includes(plain) : !filter.not.includes(plain);
}

/** One cell. */
export function rowOf(
  question: Question,
  key: Row["key"],
  period: string | null,
  span: { from: string; to: string },
): Row {
  const { variant, parts: names } = variantOf(question);
  const parts = Object.fromEntries(names.map((name) => [name, partOf(question, name, key, span)]));
  const [above = 0, below] = Object.values(parts);
  const value = valueOf(question, above, below);
  const n = variant.unit === "ratio" && question.indicator !== "marketing-roi" ? (below ?? null) : null;
  const row: Row = {
    key,
    period,
    value,
    observed: null,
    band: null,
    n,
    interval: n !== null && value !== null && question.indicator !== "scoreboard" ? around(value, n) : null,
    maturity: 1,
    incomplete: false,
    parts,
    flags: flagsOf(value, n),
  };
  return question.clock === "cohort" && span.to > young ? estimated(row) : row;
}

/** Cohorts that end after this day have not lived their whole window. */
const young = "2026-10-25";

/** What was seen of a young cohort, and the same value as what is expected of it. */
function estimated(row: Row): Row {
  if (row.value === null) return row;
  const [low, high] = row.interval ?? [row.value, row.value];
  const wider: [number, number] = [Math.max(0, low - 0.02), high + 0.02];
  return {
    ...row,
    observed: row.value * 0.62,
    band: [low, high],
    interval: wider,
    maturity: 0.62,
    flags: [...row.flags, "estimated"],
  };
}

function flagsOf(value: number | null, n: number | null): Row["flags"] {
  if (value === null) return ["no-denominator"];
  return n !== null && n < 30 ? ["small-n"] : [];
}

function valueOf(question: Question, above: number, below: number | undefined): number | null {
  if (below === undefined) return above;
  if (below === 0) return null;
  return question.indicator === "marketing-roi" && question.variant !== "roas"
    ? (above - below) / below
    : above / below;
}

function around(value: number, n: number): [number, number] {
  const half = 1.28 * Math.sqrt((value * (1 - value)) / Math.max(1, n));
  return [Math.max(0, value - half), Math.min(1, value + half)];
}

function partOf(question: Question, name: string, key: Row["key"], { from, to }: { from: string; to: string }): number {
  if (name === "with_goal") return 8;
  if (name === "on_goal") return from >= "2026-11-01" ? 5 : 4;
  if (name === "at_start") return Math.round(1240 * factor(question, "customers", key));
  if (name === "retained")
    return Math.round((1240 - amountOf("won", from, to) * 0.6) * factor(question, "customers", key));
  const amount = amountOf(name, from, to) * factor(question, name, key);
  return isMoney(name) ? Math.round(amount * 100) / 100 : Math.round(amount);
}

/** The share of the company that a cell and the question's filters leave. */
function factor(question: Question, measure: string, key: Row["key"]): number {
  let share = 1;
  for (const [dimension, value] of Object.entries(key)) share *= shareOf(measure, dimension, value ?? "(none)");
  for (const [dimension, filter] of Object.entries(question.where ?? {})) {
    if (dimension in key) continue;
    const kept = Object.keys(slices[dimension] ?? {}).filter((value) => passes(filter, value));
    share *= kept.reduce((sum, value) => sum + shareOf(measure, dimension, value), 0);
  }
  return share;
}
