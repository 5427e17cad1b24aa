import type { Answer, Freshness, Row, Warning } from "../../contract/answer.ts";
import type { Attainment } from "../../contract/attainment.ts";
import type { IndicatorEntry, VariantEntry } from "../../contract/catalogue.ts";
import type { Goal } from "../../contract/goal.ts";
import type { ProblemBody } from "../../contract/problem.ts";
import type { Clock, Grain } from "../../contract/question.ts";
import type { Ranking } from "../../contract/ranking.ts";
import { attainmentFor, loadAttainments } from "../attainments.ts";
import { attempt, type Attempt } from "../attempt.ts";
import { baseQuestion, goalOfPeriod, goalsOf, periodQuestion, splitOf, type Context } from "../context.ts";
import { shift, type Span } from "../dates.ts";
import type { Kind } from "../format.ts";
import { kindOf } from "../kind.ts";
import { seriesOf, trendSpan, type Point } from "../series.ts";
import { mergeFreshness, mergeWarnings } from "../shell.ts";

export interface Trend {
  grain: Grain;
  points: Point[];
  previous: Point[];
  /** The goal of each point, where there is one. */
  goals: (number | null)[];
  problem: ProblemBody | null;
}

export interface BreakdownRow extends Row {
  previous: number | null;
  /** Whether its change is more than noise; null where that cannot be told. */
  certain: boolean | null;
}

export interface Breakdown {
  by: string;
  rows: BreakdownRow[];
  total: BreakdownRow | null;
  /** The rows in order, where the page asks for it. */
  ranking: Ranking | null;
  problem: ProblemBody | null;
}

export interface Detail {
  entry: IndicatorEntry;
  variant: VariantEntry;
  kind: Kind;
  better: "higher" | "lower";
  currency: string | null;
  clock: Clock | null;
  /** Days that the cohorts are followed, as the answer says. */
  window: number | null;
  total: Row | null;
  /** Of the intervals, 0..1. */
  level: number;
  previous: number | null;
  /** Whether the change against the compared days is more than noise; null where that cannot be told. */
  certain: boolean | null;
  goal: number | null;
  /** The goal held against what happened, where the engine knows it. */
  attainment: Attainment | null;
  /** The definition that answers. */
  definition: Pick<IndicatorEntry, "version" | "owner" | "effective">;
  problem: ProblemBody | null;
  grains: Grain[];
  trend: Trend;
  breakdown: Breakdown | null;
  warnings: Warning[];
  freshness: Freshness[];
}

const usualLevel = 0.8;

/** Asks for an indicator's headline, its trend and its breakdown. */
export async function loadDetail(context: Context, entry: IndicatorEntry, variant: VariantEntry): Promise<Detail> {
  const goals = await context.api.goals();
  const grains = (["day", "week", "month", "quarter"] as const).filter((grain) => entry.grains.includes(grain));
  const grain =
    grains.find((known) => known === context.address.grain) ??
    grains.find((known) => known === "month") ??
    grains[0] ??
    "month";
  const [headline, trend, breakdown, attainments] = await Promise.all([
    attempt(context.api.ask(periodQuestion(context, entry.id, variant.id))),
    loadTrend(context, entry, variant, grain, goals),
    loadBreakdown(context, entry, variant),
    loadAttainments(context, entry.id),
  ]);
  const answers = [headline.answer, trend.answer, breakdown?.answer].flatMap((answer) => answer ?? []);
  return {
    entry,
    variant,
    kind: kindOf(variant.id, variant.unit),
    better: headline.answer?.indicator.better ?? entry.better,
    currency: headline.answer?.indicator.currency ?? null,
    clock: headline.answer?.question.clock ?? null,
    window: headline.answer?.question.window ?? null,
    total: headline.answer?.total ?? null,
    level: headline.answer?.question.interval ?? usualLevel,
    previous: headline.answer?.comparison?.total.value ?? null,
    certain: headline.answer?.comparison?.certain ?? null,
    goal: goalOfPeriod(goals, context, entry, variant.id),
    attainment: attainmentFor(attainments, context, entry.id, variant.id),
    definition: headline.answer?.indicator ?? entry,
    problem: headline.problem,
    grains,
    trend: trend.trend,
    breakdown: breakdown?.breakdown ?? null,
    warnings: mergeWarnings(answers),
    freshness: mergeFreshness(answers),
  };
}

async function loadTrend(context: Context, entry: IndicatorEntry, variant: VariantEntry, grain: Grain, goals: Goal[]) {
  const span = trendSpan(context.period, grain);
  const compared = comparedTrend(context, span, grain);
  const { answer, problem } = await attempt(
    context.api.ask({
      ...baseQuestion(context, entry.id, variant.id),
      ...span,
      grain,
      ...(compared ? { compare: compared } : {}),
    }),
  );
  const targets = goalsOf(goals, context.address.where, entry, variant.id, grain);
  const points = answer ? seriesOf(answer.rows, span, grain) : [];
  const previous = answer?.comparison && compared ? seriesOf(answer.comparison.rows, compared, grain) : [];
  const trend: Trend = {
    grain,
    points,
    previous,
    goals: points.map(({ period }) => targets.get(period) ?? null),
    problem,
  };
  return { answer, trend };
}

/** By day, the compared days lie under the period's own; by longer grains, the same months a year before. */
function comparedTrend({ address, compared, period }: Context, span: Span, grain: Grain): Span | undefined {
  if (grain === "day") return span.from === period.from ? compared : undefined;
  if (address.compare !== "yoy" || grain === "week") return undefined;
  return { from: shift("year", span.from, -1), to: shift("year", span.to, -1) };
}

async function loadBreakdown(context: Context, entry: IndicatorEntry, variant: VariantEntry) {
  const by = splitOf(context.address, variant);
  if (by === undefined) return null;
  const question = { ...periodQuestion(context, entry.id, variant.id), by: [by] };
  const attempted = await attempt(context.api.ask(context.address.rank ? { ...question, rank: true } : question));
  return { answer: attempted.answer, breakdown: breakdownOf(by, attempted) };
}

function breakdownOf(by: string, { answer, problem }: Attempt<Answer>): Breakdown {
  const before = new Map(answer?.comparison?.rows.map((row) => [row.key[by], row]));
  const rows = (answer?.rows ?? []).map((row) => {
    const then = before.get(row.key[by]);
    return { ...row, previous: then?.value ?? null, certain: then?.certain ?? null };
  });
  const { total: then, certain = null } = answer?.comparison ?? {};
  const total = answer ? { ...answer.total, previous: then?.value ?? null, certain } : null;
  return { by, rows, total, ranking: answer?.ranking ?? null, problem };
}
