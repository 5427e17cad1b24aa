import type { Answer, Freshness, Row, Warning } from "../../contract/answer.ts";
import type { IndicatorEntry } from "../../contract/catalogue.ts";
import type { Attainment } from "../../contract/attainment.ts";
import type { Goal } from "../../contract/goal.ts";
import type { ProblemBody } from "../../contract/problem.ts";
import { attainmentFor, loadAttainments } from "../attainments.ts";
import { attempt } from "../attempt.ts";
import { baseQuestion, goalOfPeriod, nineOf, periodQuestion, type Context } from "../context.ts";
import { kindOf } from "../kind.ts";
import type { Kind } from "../format.ts";
import { seriesOf, trendSpan, type Point } from "../series.ts";
import { mergeFreshness, mergeWarnings } from "../shell.ts";

/** One number of the home page with all that it is never shown without. */
export interface Tile {
  id: string;
  variant: string;
  title: string;
  kind: Kind;
  better: "higher" | "lower";
  currency: string | null;
  total: Row | null;
  previous: number | null;
  /** Whether the change against it is more than noise, or null where that cannot be told. */
  certain: boolean | null;
  series: Point[];
  goal: number | null;
  /** Where it stands against the goal, by working days. */
  attainment: Attainment | null;
  problem: ProblemBody | null;
}

export interface Home {
  tiles: Tile[];
  warnings: Warning[];
  freshness: Freshness[];
}

/** Asks for the nine, each with its comparison and its last 13 months. */
export async function loadHome(context: Context): Promise<Home> {
  const goals = await context.api.goals();
  const [attainments, ...loaded] = await Promise.all([
    loadAttainments(context),
    ...nineOf(context.catalogue).map((entry) => loadTile(context, entry, goals)),
  ]);
  const answers = loaded.flatMap(({ answer }) => answer ?? []);
  return {
    tiles: loaded.map(({ tile }) => ({
      ...tile,
      attainment: attainmentFor(attainments, context, tile.id, tile.variant),
    })),
    warnings: mergeWarnings(answers),
    freshness: mergeFreshness(answers),
  };
}

async function loadTile(
  context: Context,
  entry: IndicatorEntry,
  goals: Goal[],
): Promise<{ tile: Omit<Tile, "attainment">; answer: Answer | null }> {
  const span = trendSpan(context.period, "month");
  const [headline, trend] = await Promise.all([
    attempt(context.api.ask(periodQuestion(context, entry.id))),
    attempt(context.api.ask({ ...baseQuestion(context, entry.id), ...span, grain: "month" })),
  ]);
  const { answer } = headline;
  const variant = answer?.indicator.variant ?? entry.variants[0]?.id ?? "";
  const unit = answer?.indicator.unit ?? entry.variants[0]?.unit ?? "count";
  const tile = {
    id: entry.id,
    variant,
    title: entry.title,
    kind: kindOf(variant, unit),
    better: answer?.indicator.better ?? entry.better,
    currency: answer?.indicator.currency ?? null,
    total: answer?.total ?? null,
    previous: answer?.comparison?.total.value ?? null,
    certain: answer?.comparison?.certain ?? null,
    series: trend.answer ? seriesOf(trend.answer.rows, span, "month") : [],
    goal: goalOfPeriod(goals, context, entry, variant),
    problem: headline.problem,
  };
  return { tile, answer };
}
