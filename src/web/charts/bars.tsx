import { frameOf, Grid, Hatch, isOpen, known, TimeAxis, type Frame, type TrendProps } from "./frame.tsx";
import { round } from "./scale.ts";

/**
 * Columns over time, from zero: solid is actual, lighter behind it the compared period, hatched what is unfinished,
 * outlined the goal. Whiskers are intervals. An estimate is hatched too, what was seen of it so far a lighter column within.
 */
export function Bars(props: TrendProps) {
  const { id, marks, width, height, theme, format, cursor } = props;
  const values = known(
    marks.flatMap(({ value, observed, previous, goal, interval }) => [
      value,
      observed,
      previous,
      goal,
      ...(interval ?? []),
    ]),
  );
  const frame = frameOf(props, [Math.min(0, ...values), Math.max(0, ...values)]);
  const step = (frame.right - frame.left) / Math.max(1, marks.length);
  const size = round(Math.max(1, step * 0.66));
  const start = (index: number) => round(frame.left + step * index + (step - size) / 2);
  return (
    <svg
      class="trend"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      focusable="false"
    >
      <defs>
        <Hatch id={`${id}-hatch`} theme={theme} />
      </defs>
      <Grid frame={frame} theme={theme} format={format} />
      {marks.map((mark, index) => (
        <g
          key={mark.label}
          class="mark"
          data-index={index}
          opacity={cursor === undefined || cursor === index ? 1 : 0.55}
        >
          <Bar
            frame={frame}
            x={start(index) - size * 0.14}
            size={size}
            value={mark.previous}
            fill={theme.previous}
            role="previous"
          />
          <Bar
            frame={frame}
            x={start(index)}
            size={size}
            value={mark.value}
            fill={isOpen(mark) ? `url(#${id}-hatch)` : theme.actual}
            stroke={isOpen(mark) ? theme.actual : undefined}
            role={isOpen(mark) ? "incomplete" : "actual"}
          />
          <Bar
            frame={frame}
            x={start(index) + size * 0.25}
            size={size * 0.5}
            value={mark.observed}
            fill={theme.previous}
            role="observed"
          />
          <Bar
            frame={frame}
            x={start(index) - 2}
            size={size + 4}
            value={mark.goal}
            fill="none"
            stroke={theme.goal}
            role="goal"
          />
          <Whisker frame={frame} x={start(index) + size / 2} interval={mark.interval} stroke={theme.text} />
        </g>
      ))}
      <line x1={frame.left} x2={frame.right} y1={frame.y(0)} y2={frame.y(0)} stroke={theme.text} />
      <TimeAxis frame={frame} marks={marks} theme={theme} x={(index) => round(frame.left + step * (index + 0.5))} />
    </svg>
  );
}

interface BarProps {
  frame: Frame;
  x: number;
  size: number;
  value: number | null;
  fill: string;
  stroke?: string | undefined;
  role: string;
}

function Bar({ frame, x, size, value, fill, stroke, role }: BarProps) {
  if (value === null) return null;
  const [from, to] = [frame.y(Math.max(0, value)), frame.y(Math.min(0, value))];
  return (
    <rect
      data-role={role}
      x={round(x)}
      y={from}
      width={round(size)}
      height={round(Math.max(0, to - from))}
      fill={fill}
      stroke={stroke ?? "none"}
      stroke-width="1.25"
    />
  );
}

function Whisker({
  frame,
  x,
  interval,
  stroke,
}: {
  frame: Frame;
  x: number;
  interval: [number, number] | null;
  stroke: string;
}) {
  if (interval === null) return null;
  const [low, high] = [frame.y(interval[0]), frame.y(interval[1])];
  return (
    <path
      data-role="interval"
      d={`M${round(x)},${low}V${high}M${round(x - 3)},${low}h6M${round(x - 3)},${high}h6`}
      stroke={stroke}
      fill="none"
    />
  );
}
