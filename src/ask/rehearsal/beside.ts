import { isDeepStrictEqual } from "node:util";
import type { Answer, Row } from "../../contract/answer.ts";
import type { Attainment } from "../../contract/attainment.ts";
import type { Beside, RehearsedGoal } from "../../contract/rehearsal.ts";

/** Two rows of one period beside each other. */
export function beside(period: string | null, before: Row | undefined, after: Row | undefined): Beside {
  const [left, right] = [before?.value ?? null, after?.value ?? null];
  const difference = left === null || right === null ? null : right - left;
  return { period, before: before ?? null, after: after ?? null, difference };
}

/** The rows of two answers by month, and their totals. */
export function besides(before: Answer | undefined, after: Answer | undefined): { months: Beside[]; total: Beside } {
  const periods = new Set([...(before?.rows ?? []), ...(after?.rows ?? [])].flatMap(({ period }) => period ?? []));
  const rowOf = (answer: Answer | undefined, period: string) => answer?.rows.find((row) => row.period === period);
  return {
    months: [...periods].toSorted().map((period) => beside(period, rowOf(before, period), rowOf(after, period))),
    total: beside(null, before?.total, after?.total),
  };
}

export const differs = ({ before, after }: Beside): boolean => !isDeepStrictEqual(before, after);

const keyOf = ({ goal }: Attainment): string => JSON.stringify(goal);
const standing = (held: Attainment | undefined) =>
  held === undefined ? null : { value: held.value, due: held.due, met: held.met };

/** Each goal held against both. */
export function goalsBeside(before: readonly Attainment[], after: readonly Attainment[]): RehearsedGoal[] {
  const later = new Map(after.map((each) => [keyOf(each), each]));
  return before.map((each) => {
    const [left, right] = [standing(each), standing(later.get(keyOf(each)))];
    return { goal: each.goal, before: left, after: right, changed: !isDeepStrictEqual(left, right) };
  });
}
