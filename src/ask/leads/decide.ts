import type { DecisionOrder, DecisionOutcome } from "../../contract/decision.ts";
import type { Connection } from "../../engine/database.ts";
import { countedDecision, countedLead, keepDecision, takeBackDecision } from "../../facts/decisions.ts";
import type { Workspace } from "../../workspace/workspace.ts";

async function obey(connection: Connection, order: DecisionOrder, { rules }: Workspace, now: () => Date, lead: string) {
  if (order.do === "undo") return takeBackDecision(connection, lead, order.by, rules, now);
  const outcome = order.do === "accept" ? "accepted" : "rejected";
  return keepDecision(connection, { lead, outcome, reason: order.reason ?? null, by: order.by }, rules, now);
}

/** Keeps what sales says of a lead, or takes back what was said last; a merged lead is decided on as the one that it became. */
export async function decideOn(order: DecisionOrder, workspace: Workspace, now: () => Date): Promise<DecisionOutcome> {
  return workspace.database.use(async (connection) => {
    const lead = await countedLead(connection, order.lead);
    const before = (await countedDecision(connection, lead)) ?? null;
    await obey(connection, order, workspace, now, lead);
    return { lead, before, after: (await countedDecision(connection, lead)) ?? null };
  });
}
