import { textWidth } from "./frame.tsx";
import { linearScale, round, type Scale } from "./scale.ts";
import type { ChartTheme } from "./theme.ts";

/** A share at an age, with its interval. */
export interface CurvePoint {
  age: number;
  value: number;
  interval: [number, number];
}

export interface CurveProps {
  points: readonly CurvePoint[];
  /** The age at which the curve ends. */
  window: number;
  width: number;
  height: number;
  theme: ChartTheme;
  format: (value: number) => string;
  formatAge: (age: number) => string;
}

interface Frame {
  left: number;
  right: number;
  bottom: number;
  x: Scale;
  y: Scale;
}

const margin = { top: 10, right: 12, bottom: 24 };

function frameOf({ points, window, width, height, format }: CurveProps): Frame {
  const most = Math.max(0, ...points.map(({ interval }) => interval[1]));
  const bottom = height - margin.bottom;
  const y = linearScale([0, most || 1], [bottom, margin.top]);
  const left = Math.ceil(Math.max(...y.ticks.map((tick) => textWidth(format(tick))))) + 10;
  const right = width - margin.right;
  const x = linearScale([0, Math.max(1, window)], [left, right]);
  return { left, right, bottom, x, y };
}

/** A share that grows with age: a stair from zero, as it is known day by day, in the band of its interval. */
export function CurveChart(props: CurveProps) {
  const { points, width, height, theme, format, formatAge } = props;
  const frame = frameOf(props);
  const { x, y } = frame;
  return (
    <svg
      class="curve"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      focusable="false"
    >
      <g font-size="12" fill={theme.text}>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${frame.left},${y.at(tick)}H${frame.right}`} stroke={theme.grid} />
            <text x={frame.left - 8} y={y.at(tick)} dy="0.32em" text-anchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {x.ticks.map((tick) => (
          <text key={tick} x={x.at(tick)} y={frame.bottom + 17} text-anchor="middle">
            {formatAge(tick)}
          </text>
        ))}
      </g>
      <Band points={points} frame={frame} fill={theme.actual} />
      <path
        data-role="curve"
        d={stairOf(points, frame, ({ value }) => value)}
        fill="none"
        stroke={theme.actual}
        stroke-width="2"
      />
    </svg>
  );
}

function Band({ points, frame, fill }: { points: readonly CurvePoint[]; frame: Frame; fill: string }) {
  if (points.length === 0) return null;
  const upper = stairOf(points, frame, ({ interval }) => interval[1]);
  const lower = corners(points, frame, ({ interval }) => interval[0]).toReversed();
  const path = `${upper}L${lower.map(([left, top]) => `${left},${top}`).join("L")}Z`;
  return <path data-role="interval" d={path} fill={fill} fill-opacity="0.14" />;
}

type Read = (point: CurvePoint) => number;

/** The corners of a stair: each value holds until the next age. */
function corners(points: readonly CurvePoint[], { x, y }: Frame, read: Read): [number, number][] {
  return points.flatMap((point, index): [number, number][] => {
    const top = y.at(read(point));
    const next = points[index + 1];
    return next === undefined
      ? [[x.at(point.age), top]]
      : [
          [x.at(point.age), top],
          [x.at(next.age), top],
        ];
  });
}

const stairOf = (points: readonly CurvePoint[], frame: Frame, read: Read): string =>
  points.length === 0
    ? ""
    : `M${corners(points, frame, read)
        .map(([left, top]) => `${round(left)},${round(top)}`)
        .join("L")}`;
