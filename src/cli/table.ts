/** A column of a table in a terminal: its heading and, where it reads better, its cells to the right. */
export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

const width = (text: string): number => [...text].length;
const pad = (text: string, to: number, right: boolean): string => {
  const space = " ".repeat(Math.max(0, to - width(text)));
  return right ? space + text : text + space;
};

/** Aligned columns under their headings; no line ends in blanks. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, i) => Math.max(width(title), ...rows.map((row) => width(row[i] ?? ""))));
  const line = (cells: readonly string[]) =>
    columns
      .map(({ right }, i) => pad(cells[i] ?? "", widths[i] ?? 0, right ?? false))
      .join("  ")
      .trimEnd();
  return [
    line(columns.map(({ title }) => title)),
    line(widths.map((each) => "─".repeat(each))),
    ...rows.map(line),
  ].join("\n");
}

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar from zero to the largest of all, in eighths of a character. */
export function bar(value: number | null, largest: number, length = 12): string {
  if (value === null || largest <= 0 || value <= 0) return "";
  const filled = Math.round(Math.min(1, value / largest) * length * 8);
  return "█".repeat(Math.floor(filled / 8)) + (eighths[filled % 8] ?? "");
}

const levels = "▁▂▃▄▅▆▇█";

/** A line of values, each as high as it is between the least and the greatest; a gap where there is none. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((each) => each !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return values
    .map((each) => (each === null ? " " : levels[high === low ? 3 : Math.round(((each - low) / (high - low)) * 7)]))
    .join("");
}
