import { round } from "./scale.ts";
import type { ChartTheme } from "./theme.ts";

/** A value of a table as a bar from zero, on the scale of its column. */
export function SizeBar({ value, most, theme }: { value: number; most: number; theme: ChartTheme }) {
  const width = 72;
  return (
    <svg class="size-bar" width={width} height="8" viewBox={`0 0 ${width} 8`} aria-hidden="true" focusable="false">
      <rect width={width} height="8" rx="1" fill={theme.grid} />
      <rect
        data-role="actual"
        width={round(most > 0 ? (Math.max(0, value) / most) * width : 0)}
        height="8"
        rx="1"
        fill={theme.actual}
      />
    </svg>
  );
}
