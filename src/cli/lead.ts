import { DecisionOrder, type Decision, type DecisionOutcome } from "../contract/decision.ts";
import { openClient } from "./client.ts";
import { oneOf, optionsOf, Usage } from "./options.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const options = {
  ...workspaceOption,
  reason: { type: "string" },
  by: { type: "string" },
  format: { type: "string" },
} as const;

const verbs = ["accept", "reject", "undo"] as const;

const told = ({ outcome, reason, by, source }: Decision): string =>
  `${outcome}${reason === null ? "" : ` (${reason})`} by ${by ?? source}`;

function said({ lead, before, after }: DecisionOutcome): string {
  const was = before === null ? "" : ` (was ${told(before)})`;
  return `${lead}: ${after === null ? "not decided any more" : told(after)}${was}`;
}

function orderOf(words: readonly string[], values: { reason?: string; by?: string }, user?: string): DecisionOrder {
  const [verb, lead, ...more] = words;
  const act = verbs.find((each) => each === verb);
  if (act === undefined) throw new Usage(`say ${verbs.join(", ")}${verb === undefined ? "" : `, not ${verb}`}`);
  if (lead === undefined) throw new Usage("name the lead by its id");
  if (more.length > 0) throw new Usage(`one lead at a time; ${more.join(" ")} is too much`);
  const { reason, by = user } = values;
  if (by === undefined) throw new Usage("say who decides with --by NAME");
  if (act === "reject" && reason === undefined) throw new Usage("say why with --reason TEXT");
  if (act === "undo" && reason !== undefined) throw new Usage("undo takes no --reason");
  const order = DecisionOrder.safeParse({ do: act, lead, by, ...(reason === undefined ? {} : { reason }) });
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
    const outcome = await client.decide(order);
    terminal.out(format === "json" ? `${JSON.stringify(outcome, null, 2)}\n` : `${said(outcome)}\n`);
    return 0;
  } finally {
    client.close();
  }
}

export const lead: Command = {
  name: "lead",
  summary: "keeps that sales accepts or rejects a lead, with the reason, or takes that back",
  usage: `embudo lead accept LEAD [--reason TEXT] [--by NAME]
  embudo lead reject LEAD --reason TEXT [--by NAME]
  embudo lead undo LEAD [--by NAME]
  [--format table|json] [--workspace DIR]`,
  run,
};
