import { setImmediate } from "node:timers/promises";
import { drawn, type Futures } from "../../methods/projection/draws.ts";
import { expectedOf, learned, running, type Expected, type Seen } from "../../methods/projection/pipeline.ts";
import { randomOf } from "../../methods/projection/random.ts";
import type { Past } from "./past.ts";
import type { Running } from "./periods.ts";
import type { Studied } from "./scope.ts";

/** How many futures are drawn. */
const futures = 1000;

/** What would be different: factors of how many deals are won, of what they are worth, and of how many come. */
export interface Factors {
  readonly winRate: number;
  readonly dealValue: number;
  readonly leads: number;
}

/** As it is. */
export const unchanged: Factors = { winRate: 1, dealValue: 1, leads: 1 };

/** The past with what it teaches, and the drawn futures of the deals that are open. */
export interface Ready {
  readonly past: Past;
  readonly studied: Studied;
  /** By period and rep. */
  readonly wins: Futures;
}

/** What is known of the pipeline now, where some of it would be different from now on. */
function seenIf(seen: Seen, { winRate, dealValue, leads }: Factors): Seen {
  const more = winRate * dealValue * leads;
  return {
    ...seen,
    chances: (stage, age) => seen.chances(stage, age).map((chance) => Math.min(1, chance * winRate)),
    shares: { ...seen.shares, fresh: seen.shares.fresh.map((share) => share * more) },
  };
}

/** What some deals and a pace were expected to bring, rep by rep. */
function expectedBy({ history, owners }: Past, origin: number, seen: Seen, dealValue = 1): Expected[] {
  const there = history.exposed.filter((each) => each.origin === origin);
  const own = Map.groupBy(there, ({ owner }) => owner);
  return owners.map((_, owner) => {
    const exposed = (own.get(owner) ?? []).map((each) => ({ ...each, amount: each.amount * dealValue }));
    return expectedOf(exposed, history.pace[origin]?.[owner] ?? 0, seen);
  });
}

/** What all but the deals open at an origin brought, rep by rep, up to the end of each step. */
function restBy({ history, owners }: Past, origin: number): number[][] {
  const sums = owners.map(() => Array.from({ length: history.steps }, () => 0));
  for (const flow of history.flows)
    if (flow.origin === origin && flow.kind !== "open")
      for (const [step, amount] of flow.amounts.entries())
        (sums[flow.owner] as number[])[step] = (sums[flow.owner]?.[step] ?? 0) + amount;
  return sums.map(running);
}

/** What the past teaches, a part of it at a time, so that others may go on in between. */
export async function studiedOf(past: Past): Promise<Studied> {
  const seen = learned(past.history);
  const expected: (Expected[] | undefined)[] = [];
  const rest: number[][][] = [];
  for (const [origin, each] of seen.entries()) {
    await setImmediate();
    expected.push(each && expectedBy(past, origin, each));
    rest.push(restBy(past, origin));
  }
  return { seen, expected, rest };
}

/** What the past teaches, where some of what it teaches would be different from now on. */
export function studiedIf(past: Past, studied: Studied, factors: Factors): Studied {
  const now = past.history.origins - 1;
  const own = studied.seen[now];
  if (own === undefined) return studied;
  const seen = seenIf(own, factors);
  return {
    ...studied,
    seen: studied.seen.with(now, seen),
    expected: studied.expected.with(now, expectedBy(past, now, seen, factors.dealValue)),
  };
}

/** Draws the futures of the deals that are open; the same question draws the same ones. */
export async function readyFor(
  past: Past,
  studied: Studied,
  running: readonly Running[],
  { seed, factors }: { readonly seed: string; readonly factors: Factors },
): Promise<Ready> {
  const now = studied.seen[past.history.origins - 1];
  const open = past.open.map(({ owner, stage, ageClass, amount }) => ({
    owner,
    amount: amount * factors.dealValue,
    chances: now?.chances(stage, ageClass) ?? [],
  }));
  const wins = await drawn(
    open,
    running.map(({ months }) => months - 1),
    { owners: past.owners.length, futures, random: randomOf(seed), pause: () => setImmediate() },
  );
  return { past, studied, wins };
}
