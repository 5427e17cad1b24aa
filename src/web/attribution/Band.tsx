import type { AttributedRow } from "../../contract/attribution.ts";

const [width, height, margin] = [140, 16, 6];

/** The ends that every band of a table is drawn between: the least and the greatest value, and zero. */
export function endsOf(rows: readonly AttributedRow[]): [number, number] {
  const ends = rows.flatMap(({ range }) => (range === null ? [] : [range.low, range.high]));
  return [Math.min(0, ...ends), Math.max(0, ...ends)];
}

/** A range as a line with its ends, the chosen value as a dot on it, and zero as an upright stroke. */
export function Band({ row, ends: [low, high] }: { row: AttributedRow; ends: [number, number] }) {
  const { range, chosen, verdict } = row;
  if (range === null || high === low) return null;
  const x = (value: number) => Math.round((margin + ((value - low) / (high - low)) * (width - 2 * margin)) * 10) / 10;
  const middle = height / 2;
  const colour = verdict === "contested" ? "var(--warn)" : "var(--c1)";
  return (
    <svg class="band" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <line x1={x(0)} x2={x(0)} y1="0" y2={height} stroke="var(--control)" />
      <line x1={x(range.low)} x2={x(range.high)} y1={middle} y2={middle} stroke={colour} stroke-width="2" />
      {[range.low, range.high].map((end, at) => (
        <line key={at} x1={x(end)} x2={x(end)} y1={middle - 4} y2={middle + 4} stroke={colour} stroke-width="2" />
      ))}
      {chosen.value !== null && <circle cx={x(chosen.value)} cy={middle} r="4.5" fill={colour} />}
    </svg>
  );
}
