/** Deals that were open at one origin and stood alike, and what became of them in each step after it. */
export interface Watched {
  /** The place of the origin among all, the oldest being 0. */
  readonly origin: number;
  readonly stage: string;
  /** How long they had been at their stage, as the number of a class of ages. */
  readonly age: number;
  readonly open: number;
  /** By step; what is left out is none. */
  readonly won: readonly number[];
  readonly lost: readonly number[];
}

/** The probability that a deal is won by the end of each step. */
export type Chances = (stage: string, age: number) => readonly number[];

/** Of each step: how many were still open when it began, and how many of them were won and lost in it. */
interface Risks {
  readonly open: number[];
  readonly won: number[];
  readonly lost: number[];
}

const zeros = (steps: number): number[] => Array.from({ length: steps }, () => 0);
const noRisks = (steps: number): Risks => ({ open: zeros(steps), won: zeros(steps), lost: zeros(steps) });

/** Adds what had been seen of some deals when the origin `now` came: whole steps that were over by then. */
function add(risks: Risks, { origin, open, won, lost }: Watched, now: number): void {
  let left = open;
  const seen = Math.min(risks.open.length, now - origin);
  for (let step = 0; step < seen; step++) {
    const [gained, gone] = [won[step] ?? 0, lost[step] ?? 0];
    risks.open[step] = (risks.open[step] ?? 0) + left;
    risks.won[step] = (risks.won[step] ?? 0) + gained;
    risks.lost[step] = (risks.lost[step] ?? 0) + gone;
    left -= gained + gone;
  }
}

interface Hazards {
  readonly won: readonly number[];
  readonly lost: readonly number[];
}

/** How many deals like all others each group is taken to have beside its own. */
const weight = 10;

function hazardsOf({ open, won, lost }: Risks, parent: Hazards | undefined): Hazards {
  const share = (ends: readonly number[], usual: readonly number[] | undefined) =>
    open.map((n, step) => {
      const more = usual === undefined ? 0 : weight;
      return n + more > 0 ? ((ends[step] ?? 0) + more * (usual?.[step] ?? 0)) / (n + more) : 0;
    });
  return { won: share(won, parent?.won), lost: share(lost, parent?.lost) };
}

/** The Aalen–Johansen curve of winning, with losing as the rival. */
function curveOf({ won, lost }: Hazards): number[] {
  let open = 1;
  let gained = 0;
  return won.map((chance, step) => {
    gained += open * chance;
    open *= Math.max(0, 1 - chance - (lost[step] ?? 0));
    return gained;
  });
}

/**
 * How likely a deal that stands so is to be won by the end of each step, from what had been seen of deals like it when the
 * origin `now` came: the Aalen–Johansen estimate of those of the same stage and age, drawn towards those of the stage, and
 * these towards all, as if ten more like the larger group had been seen in each.
 */
export function chancesAt(watched: readonly Watched[], now: number, steps: number): Chances {
  const [all, stages, ages] = [noRisks(steps), new Map<string, Risks>(), new Map<string, Risks>()];
  const key = (stage: string, age: number) => `${age} ${stage}`;
  const within = (groups: Map<string, Risks>, group: string): Risks => {
    const known = groups.get(group) ?? noRisks(steps);
    groups.set(group, known);
    return known;
  };
  for (const each of watched)
    if (each.origin < now)
      for (const risks of [all, within(stages, each.stage), within(ages, key(each.stage, each.age))])
        add(risks, each, now);
  const root = hazardsOf(all, undefined);
  const curves = new Map<string, readonly number[]>();
  return (stage, age) => {
    const known = curves.get(key(stage, age));
    if (known !== undefined) return known;
    const ofStage = hazardsOf(stages.get(stage) ?? noRisks(steps), root);
    const found = curveOf(hazardsOf(ages.get(key(stage, age)) ?? noRisks(steps), ofStage));
    curves.set(key(stage, age), found);
    return found;
  };
}
