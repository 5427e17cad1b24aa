import type { Plan, Slice } from "../engine/plan.ts";
import { rangeOf } from "./rows.ts";

/** Which row of an answer: its key and its period, or the total where both are left out. */
export interface CellAddress {
  readonly key: Readonly<Record<string, string | null>>;
  readonly period: string | undefined;
}

/** The plan of one cell: its key as slices, its period as range, nothing left to split. */
export function cellPlan(plan: Plan, { key, period }: CellAddress): Plan {
  const own = Object.entries(key).map(([dimension, value]): Slice => ({
    dimension,
    values: [value],
    not: false,
    ofCell: true,
  }));
  return {
    ...plan,
    range: rangeOf(period ?? null, plan),
    slices: [...plan.slices, ...own],
    keys: [],
    grain: undefined,
    members: undefined,
  };
}
