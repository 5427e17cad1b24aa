import { textWidth } from "./frame.tsx";
import { linearScale, round, type Scale } from "./scale.ts";
import type { ChartTheme } from "./theme.ts";

/** Something with two values, and how far each may be off. */
export interface MapPoint {
  name: string;
  href: string;
  x: number;
  y: number;
  xInterval: readonly [number, number];
  yInterval: readonly [number, number];
  /** Few cases: drawn hollow. */
  hollow: boolean;
  /** Stands out, so that it is drawn strong and named first. */
  strong: boolean;
}

interface MapProps {
  points: readonly MapPoint[];
  /** What all together have; the lines that divide the map. */
  middle: { x: number | null; y: number | null };
  /** What each quarter is called: top left, top right, bottom left, bottom right. */
  quadrants: readonly [string, string, string, string];
  axes: { x: string; y: string };
  formats: { x: (value: number) => string; y: (value: number) => string };
  /** Whether all points are named, or only those that stand out. */
  named: boolean;
  width: number;
  height: number;
  theme: ChartTheme;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Label extends Box {
  text: string;
  strong: boolean;
}

const size = 12;
const overlaps = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Where each name may stand beside its point: at one of four sides, inside the plot, over no other name or point. */
function labelsOf(points: readonly (MapPoint & { cx: number; cy: number })[], plot: Box): Label[] {
  const dots = points.map(({ cx, cy }) => ({ left: cx - 5, right: cx + 5, top: cy - 5, bottom: cy + 5 }));
  const placed: Label[] = [];
  for (const { name, cx, cy, strong } of points.toSorted((a, b) => Number(b.strong) - Number(a.strong))) {
    const width = textWidth(name) * (size / 11);
    const sides: Box[] = [
      { left: cx + 8, right: cx + 8 + width, top: cy - 14, bottom: cy - 1 },
      { left: cx - 8 - width, right: cx - 8, top: cy - 14, bottom: cy - 1 },
      { left: cx + 8, right: cx + 8 + width, top: cy + 2, bottom: cy + 15 },
      { left: cx - 8 - width, right: cx - 8, top: cy + 2, bottom: cy + 15 },
    ];
    const inside = (box: Box) => box.left >= plot.left && box.right <= plot.right && box.top >= plot.top;
    const free = sides.find((box) => inside(box) && ![...dots, ...placed].some((other) => overlaps(box, other)));
    if (free !== undefined) placed.push({ ...free, text: name, strong });
  }
  return placed;
}

/**
 * Two values of each of several things with their intervals as whiskers, over lines that divide the map where all together
 * are. Beside it stands a table with the same numbers, so that it says nothing to readers of screens.
 */
export function WhiskerMap(props: MapProps) {
  const { points, middle, width, height, formats, theme, named } = props;
  const ends = (of: "x" | "y") =>
    Math.max(...points.flatMap((each) => each[`${of}Interval`]), (middle[of] ?? 0) * 1.2, 0) || 1;
  const plot = { left: 46, right: width - 14, top: 26, bottom: height - 40 };
  const x = linearScale([0, ends("x")], [plot.left, plot.right]);
  const y = linearScale([0, ends("y")], [plot.bottom, plot.top]);
  const drawn = points.map((each) => ({ ...each, cx: x.at(each.x), cy: y.at(each.y) }));
  const labels = labelsOf(named ? drawn : drawn.filter(({ strong }) => strong), plot);
  return (
    <svg class="whisker-map" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <Axes {...{ plot, x, y, formats, theme }} axes={props.axes} />
      <Middle {...{ plot, x, y, middle, theme }} />
      <Quadrants plot={plot} names={props.quadrants} theme={theme} />
      {drawn.map((each) => (
        <path
          key={each.name}
          data-role="interval"
          d={`M${x.at(each.xInterval[0])},${each.cy}H${x.at(each.xInterval[1])}M${each.cx},${y.at(each.yInterval[0])}V${y.at(each.yInterval[1])}`}
          stroke={each.strong ? theme.actual : theme.previous}
          fill="none"
        />
      ))}
      {drawn.map((each) => (
        <a key={each.name} href={each.href} tabIndex={-1}>
          <title>{each.name}</title>
          <circle
            cx={each.cx}
            cy={each.cy}
            r="5"
            fill={each.hollow ? theme.surface : each.strong ? theme.actual : theme.text}
            stroke={each.strong ? theme.actual : theme.text}
            stroke-width="1.5"
          />
        </a>
      ))}
      {labels.map((label) => (
        <text
          key={label.text}
          x={round(label.left)}
          y={round(label.bottom - 3)}
          font-size={size}
          font-weight={label.strong ? 600 : 400}
          fill={label.strong ? theme.goal : theme.text}
          stroke={theme.surface}
          stroke-width="3"
          paint-order="stroke"
        >
          {label.text}
        </text>
      ))}
    </svg>
  );
}

interface Drawn {
  plot: Box;
  x: Scale;
  y: Scale;
  theme: ChartTheme;
}

function Axes({ plot, x, y, formats, axes, theme }: Drawn & Pick<MapProps, "formats" | "axes">) {
  return (
    <g font-size="11" fill={theme.text}>
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line x1={plot.left} x2={plot.right} y1={y.at(tick)} y2={y.at(tick)} stroke={theme.grid} />
          <text x={plot.left - 6} y={y.at(tick) + 4} text-anchor="end">
            {formats.y(tick)}
          </text>
        </g>
      ))}
      {x.ticks.map((tick) => (
        <text key={tick} x={x.at(tick)} y={plot.bottom + 16} text-anchor="middle">
          {formats.x(tick)}
        </text>
      ))}
      <text x={plot.right} y={plot.bottom + 34} text-anchor="end">
        {axes.x}
      </text>
      <text x={0} y={12}>
        {axes.y}
      </text>
    </g>
  );
}

function Middle({ plot, x, y, middle, theme }: Drawn & Pick<MapProps, "middle">) {
  const [atX, atY] = [middle.x === null ? null : x.at(middle.x), middle.y === null ? null : y.at(middle.y)];
  return (
    <g stroke={theme.text} stroke-dasharray="4 3">
      {atX !== null && <line data-role="middle" x1={atX} x2={atX} y1={plot.top} y2={plot.bottom} />}
      {atY !== null && <line data-role="middle" x1={plot.left} x2={plot.right} y1={atY} y2={atY} />}
    </g>
  );
}

function Quadrants({ plot, names, theme }: { plot: Box; names: MapProps["quadrants"]; theme: ChartTheme }) {
  const [left, right, top, bottom] = [plot.left + 8, plot.right - 8, plot.top + 14, plot.bottom - 8];
  // Where there is no room for two names beside each other, those at the left stand a line further in.
  const wide = (one = "", other = "") => textWidth(one) + textWidth(other) + 16 < right - left;
  const [over, under] = [wide(names[0], names[1]) ? 0 : 15, wide(names[2], names[3]) ? 0 : 15];
  const places = [
    [left, top + over, "start"],
    [right, top, "end"],
    [left, bottom - under, "start"],
    [right, bottom, "end"],
  ] as const;
  return (
    <g font-size="12" font-style="italic" fill={theme.text}>
      {places.map(([atX, atY, anchor], i) => (
        <text key={names[i]} x={atX} y={atY} text-anchor={anchor}>
          {names[i]}
        </text>
      ))}
    </g>
  );
}
