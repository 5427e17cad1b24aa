import { round } from "./scale.ts";
import type { ChartTheme } from "./theme.ts";

interface BulletProps {
  value: number;
  goal: number;
  /** Where the value would be by now, where it grows as the period goes on. */
  pace?: number | null;
  width: number;
  height: number;
  theme: ChartTheme;
}

/** Actual (solid) against its goal (outlined mark) on one scale from zero; a thin tick is today's pace. */
export function Bullet({ value, goal, pace = null, width, height, theme }: BulletProps) {
  const most = Math.max(value, goal, pace ?? 0) * 1.08 || 1;
  const x = (amount: number) => round((Math.max(0, amount) / most) * width);
  return (
    <svg
      class="bullet"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect x="0" y={height / 2 - 3} width={width} height="6" fill={theme.grid} />
      <rect data-role="actual" x="0" y={height / 2 - 3} width={x(value)} height="6" fill={theme.actual} />
      {pace !== null && (
        <rect data-role="pace" x={x(pace)} y={height / 2 - 3} width="1" height="6" fill={theme.surface} />
      )}
      <rect
        data-role="goal"
        x={x(goal) - 1.5}
        y="1"
        width="3"
        height={height - 2}
        fill={theme.surface}
        stroke={theme.goal}
        stroke-width="1"
        vector-effect="non-scaling-stroke"
      />
    </svg>
  );
}
