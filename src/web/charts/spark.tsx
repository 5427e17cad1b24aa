import { extent } from "d3-array";
import type { Point } from "../series.ts";
import { linePath, type Place } from "./path.ts";
import { round } from "./scale.ts";
import type { ChartTheme } from "./theme.ts";

/** A small line without axes; the unfinished last period is dashed and ends in a hollow point. */
export function Spark({
  points,
  width,
  height,
  theme,
}: {
  points: readonly Point[];
  width: number;
  height: number;
  theme: ChartTheme;
}) {
  const [low = 0, high = 1] = extent(points, ({ value }) => value ?? undefined);
  const span = high === low ? 1 : high - low;
  const at = ({ value }: Point, index: number): Place | null =>
    value === null
      ? null
      : [
          round(4 + ((width - 10) * index) / Math.max(1, points.length - 1)),
          round(height - 5 - ((value - low) / span) * (height - 10)),
        ];
  const pairs = points.map(at);
  const open = points.findIndex(({ incomplete }) => incomplete);
  const until = open === -1 ? pairs.length : open;
  const end = pairs.findLast((pair) => pair !== null);
  return (
    <svg
      class="spark"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <Stroke role="actual" pairs={pairs.slice(0, until)} color={theme.actual} />
      {open > 0 && <Stroke role="incomplete" pairs={pairs.slice(open - 1)} color={theme.actual} dash="3 3" />}
      {end && <End x={end[0]} y={end[1]} hollow={open !== -1} theme={theme} />}
    </svg>
  );
}

function Stroke({ role, pairs, color, dash }: { role: string; pairs: (Place | null)[]; color: string; dash?: string }) {
  const path = linePath(pairs);
  if (path === "") return null;
  return (
    <path
      data-role={role}
      d={path}
      fill="none"
      stroke={color}
      stroke-width="1.75"
      stroke-linejoin="round"
      stroke-dasharray={dash}
      vector-effect="non-scaling-stroke"
    />
  );
}

/** A round point that stays round when the drawing is stretched: a stroke of no length. */
function End({ x, y, hollow, theme }: { x: number; y: number; hollow: boolean; theme: ChartTheme }) {
  const stroke = {
    d: `M${x},${y}h0.01`,
    "stroke-linecap": "round" as const,
    "vector-effect": "non-scaling-stroke",
    fill: "none",
  };
  return (
    <g data-role={hollow ? "open-end" : "end"}>
      <path {...stroke} stroke={theme.actual} stroke-width="7" />
      {hollow && <path {...stroke} stroke={theme.surface} stroke-width="3.5" />}
    </g>
  );
}
