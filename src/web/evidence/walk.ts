import type { Bridge, Bucket } from "../../contract/bridge.ts";

/** One line of the way from the left number to the right one. */
export interface Line {
  bucket: Bucket;
  /** What it changes on the way: what only the left counts is taken off, what only the right counts is put on. */
  change: number;
}

/** The way from a bridge's left number to its right one: what only one side counts, and what both count differently. */
export function linesOf({ buckets }: Bridge): Line[] {
  const order = { left: 0, right: 1, both: 2 };
  return buckets
    .map((bucket) => ({ bucket, change: bucket.right - bucket.left }))
    .filter(({ bucket, change }) => bucket.side !== "both" || change !== 0)
    .toSorted(
      (one, other) =>
        order[one.bucket.side] - order[other.bucket.side] || Math.abs(other.change) - Math.abs(one.change),
    );
}

/** How many rows both sides count alike. */
export const sharedRows = ({ buckets }: Bridge): number =>
  buckets.reduce((sum, { side, rows }) => sum + (side === "both" ? rows : 0), 0);
