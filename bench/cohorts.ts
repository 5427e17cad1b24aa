import type { Api } from "../src/contract/api.ts";
import type { Question } from "../src/contract/question.ts";
import { inTurn, ms, quantiles } from "./measure.ts";

/** Questions about cohorts followed for a window, each beside the same question that follows them for none. */
const pairs: readonly (readonly [followed: Question, plain: Question])[] = [
  [{ indicator: "lead-to-customer-rate", window: 90 }, { indicator: "lead-to-customer-rate" }],
  [
    { indicator: "win-ratio", variant: "created", window: 90 },
    { indicator: "win-ratio", variant: "created" },
  ],
  [
    { indicator: "marketing-qualified-leads", variant: "rate" },
    { indicator: "marketing-qualified-leads", variant: "rate", clock: "period" },
  ],
];

const times = 9;

/** How much longer a question about young cohorts takes than the same one without a window, by month and by channel. */
export async function cohortRatios(
  fresh: () => Promise<Api>,
  { from, to }: { from: string; to: string },
): Promise<string[]> {
  const lines = [];
  for (const [followed, plain] of pairs)
    for (const split of [{ grain: "month" as const }, { by: ["channel"] }]) {
      const apis = await Promise.all(Array.from({ length: 2 * times + 2 }, fresh));
      for (const api of apis) await api.catalogue();
      const next = () => apis.pop() as Api;
      const [slow, quick] = await inTurn(
        times,
        () => next().ask({ ...followed, ...split, from, to }),
        () => next().ask({ ...plain, ...split, from, to }),
      );
      const [left, right] = [quantiles(slow).p50, quantiles(quick).p50];
      const by = "grain" in split ? "by month" : "by channel";
      lines.push(
        `cohorts, ${followed.indicator} ${by}: ${ms(left)}, without a window ${ms(right)}, ratio ${(left / right).toFixed(2)}${left <= 2 * right ? "" : " over"}`,
      );
    }
  return lines;
}
