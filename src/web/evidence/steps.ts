import type { Why } from "../../contract/why.ts";
import type { Step } from "../charts/waterfall.tsx";
import { isBetter } from "../difference.ts";

/** What one row of the card adds: a segment, the smaller ones together, or what the segments do not add up to. */
export interface WhyRow {
  kind: "segment" | "others" | "remainder";
  key: string | null;
  /** How many segments it stands for. */
  count: number;
  before: number | null;
  after: number | null;
  volume: number | null;
  rate: number | null;
  mix: number | null;
  total: number;
  certain: boolean | null;
}

const shown = 6;

const sumOf = <T>(items: readonly T[], read: (item: T) => number): number =>
  items.reduce((sum, item) => sum + read(item), 0);

/** The rows of a split: the largest segments, the others as one, and the remainder where there is any. They sum to the difference. */
export function whyRows(why: Why): WhyRow[] {
  const sorted = why.contributions.toSorted((one, other) => Math.abs(other.total) - Math.abs(one.total));
  const cut = sorted.length > shown + 1 ? shown : sorted.length;
  const segments = sorted.slice(0, cut).map((each): WhyRow => ({ ...each, kind: "segment", count: 1 }));
  const rest = sorted.slice(cut);
  const others: WhyRow = {
    ...unsplit(
      "others",
      sumOf(rest, ({ total }) => total),
    ),
    count: rest.length,
    volume: sumOf(rest, ({ volume }) => volume),
    rate: sumOf(rest, ({ rate }) => rate),
    mix: sumOf(rest, ({ mix }) => mix),
  };
  return [
    ...segments,
    ...(rest.length > 0 ? [others] : []),
    ...(why.remainder === 0 ? [] : [unsplit("remainder", why.remainder)]),
  ];
}

const unsplit = (kind: WhyRow["kind"], total: number): WhyRow => ({
  kind,
  key: null,
  count: 0,
  before: null,
  after: null,
  volume: null,
  rate: null,
  mix: null,
  total,
  certain: null,
});

/** By what a segment moves a number. */
export type Effect = "volume" | "rate" | "mix";

/** The effects worth telling apart: those that some row has, where there is more than one. */
export function effectsIn(rows: readonly WhyRow[]): Effect[] {
  const present = (["volume", "rate", "mix"] as const).filter((effect) =>
    rows.some((row) => row[effect] !== null && row[effect] !== 0),
  );
  return present.length > 1 ? present : [];
}

/** A row as a waterfall draws it; what is noise, or several segments at once, is no news, good or bad. */
export function stepOf(row: WhyRow, better: "higher" | "lower"): Step {
  const id = `${row.kind} ${row.key ?? ""}`;
  if (row.certain === false || row.kind !== "segment") return { id, difference: row.total, tone: "noise" };
  return { id, difference: row.total, tone: isBetter(row.total, better) === false ? "bad" : "good" };
}
