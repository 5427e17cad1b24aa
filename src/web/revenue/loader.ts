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
  const { wr, dv, le } = address.assumed;
  const { answer, problem } = await attempt(
    api.revenue({
      ...(where === undefined ? {} : { where }),
      ...(asOf === undefined ? {} : { asOf }),
      ...(wr === undefined ? {} : { winRate: Number(wr) / 100 }),
      ...(dv === undefined ? {} : { dealValue: Number(dv) / 100 }),
      ...(le === undefined ? {} : { leads: Number(le) / 100 }),
    }),
  );
  return { kind: "revenue", found: answer, problem };
}
