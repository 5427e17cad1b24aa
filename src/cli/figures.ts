import type { Answer, Flag, Unit } from "../contract/answer.ts";

const plain = new Intl.NumberFormat("en-US", { minimumFractionDigits: 0, maximumFractionDigits: 2 });
const exact = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A value as a person reads it in a terminal: `63.15 %`, `1,234.50 EUR`, `8,800`, `57 days`. */
export function figure(value: number | null, unit: Unit, currency: string | null): string {
  if (value === null) return "—";
  switch (unit) {
    case "ratio":
      return `${exact.format(value * 100)} %`;
    case "money":
      return `${exact.format(value)}${currency === null ? "" : ` ${currency}`}`;
    case "count":
      return plain.format(value);
    case "days":
      return `${plain.format(value)} days`;
  }
}

/** The change against another value: in points for shares, in percent for the rest. */
export function change(value: number | null, before: number | null, unit: Unit): string {
  if (value === null || before === null) return "";
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

/** An interval in the unit of its value: `33–82 %`, `66.86–149.56 EUR`, `6.69–14.96`, `3–7.5 days`. */
export function intervalOf(interval: readonly [number, number] | null, unit: Unit, currency: string | null): string {
  if (interval === null) return "";
  const write = (end: number) =>
    unit === "money" ? exact.format(end) : plain.format(unit === "ratio" ? end * 100 : end);
  return `${write(interval[0])}${interval[0] < 0 ? " to " : "–"}${write(interval[1])}${perUnit[unit](currency)}`;
}

/** What a question was about, in a line. */
export function headline({ indicator, question }: Answer): string {
  const range = `${question.from ?? ""} to ${question.to ?? ""} (exclusive)`;
  return `${indicator.id} · ${indicator.variant} · ${range} · ${question.clock ?? "period"} clock`;
}
