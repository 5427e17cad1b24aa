import type { Attainment } from "../contract/attainment.ts";
import { attempt } from "./attempt.ts";
import { scopeOf, type Context } from "./context.ts";

/** The goals of the page's period and filters held against what happened, by working days; of one indicator or of all. */
export async function loadAttainments(context: Context, indicator?: string): Promise<Attainment[]> {
  const { period, address } = context;
  const scope = scopeOf(address.where);
  if (scope === undefined || period.grain === "day") return [];
  const { knownOn } = address;
  const { answer } = await attempt(
    context.api.attainment({
      ...(indicator === undefined ? {} : { indicator }),
      from: period.from,
      to: period.to,
      scopeKind: scope.scopeKind,
      ...(scope.scope === null ? {} : { scope: scope.scope }),
      ...(knownOn === undefined ? {} : { asOf: knownOn }),
    }),
  );
  return answer ?? [];
}

/** The one of an indicator's variant for exactly the page's period, or null. */
export function attainmentFor(
  attainments: readonly Attainment[],
  { period }: Context,
  indicator: string,
  variant: string,
): Attainment | null {
  const isOwn = ({ goal, variant: each }: Attainment) =>
    goal.indicator === indicator &&
    each === variant &&
    goal.grain === period.grain &&
    goal.periodStart.slice(0, 10) === period.from;
  return attainments.find(isOwn) ?? null;
}

/** What is due by now, where that is not the whole goal. */
export const paceOf = (attainment: Attainment | null): number | null =>
  attainment === null || attainment.due === attainment.goal.target ? null : attainment.due;

/** The name of a verdict's text. */
export const verdictTexts = { met: "met", "on-pace": "onPace", behind: "behind", missed: "missed" } as const;
