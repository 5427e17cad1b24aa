import type { Answer, Comparison, Row } from "../contract/answer.ts";
import type { Goal } from "../contract/goal.ts";
import type { Question } from "../contract/question.ts";
import type { Cell, Database } from "../engine/database.ts";
import { addsUp } from "../engine/measure.ts";
import { Problem } from "../engine/problem.ts";
import { duckdb } from "../engine/dialect.ts";
import { believed } from "../engine/relation.ts";
import { name, sql } from "../engine/sql.ts";
import {
  addDays,
  addPeriods,
  daysBetween,
  maxDay,
  minDay,
  startOf,
  type Day,
  type Grain,
  type Range,
} from "../engine/time.ts";
import type { Variant } from "../indicators/definition.ts";
import { scoreboard } from "../indicators/scoreboard.ts";
import { wilson } from "../methods/uncertainty/wilson.ts";
import { answer, comparedRange, defaultLevel } from "./answer.ts";
import type { Context } from "./draft.ts";
import { findIndicator, findVariant } from "./resolve.ts";

/** One goal held against what happened. */
export interface Attainment {
  readonly goal: Goal;
  readonly value: number | null;
  /** What the goal asks for by now: of a running period, for totals, the share of its days that has passed. */
  readonly due: number;
  readonly met: boolean | null;
}

/** An attainment with the SQL that measured it. */
export type Held = Attainment & { readonly sql: string };

/** Goals as the facts hold them now, or held them at an instant. */
export async function goalsOf(database: Database, asOf?: string): Promise<Goal[]> {
  const rows = await database.use((connection) =>
    connection.rows(sql`SELECT * FROM goal WHERE ${believed(name("goal"), { asOf }, duckdb)}
      ORDER BY period_start, indicator, variant, scope_kind, scope`),
  );
  const text = (value: Cell | undefined) => (value == null ? null : String(value));
  return rows.map((row) => ({
    indicator: String(row["indicator"]),
    variant: text(row["variant"]),
    scopeKind: String(row["scope_kind"]) as Goal["scopeKind"],
    scope: text(row["scope"]),
    periodStart: String(row["period_start"]),
    grain: String(row["grain"]) as Grain,
    target: Number(row["target"]),
    currency: text(row["currency"]),
  }));
}

const passed = ({ from, to }: Range, today: Day): number =>
  Math.max(0, Math.min(1, daysBetween(from, minDay(to, addDays(today, 1))) / daysBetween(from, to)));

/** Whether the value grows as its period goes on: sums and counts do, ratios and stocks do not. */
export const accumulates = (variant: Variant): boolean =>
  variant.value.kind === "part" && Object.values(variant.parts).every(addsUp);

