import { frameOf, Grid, isOpen, known, textWidth, TimeAxis, type Frame, type Mark, type TrendProps } from "./frame.tsx";
import { bandPath, linePath } from "./path.ts";
import { round } from "./scale.ts";
import type { ChartTheme } from "./theme.ts";

/**
 * A line over time: solid is actual, lighter the compared period, dashed to a hollow point what is unfinished
 * or estimated (a lighter mark is what was seen of it so far), outlined the goal, a band the interval. The axis need not start at zero; `startsAtZero` says whether it does.
 */
export function Line(props: TrendProps) {
  const { marks, width, height, theme, format, cursor } = props;
  const label = endLabelOf(marks, format);
  const frame = frameOf(props, domainOf(marks), Math.ceil(textWidth(label) * 1.1) + (marks.at(-1)?.goal ? 14 : 0));
  const x = (index: number) =>
    round(frame.left + ((frame.right - frame.left - 12) * index) / Math.max(1, marks.length - 1) + 6);
  return (
    <svg
      class="trend"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      focusable="false"
    >
      <Grid frame={frame} theme={theme} format={format} />
      {!startsAtZero(marks) && <Break frame={frame} theme={theme} />}
      <Band frame={frame} marks={marks} x={x} fill={theme.actual} />
      {marks.map(({ goal, label: key }, index) => (
        <Goal key={key} frame={frame} x={x(index)} goal={goal} theme={theme} width={stepOf(frame, marks)} />
      ))}
      <Path
        role="previous"
        frame={frame}
        marks={marks}
        x={x}
        value={({ previous }) => previous}
        stroke={theme.previous}
      />
      <Path role="actual" frame={frame} marks={marks} x={x} value={finished} stroke={theme.actual} />
      <Path
        role="incomplete"
        frame={frame}
        marks={marks}
        x={x}
        value={unfinished(marks)}
        stroke={theme.actual}
        dash="3 4"
      />
      <Observed frame={frame} marks={marks} x={x} fill={theme.previous} />
      <Dots frame={frame} marks={marks} x={x} theme={theme} cursor={cursor} />
      <EndLabel frame={frame} marks={marks} x={x} text={label} theme={theme} />
      <TimeAxis frame={frame} marks={marks} theme={theme} x={x} />
    </svg>
  );
}

/** Whether a line's axis starts at zero: where the values come near it, or go below. */
export function startsAtZero(marks: readonly Mark[]): boolean {
  const [low] = domainOf(marks);
  return low <= 0;
}

function domainOf(marks: readonly Mark[]): [number, number] {
  const values = known(
    marks.flatMap(({ value, observed, previous, goal, interval }) => [
      value,
      observed,
      previous,
      goal,
      ...(interval ?? []),
    ]),
  );
  const [low, high] = [Math.min(...values, Infinity), Math.max(...values, -Infinity)];
  if (values.length === 0) return [0, 1];
  if (low < 0) return [low, Math.max(0, high)];
  return low < high * 0.6 ? [0, high] : [low - (high - low) * 0.15, high];
}

type At = (index: number) => number;
type Read = (mark: Mark, index: number) => number | null;

const finished: Read = (mark) => (isOpen(mark) ? null : mark.value);

/** The last finished point and the unfinished ones after it. */
const unfinished =
  (marks: readonly Mark[]): Read =>
  (mark, index) => {
    const next = marks[index + 1];
    return isOpen(mark) || (next !== undefined && isOpen(next)) ? mark.value : null;
  };

const stepOf = (frame: Frame, marks: readonly Mark[]): number =>
  Math.max(0, Math.min(40, ((frame.right - frame.left) / marks.length) * 0.7));

interface PathProps {
  role: string;
  frame: Frame;
  marks: readonly Mark[];
  x: At;
  value: Read;
  stroke: string;
  dash?: string;
}

