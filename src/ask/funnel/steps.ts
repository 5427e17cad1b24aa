import { funnelStages, type FunnelStep, type Held, type Passage } from "../../contract/funnel.ts";
import { ratioOfProportionsInterval } from "../../methods/uncertainty/ratio-of-proportions.ts";
import { windows, type Passed, type Places } from "./counts.ts";
import { beforeSale, type Worth } from "./worth.ts";

/** The level of all differences together. */
export const level = 0.95;
/** Fewer are held against nothing. */
const fewest = 30;

/** The level of each of so many differences, so that all of them together keep theirs (Bonferroni). */
export const levelOfEach = (count: number): number => 1 - (1 - level) / Math.max(1, count);

function differs(cohort: Passage, norm: Passage): boolean {
  if (cohort.of < fewest || norm.of < fewest) return false;
  const sides = [cohort, norm].map(({ passed, of }) => ({ successes: passed, of })) as [
    { successes: number; of: number },
    { successes: number; of: number },
  ];
  const [low = 0, high = null] = ratioOfProportionsInterval(...sides, levelOfEach(windows.length)) ?? [];
  return low > 1 || (high !== null && high < 1);
}

function heldAt(stage: number, reached: number, cohort: Passed, norm: Passed, worth: Worth): Held {
  const [ours, theirs] = [cohort.steps[stage], norm.steps[stage]] as [Passage, Passage];
  const missing = ours.rate === null || theirs.rate === null ? null : (theirs.rate - ours.rate) * ours.of;
  const next = worthOfStage(stage + 1, worth.value);
  return {
    window: windows[stage] ?? 0,
    cohort: ours,
    norm: theirs,
    immature: Math.round((reached - ours.of) * 1e6) / 1e6,
    certain: differs(ours, theirs),
    missing,
    // After the sale a lead that does not go on is a customer still: what is at stake is told by how many are lost.
    atStake: missing === null || next === null || stage >= beforeSale ? null : missing * next,
  };
}

/** A customer is worth the same at every stage after the sale: how long it stays does not depend on how long it did. */
const worthOfStage = (stage: number, worth: readonly (number | null)[]): number | null =>
  worth[Math.min(stage, beforeSale)] ?? null;

const times = (leads: number, value: number | null): number | null => (value === null ? null : leads * value);

/** Each stage with who reached it, who left, who is inside and who went on, held against the norm. */
export function stepsOf(places: Places, cohort: Passed, norm: Passed, worth: Worth): FunnelStep[] {
  const sum = (of: readonly { readonly leads: number }[]) => of.reduce((all, { leads }) => all + leads, 0);
  const settled = (leads: number) => Math.round(leads * 1e6) / 1e6;
  return funnelStages.map((stage, at) => {
    const here = places.exits[at] ?? [];
    const value = worthOfStage(at, worth.value);
    const inside = here.find(({ kind }) => kind === null);
    const exits = here.flatMap(({ kind, ...exit }) =>
      kind === null ? [] : [{ kind, ...exit, value: kind === "disqualified" ? null : times(exit.leads, value) }],
    );
    const wentOn = settled(sum(places.exits.slice(at + 1).flat()));
    const out = settled(sum(exits));
    const reached = settled(wentOn + sum(here));
    return {
      stage,
      reached,
      inferred: cohort.inferred[at] ?? 0,
      wentOn,
      out: {
        leads: out,
        days: places.days[at] ?? null,
        value: times(sum(exits.filter(({ kind }) => kind !== "disqualified")), value),
      },
      inside: {
        leads: inside?.leads ?? 0,
        days: inside?.days ?? null,
        value: times(inside?.leads ?? 0, value),
      },
      exits: exits.toSorted((one, other) => other.leads - one.leads),
      value,
      sale: worthOfStage(at, worth.sale),
      held: at === funnelStages.length - 1 ? null : heldAt(at, reached, cohort, norm, worth),
    };
  });
}

/** The stage that loses most against the norm, beyond noise: by money where it is known, else by leads. */
export function worstOf(steps: readonly FunnelStep[]): FunnelStep["stage"] | null {
  const losing = steps.filter(({ held }) => held !== null && held.certain && (held.missing ?? 0) > 0);
  const loss = ({ held }: FunnelStep) => [held?.atStake ?? 0, held?.missing ?? 0] as const;
  const [worst] = losing.toSorted((one, other) => {
    const [[money, leads], [theirMoney, theirLeads]] = [loss(one), loss(other)];
    return theirMoney - money || theirLeads - leads;
  });
  return worst?.stage ?? null;
}
