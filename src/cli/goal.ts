import type { Catalogue } from "../contract/catalogue.ts";
import { GoalOrder, type GoalOutcome } from "../contract/goal.ts";
import { openClient } from "./client.ts";
import { goalFigure, periodOf, scopeOf, subject, subjectOf, unitOf, whose } from "./goal-words.ts";
import { decimalNumber, oneOf, optionsOf, Usage } from "./options.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const options = {
  ...workspaceOption,
  target: { type: "string" },
  currency: { type: "string" },
  period: { type: "string" },
  scope: { type: "string" },
  by: { type: "string" },
  format: { type: "string" },
} as const;

function said({ goal, before }: GoalOutcome, verb: "set" | "remove", catalogue: Catalogue): string {
  const figureOf = (target: number) => goalFigure(target, unitOf(catalogue, goal), goal.currency);
  const what = `${subject(goal)} · ${whose(goal)} · ${periodOf(goal)}`;
  if (verb === "remove")
    return `${what}: the goal of ${figureOf(goal.target)} is removed; what a source states of it counts again when it is loaded next`;
  const author = before === null ? "" : (before.setBy ?? before.source);
  return `${what}: ${figureOf(goal.target)}${before === null ? "" : ` (was ${figureOf(before.target)}, set by ${author})`}`;
}

function orderOf(words: readonly string[], values: Partial<Record<keyof typeof options, string>>, user?: string) {
  const [verb, word, ...more] = words;
  const act = verb === "set" || verb === "remove" ? verb : undefined;
  if (act === undefined) throw new Usage(`say set or remove${verb === undefined ? "" : `, not ${verb}`}`);
  if (word === undefined) throw new Usage("name the indicator, e.g. sales-revenue or win-ratio:closed");
  if (more.length > 0) throw new Usage(`one goal at a time; ${more.join(" ")} is too much`);
  const { target, currency, period, scope, by = user } = values;
  if (period === undefined) throw new Usage("say when with --period, e.g. 2026-11, 2026-Q4 or 2026");
  if (act === "set" && target === undefined) throw new Usage("say how much with --target");
  if (by === undefined) throw new Usage(`say who ${act}s it with --by NAME`);
  const stated = {
    do: act,
    ...subjectOf(word),
    ...scopeOf(scope),
    period,
    by,
    target: decimalNumber(target, "target"),
    currency,
  };
  const order = GoalOrder.safeParse(
    Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)),
  );
  if (order.success) return order.data;
  const [issue] = order.error.issues;
  throw new Usage(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not understood"}`);
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, options);
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const order = orderOf(positionals, values, terminal.environment["USER"]);
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, true);
  try {
    const outcome = await client.goal(order);
    terminal.out(
      format === "json"
        ? `${JSON.stringify(outcome, null, 2)}\n`
        : `${said(outcome, order.do, await client.catalogue())}\n`,
    );
    return 0;
  } finally {
    client.close();
  }
}

export const goal: Command = {
  name: "goal",
  summary: "sets a goal by hand, or removes one",
  usage: `embudo goal set INDICATOR[:VARIANT] --target NUMBER --period 2026-11 [--currency EUR] [--scope team=NAME] [--by NAME]
  embudo goal remove INDICATOR[:VARIANT] --period 2026-11 [--scope team=NAME] [--by NAME]
  [--format table|json] [--workspace DIR]`,
  run,
};
