import type { Answer } from "../../contract/answer.ts";
import type { Attainment } from "../../contract/attainment.ts";
import { scopeKinds, type Goal, type ScopeKind } from "../../contract/goal.ts";
import { grains, type Question } from "../../contract/question.ts";
import type { Scoreboard, ScoreboardAnswer, ScoreboardLine, ScoreboardRequest } from "../../contract/scoreboard.ts";
import type { Database } from "../../engine/database.ts";
import { nearest } from "../../engine/nearest.ts";
import { Problem } from "../../engine/problem.ts";
import { addPeriods, elapsedAlike, previous, startOf, type Grain, type Range } from "../../engine/time.ts";
import { nine } from "../../indicators/index.ts";
import { scoreboard } from "../../indicators/scoreboard.ts";
import { answer } from "../answer.ts";
import type { Context } from "../draft.ts";
import { scoreboardAnswer } from "./scoreboard.ts";
import { attainmentsOf, leavesNoAnswer, rangeOf } from "./attainment.ts";

type Listed = Scoreboard["indicators"][number];

const shipped: Scoreboard = {
  name: "nine",
  title: "The nine",
  filters: {},
  indicators: nine.map(({ id }) => ({ indicator: id, variant: null })),
};

/** The nine, then those of the company in the order of its settings; one of its own may be named `nine`. */
export function scoreboardsOf({ settings }: Pick<Context, "settings">): Scoreboard[] {
  const own = Object.entries(settings.scoreboards).map(([name, { title, filters, indicators }]): Scoreboard => {
    const listed = indicators.map(({ indicator, variant }) => ({ indicator, variant: variant ?? null }));
    return { name, title: title ?? name, filters, indicators: listed };
  });
  return own.some((each) => each.name === shipped.name) ? own : [shipped, ...own];
}

function named(name: string, context: Context): Scoreboard {
  const all = scoreboardsOf(context);
  const found = all.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = all.map((each) => each.name);
  const meant = nearest(name, names);
  throw new Problem(
    "unknown-scoreboard",
    `no scoreboard is named ${name}`,
    `${meant === undefined ? "" : `did you mean ${meant}? `}use one of ${names.join(", ")}, or add it to embudo.yaml under scoreboards:`,
    { scoreboard: name },
  );
}

/** Whose goals belong to filters: the company's without any, those of the one value of the one filter, else nobody's. */
function scopeOf(filters: Scoreboard["filters"]): Pick<Goal, "scopeKind" | "scope"> | undefined {
  const [filter, ...more] = Object.entries(filters);
  if (filter === undefined) return { scopeKind: "company", scope: null };
  const [kind, [scope, ...others]] = filter;
  if (more.length > 0 || others.length > 0 || scope === undefined) return undefined;
  return (scopeKinds as readonly string[]).includes(kind) ? { scopeKind: kind as ScopeKind, scope } : undefined;
}

const grainOf = ({ from, to }: Range): Grain | undefined =>
  grains.find((grain) => startOf(grain, from) === from && addPeriods(grain, from, 1) === to);

/** The goals of exactly the range and filters of a scoreboard, held against what happened. */
async function goalsHeld(
  { filters }: Scoreboard,
  range: Range,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Attainment[]> {
  const [scope, grain] = [scopeOf(filters), grainOf(range)];
  if (scope === undefined || grain === undefined) return [];
  const scopes = (goal: Goal) =>
    goal.scopeKind === scope.scopeKind &&
    goal.scope === scope.scope &&
    goal.grain === grain &&
    goal.periodStart === range.from;
  return attainmentsOf({ ...range, scopes }, context, database, signal);
}

const titleOf = ({ indicator }: Listed, { indicators }: Context): string =>
  indicators.find((each) => each.id === indicator)?.title ?? indicator;

function answeredLine(listed: Listed, given: Answer, goals: readonly Attainment[], context: Context): ScoreboardLine {
  const { variant, unit, better, currency } = given.indicator;
  const { value, n, interval, flags } = given.total;
  const attainment = goals.find((each) => each.goal.indicator === listed.indicator && each.variant === variant);
  return {
    indicator: listed.indicator,
    variant,
    title: titleOf(listed, context),
    unit,
    better,
    currency,
    value,
    n,
    interval,
    flags,
    before: given.comparison?.total.value ?? null,
    attainment: attainment ?? null,
    problem: null,
  };
}

const refusedLine = (listed: Listed, problem: Problem, context: Context): ScoreboardLine => ({
  ...listed,
  title: titleOf(listed, context),
  unit: null,
  better: "higher",
  currency: null,
  value: null,
  n: null,
  interval: null,
  flags: [],
  before: null,
  attainment: null,
  problem: problem.toJSON(),
});

const questionOf = (
  { indicator, variant }: Listed,
  { filters }: Scoreboard,
  range: Range,
  compare: Range,
  { asOf }: Context,
): Question => ({
  indicator,
  ...(variant === null ? {} : { variant }),
  ...(Object.keys(filters).length === 0 ? {} : { where: filters }),
  ...(asOf === undefined ? {} : { asOf }),
  ...range,
  compare: { ...compare },
});

/** Fills a scoreboard in; an indicator that cannot be asked with its filters says so on its line, and the others go on. */
export async function filledScoreboard(
  request: ScoreboardRequest,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<ScoreboardAnswer> {
  const board = named(request.name ?? shipped.name, context);
  const range = rangeOf(request, context.today);
  const compared = elapsedAlike(range, previous(range), context.today);
  const goals = await goalsHeld(board, range, context, database, signal);
  const lineOf = async (listed: Listed): Promise<ScoreboardLine> => {
    const ask = listed.indicator === scoreboard.id ? scoreboardAnswer : answer;
    try {
      const given = await ask(questionOf(listed, board, range, compared, context), context, database, signal);
      return answeredLine(listed, given, goals, context);
    } catch (error) {
      if (!(error instanceof Problem) || leavesNoAnswer(error)) throw error;
      return refusedLine(listed, error, context);
    }
  };
  return { scoreboard: board, ...range, compared, lines: await Promise.all(board.indicators.map(lineOf)) };
}
