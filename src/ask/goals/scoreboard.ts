import type { Answer, Comparison, Row, Warning } from "../../contract/answer.ts";
import { scopeKinds, type Goal } from "../../contract/goal.ts";
import type { Question } from "../../contract/question.ts";
import type { Database } from "../../engine/database.ts";
import { Problem } from "../../engine/problem.ts";
import { addPeriods, startOf, type Range } from "../../engine/time.ts";
import { scoreboard } from "../../indicators/scoreboard.ts";
import { wilson } from "../../methods/uncertainty/wilson.ts";
import { comparedRange, defaultLevel } from "../answer.ts";
import { definitionFor } from "../definitions/definition.ts";
import type { Context } from "../draft.ts";
import { heldGoals, rangeOf, type Held } from "./attainment.ts";
import { errorOf } from "../conservation/violations.ts";

/** Those with a value to hold. */
export const measured = (held: readonly Held[]): Held[] => held.filter((each) => each.met !== null);

function rowOf(period: string | null, held: readonly Held[], level: number, incomplete: boolean): Row {
  const n = measured(held).length;
  const met = held.filter((each) => each.met === true).length;
  return {
    key: {},
    period,
    value: n === 0 ? null : met / n,
    observed: null,
    band: null,
    n,
    interval: wilson(met, n, level),
    maturity: 1,
    incomplete,
    parts: { on_goal: met, with_goal: n },
    flags: n === 0 ? [held.length === 0 ? "not-recorded" : "no-denominator"] : [],
  };
}

const refused = (what: string): Problem =>
  new Problem(
    "cannot-split",
    `scoreboard cannot be asked ${what}: it counts goals, each of one scope`,
    `filter by one of ${scopeKinds.slice(1).join(", ")}, ask with a grain, and open it to see each goal`,
    { indicator: scoreboard.id },
  );

/** Whose goals a scoreboard counts: the company's, or those of the scopes that the question is filtered to. */
export function scopesOf({ where = {} }: Pick<Question, "where">): (goal: Goal) => boolean {
  const [filter, ...more] = Object.entries(where);
  if (filter === undefined) return (goal) => goal.scopeKind === "company";
  const [kind, values] = filter;
  if (more.length > 0) throw refused(`where ${Object.keys(where).join(" and ")}`);
  if (kind === "company" || !(scopeKinds as readonly string[]).includes(kind)) throw refused(`where ${kind}`);
  if (!Array.isArray(values)) throw refused(`where ${kind} is not`);
  return (goal) => goal.scopeKind === kind && values.includes(goal.scope);
}

function checked({ by = [], variant, rank }: Question): void {
  if (rank === true) throw refused("for a ranking");
  const [first] = by;
  if (first !== undefined) throw refused(`by ${first}`);
  if (variant !== undefined && variant !== "on-goal") throw refused(`variant ${variant}`);
}

/** The goals that a question to the scoreboard counts in a range. */
export const countedGoals = (
  question: Question,
  range: Range,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Held[]> => heldGoals({ ...range, scopes: scopesOf(question) }, context, database, signal);

function unheld(held: readonly Held[]): Warning[] {
  const [first, ...more] = held.filter((each) => each.problem !== null);
  if (first === undefined) return [];
  const count = more.length + 1;
  const message = `${count} ${count === 1 ? "goal has" : "goals have"} no number to be held against, e.g. ${first.goal.indicator}: ${first.problem?.message ?? ""}`;
  return [{ code: "goals-unheld", message, count }];
}

/** The share of the goals of the company, or of the scope asked for, that are met by now. */
export async function scoreboardAnswer(
  question: Question,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Answer> {
  const began = performance.now();
  checked(question);
  const { version, owner, effective } = definitionFor(question, context).indicator;
  const range = rangeOf(question, context.today);
  const level = question.interval ?? defaultLevel;
  const held = await countedGoals(question, range, context, database, signal);
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
      : {
          ...other,
          rows: [],
          total: rowOf(null, await countedGoals(question, other, context, database, signal), level, false),
          certain: null,
        };
  return {
    question: { ...question, variant: "on-goal", ...range, clock: "period" },
    indicator: {
      id: scoreboard.id,
      variant: "on-goal",
      version,
      owner,
      effective,
      unit: "ratio",
      better: "higher",
      currency: null,
    },
    rows: grain === undefined ? [total] : rows,
    total,
    comparison,
    ranking: null,
    warnings: [...errorOf(context.violations), ...unheld(held)],
    freshness: context.ledger.sources
      .filter((each) => each.fact === "goal")
      .map(({ source, loadedAt, rows: n }) => ({ source, loadedAt, rows: n })),
    sql: [...new Map(measured(held).map(({ goal, sql }) => [sql, `-- ${goal.indicator}\n${sql};`])).values()].join(
      "\n\n",
    ),
    took_ms: Math.round((performance.now() - began) * 10) / 10,
  };
}