function Path({ role, frame, marks, x, value, stroke, dash }: PathProps) {
  const places = marks.map((mark, index): [number, number] | null => {
    const amount = value(mark, index);
    return amount === null ? null : [x(index), frame.y(amount)];
  });
  const path = linePath(places);
  if (path === "") return null;
  return (
    <path
      data-role={role}
      d={path}
      fill="none"
      stroke={stroke}
      stroke-width="2"
      stroke-linejoin="round"
      stroke-linecap="round"
      stroke-dasharray={dash}
    />
  );
}

function Band({ frame, marks, x, fill }: { frame: Frame; marks: readonly Mark[]; x: At; fill: string }) {
  const path = bandPath(
    marks.map(
      ({ interval }, index) => interval && { x: x(index), low: frame.y(interval[0]), high: frame.y(interval[1]) },
    ),
  );
  return path !== "" ? <path data-role="interval" d={path} fill={fill} fill-opacity="0.14" /> : null;
}

function Goal({
  frame,
  x,
  goal,
  theme,
  width,
}: {
  frame: Frame;
  x: number;
  goal: number | null;
  theme: ChartTheme;
  width: number;
}) {
  if (goal === null) return null;
  return (
    <rect
      data-role="goal"
      x={round(x - width / 2)}
      y={frame.y(goal) - 2}
      width={round(width)}
      height={4}
      rx={2}
      fill={theme.surface}
      stroke={theme.goal}
    />
  );
}

/** What was seen so far of each estimate: a lighter mark below it. */
function Observed({ frame, marks, x, fill }: { frame: Frame; marks: readonly Mark[]; x: At; fill: string }) {
  return (
    <g>
      {marks.map(({ observed, label }, index) =>
        observed === null ? null : (
          <rect
            key={label}
            data-role="observed"
            x={round(x(index) - 5)}
            y={round(frame.y(observed) - 1.5)}
            width={10}
            height={3}
            fill={fill}
          />
        ),
      )}
    </g>
  );
}

function Dots({
  frame,
  marks,
  x,
  theme,
  cursor,
}: {
  frame: Frame;
  marks: readonly Mark[];
  x: At;
  theme: ChartTheme;
  cursor: number | undefined;
}) {
  const all = marks.length <= 31;
  return (
    <g>
      {marks.map((mark, index) =>
        mark.value !== null && (all || index === cursor || isOpen(mark)) ? (
          <circle
            key={mark.label}
            class="mark"
            data-index={index}
            data-role={isOpen(mark) ? "incomplete" : "point"}
            cx={x(index)}
            cy={frame.y(mark.value)}
            r={index === cursor ? 5 : isOpen(mark) ? 4 : 2.5}
            fill={isOpen(mark) ? theme.surface : theme.actual}
            stroke={theme.actual}
            stroke-width="2"
          />
        ) : null,
      )}
    </g>
  );
}

const lastKnown = (marks: readonly Mark[]): number => marks.findLastIndex(({ value }) => value !== null);

const endLabelOf = (marks: readonly Mark[], format: (value: number) => string): string => {
  const value = marks[lastKnown(marks)]?.value;
  return typeof value === "number" ? format(value) : "";
};

function EndLabel({
  frame,
  marks,
  x,
  text,
  theme,
}: {
  frame: Frame;
  marks: readonly Mark[];
  x: At;
  text: string;
  theme: ChartTheme;
}) {
  const index = lastKnown(marks);
  const value = marks[index]?.value;
  if (typeof value !== "number") return null;
  return (
    <text
      x={x(index) + (marks[index]?.goal === null ? 9 : stepOf(frame, marks) / 2 + 5)}
      y={frame.y(value)}
      dy="0.32em"
      font-size="12"
      font-weight="600"
      fill={theme.actual}
    >
      {text}
    </text>
  );
}

/** The sign of an axis that does not start at zero. */
function Break({ frame, theme }: { frame: Frame; theme: ChartTheme }) {
  return (
    <path
      data-role="break"
      d={`M${frame.left - 4},${frame.bottom - 2}l4,-4l-4,-4l4,-4`}
      stroke={theme.text}
      fill="none"
    />
  );
}
