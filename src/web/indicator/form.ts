import type { Mark } from "../charts/frame.tsx";
import { startsAtZero } from "../charts/line.tsx";
import type { Detail } from "./loader.ts";

/** Counts and money stand as columns; shares, days and long series as lines. */
export const isBars = ({ kind }: Detail, marks: readonly Mark[]): boolean =>
  (kind === "count" || kind === "money") && marks.length <= 31;

/** Whether a chart's axis is cut, so that the page says it in words. */
export const isCut = (detail: Detail, marks: readonly Mark[]): boolean =>
  !isBars(detail, marks) && !startsAtZero(marks);
