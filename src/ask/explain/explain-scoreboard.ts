import type { ExplainRequest } from "../../contract/api.ts";
import type { ExplainedPart, Explanation } from "../../contract/explanation.ts";
import type { Database } from "../../engine/database.ts";
import { addPeriods, startOf } from "../../engine/time.ts";
import { scoreboard } from "../../indicators/scoreboard.ts";
import type { Context } from "../draft.ts";
import type { Held } from "../goals/attainment.ts";
import { decimals } from "./math.ts";
import { countedGoals, measured, scoreboardAnswer } from "../goals/scoreboard.ts";

/** Enough digits to read and to check by hand. */
const shown = (value: number | null): number | null => (value === null ? null : Math.round(value * 1e6) / 1e6);

const partOf = (id: string, held: readonly Held[], definition: string, sql: string): ExplainedPart => ({
  id,
  title: id.replaceAll("_", " "),
  value: held.length,
  unit: "count",
  fact: "goal",
  definition,
  stated: { takes: "count", of: [], where: [], dated: "period_start", reached: null, window: null },
  rowCount: held.length,
  columns: [
    "indicator",
    "variant",
    "scope_kind",
    "scope",
    "period_start",
    "grain",
    "target",
    "due",
    "value",
    "attainment",
    "required",
    "met",
    "verdict",
  ],
  rows: held.map(({ goal, due, value, attainment, required, met, verdict }) => ({
    indicator: goal.indicator,
    variant: goal.variant,
    scope_kind: goal.scopeKind,
    scope: goal.scope,
    period_start: goal.periodStart,
    grain: goal.grain,
    target: goal.target,
    due: shown(due),
    value,
    attainment: shown(attainment),
    required: shown(required),
    met,
    verdict,
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
  const held = measured(await countedGoals(question, { from, to }, context, database, signal));
  const { on_goal = 0, with_goal = 0 } = answer.total.parts;
  return {
    question: answer.question,
    key: {},
    period: period ?? null,
    indicator: { ...answer.indicator, title: scoreboard.title, description: scoreboard.description },
    cell: { ...answer.total, period: period ?? null },
    formula: "on goal ÷ with goal",
    math: `${on_goal} ÷ ${with_goal} = ${decimals(answer.total.value)}`,
    parts: [
      partOf(
        "on_goal",
        held.filter((each) => each.met),
        "goals that are met by now",
        answer.sql,
      ),
      partOf("with_goal", held, "goals with a value to hold against", answer.sql),
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
