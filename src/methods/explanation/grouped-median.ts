/** So many equal values. */
export interface Group {
  readonly value: number;
  readonly count: number;
}

/**
 * The median of grouped values: the middle one, or the mean of the two middle ones; null of nothing. In the unit of the
 * values. It gives what the SQL function `median` gives for the values one by one.
 */
export function groupedMedian(groups: readonly Group[]): number | null {
  const sorted = groups.filter((group) => group.count > 0).toSorted((a, b) => a.value - b.value);
  const n = sorted.reduce((sum, { count }) => sum + count, 0);
  if (n === 0) return null;
  const nth = (rank: number): number => {
    let seen = 0;
    for (const { value, count } of sorted) {
      seen += count;
      if (seen > rank) return value;
    }
    return Number.NaN;
  };
  return (nth(Math.floor((n - 1) / 2)) + nth(Math.floor(n / 2))) / 2;
}
