import type { Difference, Ranking } from "../../contract/ranking.ts";
import type { BreakdownRow } from "./loader.ts";

/** A row in its place: the value that it is ranked by, how probably it is the best, whether it is told apart from the next one, or why it takes no part. */
export interface Ranked {
  row: BreakdownRow;
  rankedBy: number | null;
  best: number | null;
  next: Difference | null;
  leftOut: string | null;
}

const valueIn = (key: Readonly<Record<string, string | null>>, by: string): string | null => key[by] ?? null;

/** The rows of a breakdown in the order of a ranking, those that take no part at the end; as they came without one. */
export function rankedRows(rows: readonly BreakdownRow[], by: string, ranking: Ranking | null): Ranked[] {
  if (ranking === null) return rows.map((row) => ({ row, rankedBy: null, best: null, next: null, leftOut: null }));
  const places = new Map(ranking.rows.map(({ key }, place) => [valueIn(key, by), place]));
  const reasons = new Map(ranking.left.map(({ key, reason }) => [valueIn(key, by), reason]));
  const placeOf = ({ key }: BreakdownRow) => places.get(valueIn(key, by)) ?? Infinity;
  return rows
    .toSorted((one, other) => compare(placeOf(one), placeOf(other)))
    .map((row) => {
      const place = placeOf(row);
      return {
        row,
        rankedBy: ranking.rows[place]?.value ?? null,
        best: ranking.rows[place]?.best ?? null,
        next: differenceAt(ranking, place, by),
        leftOut: reasons.get(valueIn(row.key, by)) ?? null,
      };
    });
}

/** Whether any row is ranked by another value than its own: a share of few cases is drawn towards all of them together. */
export const isShrunk = (ranked: readonly Ranked[]): boolean =>
  ranked.some(({ row, rankedBy }) => rankedBy !== null && row.value !== null && Math.abs(rankedBy - row.value) > 1e-9);

const compare = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1);

/** How a place differs from the one below it. */
function differenceAt({ rows, differences }: Ranking, place: number, by: string): Difference | null {
  const [own, below] = [rows[place], rows[place + 1]];
  if (own === undefined || below === undefined) return null;
  const pair = [valueIn(own.key, by), valueIn(below.key, by)];
  return differences.find(({ left, right }) => valueIn(left, by) === pair[0] && valueIn(right, by) === pair[1]) ?? null;
}
