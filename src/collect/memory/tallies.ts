/** Events that are counted but not kept: sent again, more than a site may send, or not to be understood. */
export type Tallied = "duplicate" | "refused" | "misread";

/** A line of the journal that counts such events. */
export interface Tally {
  readonly site: string;
  readonly tally: Tallied;
  readonly events: number;
  readonly received: string;
}

export interface Tallies {
  readonly add: (site: string, tally: Tallied, events: number) => void;
  /** The lines that are to be written by now, at most once a second; all of them where it is the end. */
  readonly due: (now: number, isEnd?: boolean) => string[];
}

const pause = 1000;

export function openTallies(): Tallies {
  const counted = new Map<string, Omit<Tally, "received">>();
  let last = Number.NEGATIVE_INFINITY;
  return {
    add(site, tally, events) {
      if (events === 0) return;
      const key = JSON.stringify([site, tally]);
      counted.set(key, { site, tally, events: (counted.get(key)?.events ?? 0) + events });
    },
    due(now, isEnd = false) {
      if (!isEnd && now - last < pause) return [];
      last = now;
      const lines = [...counted.values()].map((each): Tally => ({ ...each, received: new Date(now).toISOString() }));
      counted.clear();
      return lines.map((each) => JSON.stringify(each));
    },
  };
}
