import { linearScale, round, type Scale } from "./scale.ts";
import type { ChartTheme } from "./theme.ts";

/** One step of a waterfall: what it adds, and whether that is good, bad or within noise. */
export interface Step {
  id: string;
  difference: number;
  tone: "good" | "bad" | "noise";
}

export interface WaterfallProps {
  before: number;
  after: number;
  steps: readonly Step[];
  /** The height of a row; the first and the last are those of the two values. */
  rowHeight: number;
  theme: ChartTheme;
}

/** The scale of a waterfall: its ends, and whether it is cut above zero. */
export interface Extent {
  low: number;
  high: number;
  isCut: boolean;
}

const width = 100;

/** What a value has come to before each step, and after the last one. */
function runningOf(before: number, steps: readonly Step[]): number[] {
  const sums = [before];
  for (const { difference } of steps) sums.push((sums.at(-1) ?? 0) + difference);
  return sums;
}

/** The values that a waterfall must hold; zero too, unless they are all far from it. */
function domainOf(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (high <= 0) return [low, 0];
  const room = (high - low) * 0.15 || high * 0.05;
  return low < high * 0.6 ? [Math.min(0, low), high] : [low - room, high + room];
}

const scaleOf = (before: number, after: number, steps: readonly Step[]): Scale =>
  linearScale(domainOf([...runningOf(before, steps), after]), [0, width]);

/** From where to where a waterfall's scale runs. */
export function extentOf({ before, after, steps }: Pick<WaterfallProps, "before" | "after" | "steps">): Extent {
  const [low, high] = scaleOf(before, after, steps).ends;
  return { low, high, isCut: low > 0 };
}

/**
 * From one value to another, step by step, one row each: solid steps are more than noise, outlined ones within it. On a
 * scale that starts at zero the two values stand as bars; on one that is cut they are points, as a cut bar would lie. It
 * holds no text and may be stretched sideways: `extentOf` says what its ends mean.
 */
export function Waterfall({ before, after, steps, rowHeight, theme }: WaterfallProps) {
  const scale = scaleOf(before, after, steps);
  const isCut = scale.ends[0] > 0;
  const running = runningOf(before, steps);
  const height = rowHeight * (steps.length + 2);
  const value = (amount: number, row: number) => (
    <Value
      key={row}
      from={isCut ? undefined : scale.at(0)}
      to={scale.at(amount)}
      y={rowHeight * row}
      {...{ rowHeight, theme }}
    />
  );
  return (
    <svg
      class="waterfall"
      width="100%"
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {scale.ticks.map((tick) => (
        <Upright key={tick} x={scale.at(tick)} from={0} to={height} stroke={theme.grid} />
      ))}
      {running.map((sum, index) => (
        <Upright
          key={index}
          x={scale.at(sum)}
          from={rowHeight * (index + 0.5)}
          to={rowHeight * (index + 1.5)}
          stroke={theme.text}
        />
      ))}
      {value(before, 0)}
      {steps.map((step, index) => (
        <StepBar
          key={step.id}
          step={step}
          from={scale.at(running[index] ?? 0)}
          to={scale.at(running[index + 1] ?? 0)}
          y={rowHeight * (index + 1)}
          rowHeight={rowHeight}
          theme={theme}
        />
      ))}
      {value(after, steps.length + 1)}
    </svg>
  );
}

const Upright = ({ x, from, to, stroke }: { x: number; from: number; to: number; stroke: string }) => (
  <path d={`M${x},${round(from)}V${round(to)}`} stroke={stroke} vector-effect="non-scaling-stroke" />
);

interface RowProps {
  y: number;
  rowHeight: number;
  theme: ChartTheme;
}

/** One of the two values: a bar from zero, or a point where there is no zero. */
function Value({ from, to, y, rowHeight, theme }: RowProps & { from: number | undefined; to: number }) {
  if (from !== undefined) {
    const box = { x: Math.min(from, to), y: round(y + rowHeight * 0.25), height: round(rowHeight * 0.5) };
    return <rect data-role="value" {...box} width={round(Math.abs(to - from))} fill={theme.actual} />;
  }
  return (
    <path
      data-role="value"
      d={`M${to},${round(y + rowHeight / 2)}h0.001`}
      stroke={theme.actual}
      stroke-width="9"
      stroke-linecap="round"
      vector-effect="non-scaling-stroke"
    />
  );
}

function StepBar({ step, from, to, y, rowHeight, theme }: RowProps & { step: Step; from: number; to: number }) {
  const colour = step.tone === "noise" ? theme.text : theme[step.tone];
  return (
    <rect
      data-role={step.tone}
      x={Math.min(from, to)}
      y={round(y + rowHeight * 0.25)}
      width={round(Math.abs(to - from))}
      height={round(rowHeight * 0.5)}
      fill={step.tone === "noise" ? theme.surface : colour}
      stroke={colour}
      stroke-width="1.25"
      vector-effect="non-scaling-stroke"
    />
  );
}
