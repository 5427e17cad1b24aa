import { chancesAt, type Chances, type Watched } from "./chances.ts";

/** Deals that one owner had open at an origin and that stood alike. */
export interface Exposed {
  readonly origin: number;
  readonly owner: number;
  readonly stage: string;
  readonly age: number;
  readonly amount: number;
}

/** From what came in after an origin came: deals that were open then, deals that did not exist yet, all else. */
export type Kind = "open" | "fresh" | "standing";

/** What came in for an owner in each step after an origin. */
export interface Flow {
  readonly origin: number;
  readonly owner: number;
  readonly kind: Kind;
  readonly amounts: readonly number[];
}

/** The past of some owners' deals and income, seen from origins that are one step apart. The last of them is the present. */
export interface History {
  readonly origins: number;
  readonly steps: number;
  readonly watched: readonly Watched[];
  readonly exposed: readonly Exposed[];
  readonly flows: readonly Flow[];
  /** What each owner brought per step of late: by origin, then by owner. */
  readonly pace: readonly (readonly number[])[];
}

/** By step. */
export type Steps = readonly number[];

/** How deals and income had gone on as far as an origin could see. */
export interface Seen {
  readonly chances: Chances;
  /** What came of each unit that was expected of open deals by the end of each step. */
  readonly yields: Steps;
  /** What came in of the other kinds in each step, as a share of the pace. */
  readonly shares: Readonly<Record<"fresh" | "standing", Steps>>;
}

/** From how many earlier origins deals must have been watched before anything is foretold. */
const leastWatched = 3;

const byStep = (steps: number, value: (step: number) => number): number[] =>
  Array.from({ length: steps }, (_, step) => value(step));

/** The sums of the first steps, up to each. */
export const running = (values: Steps): number[] => {
  let total = 0;
  return values.map((value) => (total += value));
};

/** What open deals are expected to be won for by the end of each step: amounts times chances. */
export function hopedOf(exposed: readonly Exposed[], chances: Chances, steps: number): number[] {
  const hoped = byStep(steps, () => 0);
  for (const { stage, age, amount } of exposed) {
    const curve = chances(stage, age);
    for (let step = 0; step < steps; step++) hoped[step] = (hoped[step] ?? 0) + amount * (curve[step] ?? 0);
  }
  return hoped;
}

/** What came in of each kind in each step after each origin, of all owners together. */
function totalsOf({ flows, origins, steps }: History): Record<Kind, Steps>[] {
  const totals = Array.from({ length: origins }, () => ({
    open: byStep(steps, () => 0),
    fresh: byStep(steps, () => 0),
    standing: byStep(steps, () => 0),
  }));
  for (const { origin, kind, amounts } of flows) {
    const own = totals[origin]?.[kind];
    if (own !== undefined) for (const [step, amount] of amounts.entries()) own[step] = (own[step] ?? 0) + amount;
  }
  return totals;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const ratio = (above: number, below: number): number => (below > 0 ? above / below : 0);

/**
 * What could be learned of the past at each origin, from whole steps that were over by then; nothing where too little was.
 * Steps of which nothing was seen yet go on like the last that was.
 */
export function learned(history: History): (Seen | undefined)[] {
  const { origins, steps } = history;
  const totals = totalsOf(history);
  const paces = history.pace.map(sum);
  const exposed = Map.groupBy(history.exposed, ({ origin }) => origin);
  const chances = Array.from({ length: origins }, (_, now) => chancesAt(history.watched, now, steps));
  const hoped = chances.map((each, now) =>
    now < leastWatched ? byStep(steps, () => 0) : hopedOf(exposed.get(now) ?? [], each, steps),
  );
  const won = totals.map(({ open }) => running(open));
  const before = (now: number, step: number): number[] =>
    Array.from({ length: Math.max(0, now - step) }, (_, origin) => origin);
  const shareOf = (kind: Kind, now: number) =>
    goingOn(steps, (step) => {
      const seen = before(now, step);
      if (seen.length === 0) return undefined;
      return ratio(
        sum(seen.map((origin) => totals[origin]?.[kind][step] ?? 0)),
        sum(seen.map((origin) => paces[origin] ?? 0)),
      );
    });
  return chances.map((each, now) => {
    if (now < 2 * leastWatched) return undefined;
    const yields = goingOn(steps, (step) => {
      const seen = before(now, step).filter((origin) => origin >= leastWatched);
      const expected = sum(seen.map((origin) => hoped[origin]?.[step] ?? 0));
      return expected > 0 ? sum(seen.map((origin) => won[origin]?.[step] ?? 0)) / expected : undefined;
    });
    return { chances: each, yields, shares: { fresh: shareOf("fresh", now), standing: shareOf("standing", now) } };
  });
}

/** A value for each step: where there is none, that of the step before. */
function goingOn(steps: number, value: (step: number) => number | undefined): number[] {
  let last = 0;
  return byStep(steps, (step) => (last = value(step) ?? last));
}

/** What some owners may be expected to bring after an origin by the end of each step: of deals open then, and of all else. */
export interface Expected {
  readonly open: Steps;
  readonly rest: Steps;
}

/** What is expected of owners with these deals open, who brought so much per step of late. */
export const expectedOf = (exposed: readonly Exposed[], pace: number, { chances, yields, shares }: Seen): Expected => ({
  open: hopedOf(exposed, chances, yields.length).map((hope, step) => hope * (yields[step] ?? 0)),
  rest: running(yields.map((_, step) => pace * ((shares.fresh[step] ?? 0) + (shares.standing[step] ?? 0)))),
});
