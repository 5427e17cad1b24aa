import type { Answer, Flag, Row, Unit } from "../contract/answer.ts";
import type { Question } from "../contract/question.ts";

const plain = new Intl.NumberFormat("en-US", { minimumFractionDigits: 0, maximumFractionDigits: 2 });
const exact = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const signed = (text: string): string => text.replace("-", "−");
const money = (value: number): string => signed(exact.format(value));
const number = (value: number): string => signed(plain.format(value));

/** A value as a person reads it in a terminal: `63.15 %`, `1,234.50 EUR`, `8,800`, `57 days`. */
export function figure(value: number | null, unit: Unit, currency: string | null): string {
  if (value === null) return "—";
  switch (unit) {
    case "ratio":
      return `${money(value * 100)} %`;
    case "money":
      return `${money(value)}${currency === null ? "" : ` ${currency}`}`;
    case "count":
      return number(value);
    case "days":
      return `${number(value)} days`;
  }
}

/** The parts of an answer's rows, each written with cents in all of them where one of them has cents. */
export function partFigures({ rows, total }: Answer): (row: Row) => string[] {
  const names = Object.keys(total.parts);
  const broken = names.filter((part) => [...rows, total].some((row) => !Number.isInteger(row.parts[part] ?? 0)));
  return ({ parts }) =>
    names.map((part) => figure(parts[part] ?? null, broken.includes(part) ? "money" : "count", null));
}

/** A difference with its sign; of shares in points. */
export function moved(difference: number, unit: Unit, currency: string | null): string {
  const sign = difference > 0 ? "+" : difference < 0 ? "−" : "±";
  const size = figure(Math.abs(difference), unit, currency);
  return `${sign}${unit === "ratio" ? size.replace("%", "pp") : size}`;
}

/** The change against another value: in points for shares, in percent for the rest. */
export function change(value: number | null, before: number | null, unit: Unit): string {
  if (value === null || before === null) return "";
  if (value === before) return unit === "ratio" ? "±0.00 pp" : "±0.00 %";
  const difference =
    unit === "ratio" ? (value - before) * 100 : before === 0 ? Number.NaN : ((value - before) / Math.abs(before)) * 100;
  if (Number.isNaN(difference)) return "new";
  const sign = difference > 0 ? "+" : difference < 0 ? "−" : "±";
  return `${sign}${exact.format(Math.abs(difference))} ${unit === "ratio" ? "pp" : "%"}`;
}

const reasons: Readonly<Record<Flag, string>> = {
  "no-denominator": "nothing to divide by",
  "not-enough-data": "not enough data",
  "not-recorded": "not recorded",
  "small-n": "few cases",
  immature: "too young",
  estimated: "estimated",
};

export const reasonsOf = (flags: readonly Flag[]): string => flags.map((flag) => reasons[flag]).join(", ");

const perUnit: Readonly<Record<Unit, (currency: string | null) => string>> = {
  ratio: () => " %",
  money: (currency) => (currency === null ? "" : ` ${currency}`),
  count: () => "",
  days: () => " days",
};

/** An interval in the unit of its value: `33.33–82.10 %`, `66.86–149.56 EUR`, `6.69–14.96`, `3–7.5 days`. */
export function intervalOf(interval: readonly [number, number] | null, unit: Unit, currency: string | null): string {
  if (interval === null) return "";
  const write = (end: number) => (unit === "money" ? money(end) : unit === "ratio" ? money(end * 100) : number(end));
  return `${write(interval[0])}${interval[0] < 0 ? " to " : "–"}${write(interval[1])}${perUnit[unit](currency)}`;
}

/** What a question fixes beside its indicator, in a line: its days, its clock, its window, its filters, its instant. */
export function circumstances({
  from,
  to,
  clock,
  window,
  where,
  asOf,
}: Pick<Question, "from" | "to" | "clock" | "window" | "where" | "asOf">): string {
  const filters = Object.entries(where ?? {}).map(([dimension, filter]) => {
    const [sign, values] = Array.isArray(filter) ? ["=", filter] : ["≠", filter.not];
    return `${dimension} ${sign} ${values.map((value) => value ?? "(none)").join(", ")}`;
  });
  return [
    `${from ?? ""} to ${to ?? ""} (exclusive)`,
    `${clock ?? "period"} clock`,
    ...(window === undefined ? [] : [`window ${window} days`]),
    ...filters,
    ...(asOf === undefined ? [] : [`as of ${asOf}`]),
  ].join(" · ");
}

/** What a question was about, in a line. */
export const headline = ({ indicator, question }: Answer): string =>
  `${indicator.id} · ${indicator.variant} · ${circumstances(question)}`;

/** The level of a question's intervals, as a heading. */
export const levelOf = ({ interval }: Question): string => `${Math.round((interval ?? 0.8) * 100)} % interval`;
