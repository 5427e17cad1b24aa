import type { Tuple } from "../../engine/database.ts";
import type { MixCell } from "../../methods/reps/usual-mix.ts";

/** What the share that is won may be adjusted for. */
export const factors = ["kind", "channel", "segment", "size"] as const;

/** Deals of one owner that are alike in all factors. */
export interface DealCell {
  readonly rep: string | null;
  /** By factor; null where it is not recorded. */
  readonly levels: readonly (string | null)[];
  readonly deals: number;
  readonly closed: number;
  readonly won: number;
  /** Σ of the share of wins that comes by the age that each deal has been seen, and of its square. */
  readonly weight: number;
  readonly squares: number;
}

const million = 1e6;
const parts = (value: unknown, scale: number): number => Number(value ?? 0) / scale;

export const cellOf = (tuple: Tuple): DealCell => ({
  rep: tuple["rep"] == null ? null : String(tuple["rep"]),
  levels: factors.map((factor) => (tuple[factor] == null ? null : String(tuple[factor]))),
  deals: parts(tuple["deals"], million),
  closed: parts(tuple["closed"], million),
  won: parts(tuple["won"], million),
  weight: parts(tuple["weight"], million ** 2),
  squares: parts(tuple["squares"], million ** 2),
});

/** A factor is recorded of winners and of the others alike when both carry it as often, but for a fifth. */
const oneSided = 0.2;

const sumOf = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((sum, each) => sum + of(each), 0);

function isTold(cells: readonly DealCell[], factor: number): boolean {
  const carrying = cells.filter(({ levels }) => levels[factor] !== null);
  const [won, rest] = [({ won: each }: DealCell) => each, ({ deals, won: each }: DealCell) => deals - each];
  const [ofWon, ofRest] = [won, rest].map((of) => (sumOf(cells, of) > 0 ? sumOf(carrying, of) / sumOf(cells, of) : 0));
  const levels = new Set(carrying.map((cell) => cell.levels[factor]));
  return levels.size > 1 && Math.abs((ofWon ?? 0) - (ofRest ?? 0)) <= oneSided;
}

/**
 * The factors that winners and others carry alike: one that is filled in when a deal is won would make every other deal look
 * hard to win.
 */
export const toldFactors = (cells: readonly DealCell[]): number[] =>
  factors.flatMap((_, factor) => (isTold(cells, factor) ? [factor] : []));

/** The cells as they are adjusted by these factors. */
export const mixOf = (cells: readonly DealCell[], told: readonly number[]): MixCell[] =>
  cells.map(({ levels, weight, won }) => ({
    levels: told.map((factor) => levels[factor] ?? ""),
    weight,
    successes: won,
  }));
