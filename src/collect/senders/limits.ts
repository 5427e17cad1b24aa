const seconds = 10;

interface Bucket {
  left: number;
  at: number;
}

/** What each site may still send: its rate, with what it saved over ten seconds. */
export interface Limits {
  /** Takes from what is left; gives the seconds to wait where there is not enough. */
  readonly take: (site: string, events: number, perSecond: number, now: number) => number;
}

export function openLimits(): Limits {
  const buckets = new Map<string, Bucket>();
  return {
    take(site, events, perSecond, now) {
      const full = perSecond * seconds;
      const bucket = buckets.get(site) ?? { left: full, at: now };
      const left = Math.min(full, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond);
      const enough = left >= Math.min(events, full);
      buckets.set(site, { left: enough ? left - events : left, at: now });
      return enough ? 0 : Math.ceil((Math.min(events, full) - left) / perSecond);
    },
  };
}