/** Goals for one indicator, variant, currency and grain: one question by that grain answers all of them. */
async function attainAll(
  goals: readonly Goal[],
  range: Range,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Held[]> {
  const [first] = goals;
  if (first === undefined) return [];
  const { variant: id, grain, currency } = first;
  const indicator = findIndicator(first.indicator, context.indicators);
  const from = goals.map((goal) => goal.periodStart).reduce(minDay);
  const last = goals.map((goal) => addPeriods(grain, goal.periodStart, 1)).reduce(maxDay);
  const question: Question = {
    indicator: first.indicator,
    ...(id === null ? {} : { variant: id }),
    ...(currency === null ? {} : { currency }),
    ...(context.asOf === undefined ? {} : { asOf: context.asOf }),
    grain,
    from,
    to: minDay(last, range.to),
  };
  const { variant } = findVariant(indicator, question, context);
  const given = await answer(question, context, database, signal);
  return goals.map((goal) => {
    const whole = { from: goal.periodStart, to: addPeriods(grain, goal.periodStart, 1) };
    const share =
      range.to < whole.to
        ? daysBetween(whole.from, range.to) / daysBetween(whole.from, whole.to)
        : passed(whole, context.today);
    const due = accumulates(variant) ? goal.target * share : goal.target;
    const value = given.rows.find((row) => row.period === startOf(grain, goal.periodStart))?.value ?? null;
    const met = value === null ? null : indicator.better === "higher" ? value >= due : value <= due;
    return { goal, value, due, met, sql: given.sql };
  });
}

function rangeAsked(question: Question, today: Day): Range {
  const month = startOf("month", today);
  return { from: question.from ?? month, to: question.to ?? addPeriods("month", month, 1) };
}

const isCompany = (goal: Goal, known: readonly string[]): boolean =>
  goal.scopeKind === "company" && goal.indicator !== scoreboard.id && known.includes(goal.indicator);

/** Every goal of the company for the periods of the range, held against what happened in them. */
export async function attainments(
  range: Range,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Held[]> {
  const known = context.indicators.map((each) => each.id);
  const goals = await context.ledger.remembered(`goals ${context.asOf ?? ""}`, () => goalsOf(database, context.asOf));
  const due = goals.filter(
    (goal) =>
      isCompany(goal, known) &&
      goal.periodStart >= range.from &&
      goal.periodStart < range.to &&
      goal.periodStart <= context.today,
  );
  const groups = Map.groupBy(due, (goal) => [goal.indicator, goal.variant, goal.currency, goal.grain].join("\n"));
  const held = await Promise.all(
    [...groups.values()].map((group) => attainAll(group, range, context, database, signal)),
  );
  return held
    .flat()
    .toSorted((a, b) =>
      a.goal.periodStart < b.goal.periodStart ? -1 : a.goal.periodStart > b.goal.periodStart ? 1 : 0,
    );
}

function rowOf(period: string | null, held: readonly Attainment[], level: number, incomplete: boolean): Row {
  const measured = held.filter((each) => each.met !== null);
  const met = measured.filter((each) => each.met).length;
  const n = measured.length;
  return {
    key: {},
    period,
    value: n === 0 ? null : met / n,
    observed: null,
    n,
    interval: wilson(met, n, level),
    maturity: 1,
    incomplete,
    parts: { on_goal: met, with_goal: n },
    flags: n === 0 ? [held.length === 0 ? "not-recorded" : "no-denominator"] : [],
  };
}

function checked(question: Question): void {
  const refused = [
    ...(question.by ?? []).map((each) => `by ${each}`),
    ...Object.keys(question.where ?? {}).map((each) => `where ${each}`),
    ...(question.variant === undefined || question.variant === "on-goal" ? [] : [`variant ${question.variant}`]),
  ];
  if (refused.length === 0) return;
  throw new Problem(
    "cannot-split",
    `scoreboard cannot be asked ${refused.join(", ")}: it counts the company's own goals`,
    "ask for the total or with a grain, and open it to see each goal",
    { indicator: scoreboard.id },
  );
}

/** The share of the company's indicators that are on goal. */
export async function scoreboardAnswer(
  question: Question,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Answer> {
  const began = performance.now();
  checked(question);
  const range = rangeAsked(question, context.today);
  const level = question.interval ?? defaultLevel;
  const held = await attainments(range, context, database, signal);
  const { grain } = question;
  const incomplete = range.to > context.today && range.from <= context.today;
  const starts =
    grain === undefined ? [] : [...new Set(held.map((each) => startOf(grain, each.goal.periodStart)))].toSorted();
  const rows = starts.map((start) => {
    const own = held.filter((each) => grain !== undefined && startOf(grain, each.goal.periodStart) === start);
    return rowOf(start, own, level, grain !== undefined && addPeriods(grain, start, 1) > context.today);
  });
  const total = rowOf(null, held, level, incomplete);
  const other = comparedRange(question, range, context.today);
  const comparison: Comparison | null =
    other === undefined
      ? null
      : { ...other, rows: [], total: rowOf(null, await attainments(other, context, database, signal), level, false) };
  return {
    question: { ...question, variant: "on-goal", ...range, clock: "period" },
    indicator: {
      id: scoreboard.id,
      variant: "on-goal",
      version: scoreboard.version,
      unit: "ratio",
      better: "higher",
      currency: null,
    },
    rows: grain === undefined ? [total] : rows,
    total,
    comparison,
    ranking: null,
    warnings: [],
    freshness: context.ledger.sources
      .filter((each) => each.fact === "goal")
      .map(({ source, loadedAt, rows: n }) => ({ source, loadedAt, rows: n })),
    sql: [...new Map(held.map(({ goal, sql }) => [sql, `-- ${goal.indicator}\n${sql};`])).values()].join("\n\n"),
    took_ms: Math.round((performance.now() - began) * 10) / 10,
  };
}
