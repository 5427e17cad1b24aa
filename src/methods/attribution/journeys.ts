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
