import type { ExplainRequest } from "../contract/api.ts";
import type { ExplainedPart, Explanation } from "../contract/explanation.ts";
import type { Database } from "../engine/database.ts";
import { addPeriods, startOf } from "../engine/time.ts";
import { scoreboard } from "../indicators/scoreboard.ts";
import type { Context } from "./draft.ts";
import { attainments, scoreboardAnswer, type Attainment } from "./scoreboard.ts";

const partOf = (id: string, held: readonly Attainment[], definition: string, sql: string): ExplainedPart => ({
  id,
  title: id.replaceAll("_", " "),
  value: held.length,
  unit: "count",
  fact: "goal",
  definition,
  stated: { takes: "count", of: [], where: [], dated: "period_start", reached: null, window: null },
  rowCount: held.length,
  columns: ["indicator", "variant", "period_start", "target", "due", "value", "met"],
  rows: held.map(({ goal, value, due, met }) => ({
    indicator: goal.indicator,
    variant: goal.variant,
    period_start: goal.periodStart,
    target: goal.target,
    due,
    value,
    met,
  })),
  sql,
});

/** Opens the scoreboard: each goal, what it asked for by now, and what happened. */
export async function explainScoreboard(
  { question, period }: ExplainRequest,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Explanation> {
  const grain = question.grain ?? "month";
  const range =
    period === undefined ? {} : { from: startOf(grain, period), to: addPeriods(grain, startOf(grain, period), 1) };
  const { grain: _, compare: __, ...plain } = question;
  const answer = await scoreboardAnswer({ ...plain, ...range }, context, database, signal);
  const { from = "", to = "" } = answer.question;
  const held = (await attainments({ from, to }, context, database, signal)).filter((each) => each.met !== null);
  const { on_goal = 0, with_goal = 0 } = answer.total.parts;
  return {
    question: answer.question,
    key: {},
    period: period ?? null,
    indicator: { ...answer.indicator, title: scoreboard.title, description: scoreboard.description },
    cell: { ...answer.total, period: period ?? null },
    formula: "on goal ÷ with goal",
    math: `${on_goal} ÷ ${with_goal} = ${answer.total.value === null ? "—" : Math.round(answer.total.value * 10_000) / 10_000}`,
    parts: [
      partOf(
        "on_goal",
        held.filter((each) => each.met),
        "goals of the company that are met by now",
        answer.sql,
      ),
      partOf("with_goal", held, "goals of the company with a value to hold against", answer.sql),
    ],
    curve: null,
    why: null,
    movers: null,
    changes: null,
    bridge: null,
    warnings: answer.warnings,
    freshness: answer.freshness,
    sql: answer.sql,
  };
}
