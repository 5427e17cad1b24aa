import { paceOf, verdictTexts } from "../attainments.ts";
import { attainmentOf } from "../change.ts";
import type { Tile } from "./loader.ts";

/** Where a value stands against its goal. `due` is what the goal asks for by now, `share` how far the whole goal is reached. */
export interface Standing {
  readonly share: number;
  /** The part of the goal that the working days so far should have brought, of what accumulates over a running period. */
  readonly due: number | null;
  readonly state: "met" | "onPace" | "behind" | "missed";
}

/** Null without a goal or without a value. */
export function standingOf(tile: Tile): Standing | null {
  const { goal, attainment, better } = tile;
  const value = tile.total?.value ?? null;
  const share = attainmentOf(value, goal, better);
  if (goal === null || value === null || share === null) return null;
  const verdict = attainment?.verdict ?? (share >= 1 ? "met" : "missed");
  return { share, due: paceOf(attainment), state: verdictTexts[verdict] };
}

export const isOnGoal = (standing: Standing): boolean => standing.state === "met" || standing.state === "onPace";
