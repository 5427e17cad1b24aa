/** Journeys of the same touches: their channels, oldest first and with repeats, and how many of them converted or did not. */
export interface Path {
  readonly states: readonly string[];
  readonly conversions: number;
  readonly nulls: number;
}

/** The conversions whose journeys met the same channels, in whatever order and however often. */
export interface ChannelSet {
  readonly channels: readonly string[];
  readonly conversions: number;
}

/** The distinct channels of a journey, in the order of their names. */
export const distinctChannels = (states: readonly string[]): string[] => [...new Set(states)].toSorted();

/** The conversions by the set of channels that they met, in an order that does not depend on that of the paths. */
export function channelSets(paths: readonly Path[]): ChannelSet[] {
  const sets = new Map<string, ChannelSet>();
  for (const { states, conversions } of paths) {
    if (conversions === 0 || states.length === 0) continue;
    const channels = distinctChannels(states);
    const key = JSON.stringify(channels);
    sets.set(key, { channels, conversions: (sets.get(key)?.conversions ?? 0) + conversions });
  }
  return [...sets.keys()].toSorted().flatMap((key) => sets.get(key) ?? []);
}

/** How many of the last channels of a journey a step remembers at most. */
export const longestMemory = 3;

/** How often journeys that had come through these channels last went on to another one, or ended. */
export interface Step {
  /** The last channels, oldest first: none at the start, fewer than can be remembered shortly after it. */
  readonly after: readonly string[];
  /** The channel that came next; null where the journey was over. */
  readonly to: string | null;
  /** Whether the journeys converted; what came of those that went on is of no interest. */
  readonly converted: boolean;
  readonly count: number;
}

/** The steps of journeys, those that are alike together. Journeys without channels have none. */
export function stepsOf(paths: readonly Path[]): Step[] {
  const steps = new Map<string, Step>();
  const add = (step: Step) => {
    const key = JSON.stringify([step.after, step.to, step.converted]);
    if (step.count > 0) steps.set(key, { ...step, count: (steps.get(key)?.count ?? 0) + step.count });
  };
  for (const { states, conversions, nulls } of paths) {
    if (states.length === 0) continue;
    const before = (i: number) => states.slice(Math.max(0, i - longestMemory), i);
    for (const [i, to] of states.entries()) add({ after: before(i), to, converted: false, count: conversions + nulls });
    add({ after: before(states.length), to: null, converted: true, count: conversions });
    add({ after: before(states.length), to: null, converted: false, count: nulls });
  }
  return [...steps.values()];
}
