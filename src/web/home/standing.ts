import { attainmentOf } from "../change.ts";
import { daysIn } from "../dates.ts";
import type { View } from "../view.tsx";
import type { Tile } from "./loader.ts";

/** Where a value stands against its goal. `due` is what the goal asks for by now, `share` how far the whole goal is reached. */
export interface Standing {
  readonly share: number;
  /** The part of the goal that the days so far should have brought, of what accumulates over a running period. */
  readonly due: number | null;
  readonly state: "met" | "onPace" | "behind" | "missed";
}

/** Null without a goal or without a value. */
export function standingOf({ shell }: Pick<View, "shell">, tile: Tile): Standing | null {
  const value = tile.total?.value ?? null;
  const share = attainmentOf(value, tile.goal, tile.better);
  if (tile.goal === null || value === null || share === null) return null;
  if (!shell.period.incomplete || !tile.accumulates) return { share, due: null, state: share >= 1 ? "met" : "missed" };
  const due = (tile.goal * daysIn(shell.period)) / daysIn({ from: shell.period.from, to: shell.period.end });
  if (share >= 1) return { share, due, state: "met" };
  const onPace = tile.better === "higher" ? value >= due : value <= due;
  return { share, due, state: onPace ? "onPace" : "behind" };
}

export const isOnGoal = (standing: Standing): boolean => standing.state === "met" || standing.state === "onPace";
