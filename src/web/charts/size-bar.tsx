import { round } from "./scale.ts";
import type { ChartTheme } from "./theme.ts";

interface SizeBarProps {
  value: number;
  most: number;
  /** Drawn in outline: the value rests on little, or is an estimate. */
  isHollow?: boolean;
  theme: ChartTheme;
}

/** A value of a table as a bar from zero, on the scale of its column. */
export function SizeBar({ value, most, isHollow = false, theme }: SizeBarProps) {
  const width = 72;
  const size = round(most > 0 ? (Math.max(0, value) / most) * width : 0);
  return (
    <svg class="size-bar" width={width} height="8" viewBox={`0 0 ${width} 8`} aria-hidden="true" focusable="false">
      <rect width={width} height="8" rx="1" fill={theme.grid} />
      {isHollow ? (
        <rect
          data-role="hollow"
          x="0.75"
          y="0.75"
          width={Math.max(0, round(size - 1.5))}
          height="6.5"
          fill={theme.surface}
          stroke={theme.actual}
          stroke-width="1.5"
        />
      ) : (
        <rect data-role="actual" width={size} height="8" rx="1" fill={theme.actual} />
      )}
    </svg>
  );
}
