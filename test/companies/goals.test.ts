import { expect, test } from "vitest";
import { company, rows, times, type Facts } from "../company.ts";

const november = { indicator: "scoreboard", from: "2026-11-01", to: "2026-12-01" } as const;

const goal = (indicator: string, target: number, more = {}) => ({
  indicator,
  scope_kind: "company",
  period_start: "2026-11-01",
  grain: "month",
  target,
  ...more,
});

async function onGoal(facts: Facts) {
  const { api, close } = await company(facts, { now: "2026-11-15T12:00:00Z" });
  const { total } = await api.ask(november);
  close();
  return total.parts;
}

test("10 of the 21 working days have passed: of what adds up, as much of the goal is due", async () => {
  const lead = times(5, (nth) => ({ lead_id: `L${nth}`, created_at: "2026-11-02T10:00:00Z" }));
  expect(await onGoal({ lead, goal: [goal("leads", 10)] })).toEqual({ on_goal: 1, with_goal: 1 });
  expect(await onGoal({ lead, goal: [goal("leads", 11)] })).toEqual({ on_goal: 0, with_goal: 1 });
});

test("of what is held, all of the goal is due from the first day", async () => {
  const subscription_change = rows`
    customer_id  occurred_on  kind   mrr_after  currency
    C1           2026-10-01   start  600        EUR`;
  expect(await onGoal({ subscription_change, goal: [goal("mrr", 1000)] })).toEqual({ on_goal: 0, with_goal: 1 });
  expect(await onGoal({ subscription_change, goal: [goal("mrr", 600)] })).toEqual({ on_goal: 1, with_goal: 1 });
});

test("a goal in another currency is held against the number in that currency", async () => {
  const revenue = rows`
    revenue_id  customer_id  occurred_on  amount  currency
    R1          C1           2026-11-02   100     EUR`;
  const rate = rows`
    day         currency  rate
    2026-11-02  USD       0.5`;
  expect(await onGoal({ revenue, rate, goal: [goal("sales-revenue", 420, { currency: "USD" })] })).toEqual({
    on_goal: 1,
    with_goal: 1,
  });
  expect(await onGoal({ revenue, rate, goal: [goal("sales-revenue", 421, { currency: "USD" })] })).toEqual({
    on_goal: 0,
    with_goal: 1,
  });
});

test("of a cost, less is better, and without anything to divide by there is nothing to hold", async () => {
  const spend = rows`
    day         category  amount  currency
    2026-11-02  media     100     EUR`;
  const lead = times(4, (nth) => ({ lead_id: `L${nth}`, created_at: "2026-11-02T10:00:00Z", channel: "paid_search" }));
  expect(await onGoal({ spend, lead, goal: [goal("cost-per-lead", 25)] })).toEqual({ on_goal: 1, with_goal: 1 });
  expect(await onGoal({ spend, lead, goal: [goal("cost-per-lead", 24.99)] })).toEqual({ on_goal: 0, with_goal: 1 });
  expect(await onGoal({ spend, goal: [goal("cost-per-lead", 25)] })).toEqual({ on_goal: 0, with_goal: 0 });
});
