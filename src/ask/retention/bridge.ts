import { movements, type BridgeMonth, type Stock } from "../../contract/retention.ts";
import type { Tuple } from "../../engine/database.ts";
import { addDays, addMonths, startOf, type Day, type Range } from "../../engine/time.ts";

/** Amounts and parts of customers, free of what sums of floating-point numbers leave behind. */
export const settled = (value: unknown): number => Math.round(Number(value ?? 0) * 1e9) / 1e9;

const plus = (one: Stock, tuples: readonly Tuple[], customers: string, amount: string): Stock => ({
  customers: settled(tuples.reduce((sum, each) => sum + Number(each[customers] ?? 0), one.customers)),
  amount: settled(tuples.reduce((sum, each) => sum + Number(each[amount] ?? 0), one.amount)),
});

export const nothing: Stock = { customers: 0, amount: 0 };

/** Whether a month is over by a day. */
export const isOver = (month: Day, until: Day): boolean => addMonths(month, 1) <= addDays(until, 1);

/** The calendar months that a range touches. */
export const monthsOf = ({ from, to }: Range): Day[] => {
  const months: Day[] = [];
  for (let month = startOf("month", from); month < to; month = addMonths(month, 1)) months.push(month);
  return months;
};

/** The months of a range, each with what was there before, what moved, and what is there after. */
export function bridgeOf(tuples: readonly Tuple[], range: Range, until: Day): BridgeMonth[] {
  const byMonth = Map.groupBy(tuples, (tuple) => String(tuple["month"]));
  const months = monthsOf(range);
  const before = [...byMonth].filter(([month]) => month < (months[0] ?? "")).flatMap(([, rows]) => rows);
  let opening = plus(nothing, before, "more", "delta");
  return months.map((month) => {
    const rows = byMonth.get(month) ?? [];
    const closing = plus(opening, rows, "more", "delta");
    const moved = movements.map((each) => {
      const own = rows.filter(({ movement }) => movement === each);
      return [each, plus(nothing, own, "customers", "amount")] as const;
    });
    const found = Object.fromEntries(moved) as Record<(typeof movements)[number], Stock>;
    const told = { month, opening, ...found, closing, incomplete: !isOver(month, until) };
    opening = closing;
    return told;
  });
}
