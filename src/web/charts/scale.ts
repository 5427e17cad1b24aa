import { nice, ticks } from "d3-array";

/** Maps values to places along a line. */
export interface Scale {
  ticks: number[];
  /** The round numbers from which to which the scale runs. */
  ends: [number, number];
  at: (value: number) => number;
}

/** A linear scale whose domain is widened to round numbers, with about four of them to mark. */
export function linearScale([low, high]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const [first, last] = nice(low, high === low ? low + 1 : high, 4);
  return {
    ticks: ticks(first, last, 4),
    ends: [first, last],
    at: (value) => round(start + ((value - first) / (last - first)) * (end - start)),
  };
}

/** A coordinate with one decimal: enough for the eye, and the same text on every machine. */
export const round = (value: number): number => Math.round(value * 10) / 10;
