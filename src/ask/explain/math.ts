import type { Row } from "../../contract/answer.ts";
import { written } from "../../engine/formula.ts";
import type { Frame } from "../rows.ts";

/** A figure of a formula with as many digits as a hand needs to check it. */
export const decimals = (value: number | null): string =>
  value === null
    ? "—"
    : String(Math.abs(value) >= 1000 ? Math.round(value * 100) / 100 : Math.round(value * 10_000) / 10_000);

/** The formula with its numbers: `107 ÷ 152 = 0.7039`, or `12 ÷ 40 = 0.3 so far; 0.3412 expected by day 30`. */
export function mathOf(cell: Row, { plan, variant }: Frame): string {
  const numbers = (setting: string) => plan.numbers[setting] ?? Number.NaN;
  const left = written(variant.value, (part) => decimals(cell.parts[part] ?? null), numbers);
  if (cell.observed === null) return `${left} = ${decimals(cell.value)}`;
  const later = cell.value === null ? "not known yet" : `${decimals(cell.value)} expected`;
  return `${left} = ${decimals(cell.observed)} so far; ${later} by day ${plan.window}`;
}
