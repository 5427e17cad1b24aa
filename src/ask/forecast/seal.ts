import type { SealedEntry, SealedForecast, SealOrder } from "../../contract/forecast.ts";
import type { Revenue } from "../../contract/revenue.ts";
import { canonical } from "../../contract/canonical.ts";
import { Problem } from "../../engine/problem.ts";
import { chainOf, linked } from "./chain.ts";

/** All that a forecast says, period by period. */
const entriesOf = ({ scopes }: Revenue): SealedEntry[] =>
  scopes.flatMap(({ kind, name, periods }) =>
    periods.flatMap(({ grain, from, to, soFar, method, projection }) =>
      method === null || projection === null ? [] : [{ kind, name, grain, from, to, soFar, method, ...projection }],
    ),
  );

/** What narrows a forecast, and its currency, as it is sealed. */
export const narrowed = ({ where, currency }: Pick<SealOrder, "where" | "currency">): SealedForecast["question"] => ({
  ...(where === undefined ? {} : { where }),
  ...(currency === undefined ? {} : { currency }),
});

function refuseAltered(altered: number | null): void {
  if (altered === null) return;
  throw new Problem(
    "forecast-altered",
    `line ${altered} of forecasts.jsonl is not what was sealed`,
    "restore the file from a backup; nothing can be sealed after a forecast that was changed",
    { line: altered },
  );
}

/**
 * The line that seals a forecast after those that are sealed already. One of the same question and the same day is there
 * already, or nothing is foretold: refused.
 */
export function sealOf(lines: readonly string[], found: Revenue, order: SealOrder, now: Date): string {
  const chain = chainOf(lines);
  refuseAltered(chain.altered);
  const question = narrowed(order);
  const same = chain.forecasts.find(
    (each) => each.observedTo === found.observedTo && canonical(each.question) === canonical(question),
  );
  if (same !== undefined)
    throw new Problem(
      "already-sealed",
      `the forecast as known on ${found.observedTo} was sealed at ${same.sealedAt}`,
      "load newer data and seal again",
      { sealedAt: same.sealedAt },
    );
  const entries = entriesOf(found);
  if (entries.length === 0)
    throw new Problem(
      "nothing-foretold",
      "there is no forecast to seal yet",
      "at least seven whole months must be known",
    );
  const { observedTo, currency: money } = found;
  const forecast = {
    forecast: 1 as const,
    sealedAt: now.toISOString(),
    by: order.by ?? null,
    question,
    observedTo,
    currency: money,
    entries,
  };
  return linked(chain, forecast);
}
