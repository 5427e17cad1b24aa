import { linearScale } from "./scale.ts";
import type { ChartTheme } from "./theme.ts";

/** One period of a trend as a chart draws it. */
export interface Mark {
  label: string;
  tick: string;
  /** Stands under the tick where a year begins. */
  year: string;
  value: number | null;
  /** What was seen so far, where the value is an estimate of what will be. */
  observed: number | null;
  interval: [number, number] | null;
  previous: number | null;
  goal: number | null;
  incomplete: boolean;
}

/** What every trend chart is drawn from. */
export interface TrendProps {
  /** Makes the ids of patterns unique on a page. */
  id: string;
  marks: readonly Mark[];
  width: number;
  height: number;
  theme: ChartTheme;
  format: (value: number) => string;
  /** The mark that a cursor stands on. */
  cursor?: number | undefined;
}

/** Where things stand: the plot's edges and how values map to it. */
export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
  ticks: number[];
  y: (value: number) => number;
}

/** Whether a mark may still move: its period runs, or its value is an estimate. */
export const isOpen = ({ incomplete, observed }: Mark): boolean => incomplete || observed !== null;

/** About how wide a text of 11 px is. */
export const textWidth = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (/[.,:\s]/.test(sign) ? 3.5 : /[%MWmw€]/.test(sign) ? 10 : 6.8), 0);

/** Lays out a plot for values in a domain; the left margin fits the longest label. */
export function frameOf({ width, height, format }: TrendProps, [low, high]: [number, number], endLabel = 0): Frame {
  const { ticks, at } = linearScale([low, high], [height - 34, 12]);
  const left = Math.ceil(Math.max(...ticks.map((tick) => textWidth(format(tick))), 16)) + 10;
  return { left, right: width - 8 - endLabel, top: 12, bottom: height - 34, ticks, y: at };
}

/** The numbers among some that may be missing. */
export const known = (values: readonly (number | null | undefined)[]): number[] =>
  values.filter((value): value is number => typeof value === "number" && Number.isFinite(value));

/** Horizontal lines at round numbers, with their labels. */
export function Grid({ frame, theme, format }: { frame: Frame; theme: ChartTheme; format: (value: number) => string }) {
  return (
    <g class="grid" font-size="11" fill={theme.text}>
      {frame.ticks.map((tick) => (
        <g key={tick}>
          <line x1={frame.left} x2={frame.right} y1={frame.y(tick)} y2={frame.y(tick)} stroke={theme.grid} />
          <text x={frame.left - 8} y={frame.y(tick)} dy="0.32em" text-anchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Names of the periods under the plot; as many as fit, counted back from the last, which is always named. */
export function TimeAxis({
  frame,
  marks,
  theme,
  x,
}: {
  frame: Frame;
  marks: readonly Mark[];
  theme: ChartTheme;
  x: (index: number) => number;
}) {
  const every = tickStep(frame, marks);
  return (
    <g class="time" font-size="11" fill={theme.text} text-anchor="middle">
      {marks.map((mark, index) => (
        <g key={mark.label}>
          {(marks.length - 1 - index) % every === 0 && (
            <text x={x(index)} y={frame.bottom + 15}>
              {mark.tick}
            </text>
          )}
          {mark.year !== "" && !isCrowded(marks, index, x) && (
            <text x={x(index)} y={frame.bottom + 29}>
              {mark.year}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

/** Whether the next year's name stands so near that both would touch. */
function isCrowded(marks: readonly Mark[], index: number, x: (index: number) => number): boolean {
  const next = marks.findIndex(({ year }, other) => other > index && year !== "");
  return next !== -1 && x(next) - x(index) < 32;
}

function tickStep(frame: Frame, marks: readonly Mark[]): number {
  const widest = Math.max(...marks.map(({ tick }) => textWidth(tick)), 1) + 10;
  const fits = Math.max(1, Math.floor((frame.right - frame.left) / widest));
  return Math.max(1, Math.ceil(marks.length / fits));
}

/** Diagonal strokes that say: not finished yet. */
export function Hatch({ id, theme }: { id: string; theme: ChartTheme }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" fill={theme.surface} />
      <rect width="3" height="6" fill={theme.actual} />
    </pattern>
  );
}
