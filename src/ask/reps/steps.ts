import { repStages, type RepStage, type RepStep } from "../../contract/reps.ts";
import { worthOfWon } from "../../methods/reps/rep-map.ts";
import { binomialTail } from "../../methods/uncertainty/binomial-tail.ts";
import { discoveries } from "../../methods/uncertainty/discoveries.ts";
import { windows } from "../funnel/counts.ts";
import type { Closing } from "./closing.ts";
import type { Passed } from "./opening.ts";

/** What the steps of somebody are held against. */
export interface Standard {
  /** The steps of all before the opportunity. */
  readonly all: readonly Passed[];
  /** The share of opportunities that is won within the window. */
  readonly usual: number | null;
  readonly window: number;
  readonly dealValue: number | null;
}

/** How somebody takes leads to opportunities, and opportunities to a sale. */
export interface Taken {
  readonly steps: readonly Passed[];
  readonly closing: Closing | undefined;
}

const rateOf = ({ passed, of }: Pick<Passed, "passed" | "of">): number | null => (of > 0 ? passed / of : null);

/** What is brought by a lead that reached the stage after each: the shares of all that go on from there, times what a deal brings. */
function worths({ all, usual, dealValue }: Standard): (number | null)[] {
  const rates = [...all.map(rateOf), usual];
  return repStages.map((_, at) =>
    rates
      .slice(at + 1)
      .reduce<number | null>((worth, rate) => (worth === null || rate === null ? null : worth * rate), dealValue),
  );
}

/** A step with how probable it is that chance alone made the difference. */
interface Tested {
  readonly step: RepStep;
  readonly pValue: number;
}

function leadStep(at: number, stage: RepStage, { expected, ...own }: Passed): Tested {
  const team = own.of > 0 ? expected / own.of : null;
  return {
    pValue: team === null ? 1 : binomialTail(own.passed, own.of, team),
    step: {
      stage,
      window: windows[at] ?? 0,
      ...own,
      rate: rateOf(own),
      team,
      missing: team === null ? null : expected - own.passed,
      atStake: null,
      certain: false,
    },
  };
}

function winStep(own: Closing | undefined, { usual, window }: Standard): Tested {
  const { won = 0, weight = 0, expected = 0 } = own ?? {};
  const tally = own === undefined || usual === null ? undefined : worthOfWon(own, usual);
  return {
    pValue: tally === undefined || usual === null ? 1 : binomialTail(tally.successes, tally.n, usual),
    step: {
      stage: "opportunity",
      window,
      passed: won,
      of: weight,
      rate: rateOf({ passed: won, of: weight }),
      team: weight > 0 ? expected / weight : null,
      missing: weight > 0 ? expected - won : null,
      atStake: null,
      certain: false,
    },
  };
}

/** A difference is looked at where as many are expected to go on, and not to. */
const fewest = 5;
const isTold = ({ step: { of, team } }: Tested): boolean =>
  team !== null && of * team >= fewest && of * (1 - team) >= fewest;

/** The steps of everybody, and which of them differ from those of all beyond noise: of those told, one in twenty by chance. */
export function stepsOfAll(taken: readonly Taken[], standard: Standard, rate: number): RepStep[][] {
  const worth = worths(standard);
  const all = taken.map(({ steps, closing }) => [
    ...steps.map((own, at) => leadStep(at, repStages[at] ?? "lead", own)),
    winStep(closing, standard),
  ]);
  const told = all.flat().filter(isTold);
  const called = discoveries(
    told.map(({ pValue }) => pValue),
    rate,
  );
  const certain = new Set(told.filter((_, i) => called[i]));
  return all.map((tests) =>
    tests.map((test, at) => {
      const { missing } = test.step;
      const value = worth[at] ?? null;
      const atStake = missing === null || value === null ? null : missing * value;
      return { ...test.step, atStake, certain: certain.has(test) };
    }),
  );
}

/** The stage at which somebody loses most against all, beyond noise: by money where it is known, else by leads. */
export function weakestOf(steps: readonly RepStep[]): RepStage | null {
  const losing = steps.filter(({ certain, missing }) => certain && (missing ?? 0) > 0);
  const [worst] = losing.toSorted(
    (one, other) => (other.atStake ?? 0) - (one.atStake ?? 0) || (other.missing ?? 0) - (one.missing ?? 0),
  );
  return worst?.stage ?? null;
}
