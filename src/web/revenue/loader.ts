import type { ProblemBody } from "../../contract/problem.ts";
import type { Revenue } from "../../contract/revenue.ts";
import { attempt } from "../attempt.ts";
import { anyQuestion, type Context } from "../context.ts";

/** The lengths of periods that the page can show its table of. */
export const lengths = ["month", "quarter", "year"] as const;

/** What the page of revenue shows. */
export interface Foretold {
  kind: "revenue";
  found: Revenue | null;
  problem: ProblemBody | null;
}

/** Asks where revenue will land, and what would be with the address's own assumptions. */
export async function loadRevenue(context: Context): Promise<Foretold> {
  const { address, api } = context;
  const { where, asOf } = anyQuestion(context, "");
  const share = (name: "winRate" | "dealValue" | "leads") =>
    address[name] === undefined ? {} : { [name]: address[name] / 100 };
  const { answer, problem } = await attempt(
    api.revenue({
      ...(where === undefined ? {} : { where }),
      ...(asOf === undefined ? {} : { asOf }),
      ...share("winRate"),
      ...share("dealValue"),
      ...share("leads"),
    }),
  );
  return { kind: "revenue", found: answer, problem };
}
