/** What is known of one channel or campaign: revenue credited to its clicks, and what else points to it. */
export interface Evidence {
  /** Credited to clicks and visits. */
  readonly clicks: number;
  /** What the same model gives it more where recorded impressions earn too; less than nothing where others gain at its cost. */
  readonly seen: number;
  /** What its platform claims to have brought; null where it claims nothing. */
  readonly claimed: number | null;
}

/** The ceiling of each, in the order of the evidence, and what nothing explains even so. */
export interface Ceilings {
  readonly ceilings: readonly number[];
  readonly gap: number;
}

/** To the millionth, so that the order in which amounts are added does not show. */
const settled = (amount: number): number => Math.round(amount * 1e6) / 1e6 + 0;

/** What points to a channel beyond its clicks: the larger of what impressions would earn and what its platform claims more. */
const beyond = ({ clicks, seen, claimed }: Evidence): number => Math.max(0, seen, (claimed ?? 0) - Math.max(0, clicks));

/**
 * The most that each of some channels may have brought: clicks + s × e with e = max(0, seen, claimed − clicks) and
 * s = min(1, unexplained ÷ Σe). So the ceilings hold every click, and together at most the clicks and what no click explains:
 * what several platforms claim at once is shared by them as they claim.
 *
 * It takes the evidence to be of revenue that no click explains; what impressions had a part in beside a click stays the
 * click's. An upper end, not an estimate: nothing says that what is seen or claimed was caused.
 *
 * @param unexplained revenue that no click of a known origin explains
 */
export function ceilingsOf(evidence: readonly Evidence[], unexplained: number): Ceilings {
  const more = evidence.map(beyond);
  const all = more.toSorted((a, b) => a - b).reduce((sum, each) => sum + each, 0);
  const left = Math.max(0, unexplained);
  const scale = all > left ? left / all : 1;
  const added = more.map((each) => Math.floor(each * scale * 1e6) / 1e6);
  return {
    ceilings: evidence.map(({ clicks }, i) => settled(clicks + (added[i] ?? 0))),
    gap: settled(left - added.reduce((sum, each) => sum + each, 0)),
  };
}
