/** The sum of numbers, in their order. */
const summed = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);

/** How far a sum of decimals may be off in floating point, and that of an average over orders, relative to what was added. */
const noise = 1e-12;
const rounding = 1e-7;

/** Shares that sum to a total: what rounding leaves over goes to the largest of them, and more than that is an error of ours. */
export function settleUp<K>(shares: ReadonlyMap<K, number>, total: number): Map<K, number> {
  const settled = new Map(shares);
  const rest = total - summed(shares.values());
  const largest = Math.max(0, ...[...shares.values()].map(Math.abs));
  const scale = Math.max(1, Math.abs(total), largest);
  if (Math.abs(rest) <= noise * scale) return settled;
  if (Math.abs(rest) > rounding * scale)
    throw new Error(`the parts sum to ${summed(shares.values())}, the difference is ${total}`);
  const [first] = [...shares].filter(([, share]) => Math.abs(share) === largest);
  if (first !== undefined) settled.set(first[0], first[1] + rest);
  return settled;
}
