import { describe, expect, test } from "vitest";
import { calendar } from "./calendar.ts";
import { random } from "./random.ts";
import { subscribe, type Subscription } from "./subscription.ts";

const days = calendar("2026-03-15");
const numbers = random(11);
const lives = (yearly: boolean, hazard: number): Subscription[] =>
  Array.from({ length: 600 }, (_, index) => {
    numbers.restart(1, index);
    return subscribe({ day: 20 + (index % 300), monthly: 30_000, yearly, hazard }, days, numbers);
  });

const kinds = (life: Subscription) => life.changes.map((change) => change.kind);

describe("subscriptions", () => {
  test("start once, with the first invoice on the same day", () => {
    for (const life of [...lives(false, 0.03), ...lives(true, 0.03)]) {
      expect(kinds(life).filter((kind) => kind === "start")).toEqual(["start"]);
      expect(life.invoices[0]).toMatchObject({ kind: "new", day: life.changes[0]?.day, place: 1 });
      expect(life.changes.map((change) => change.day)).toEqual(
        life.changes.map((change) => change.day).sort((a, b) => a - b),
      );
    }
  });

  test("bill by the month what the last change says, and nothing while away", () => {
    for (const life of lives(false, 0.04)) {
      const at = (day: number) => life.changes.findLast((change) => change.day <= day)?.after;
      const byDay = new Map<number, number>();
      for (const { kind, day, net } of life.invoices)
        if (kind === "renewal" || kind === "expansion") byDay.set(day, (byDay.get(day) ?? 0) + net);
      for (const [day, net] of byDay) expect(net).toBe(at(day));
    }
  });

  test("refund an earlier sale, by no more than it was", () => {
    const refunds = lives(false, 0.02).flatMap((life) =>
      life.invoices
        .filter((invoice) => invoice.refundOf !== undefined)
        .map((refund) => ({ refund, sale: life.invoices.find((invoice) => invoice.place === refund.refundOf) })),
    );
    expect(refunds.length).toBeGreaterThan(10);
    for (const { refund, sale } of refunds) {
      expect(refund.day).toBeGreaterThan(sale?.day ?? Number.POSITIVE_INFINITY);
      expect(-refund.net).toBeGreaterThan(0);
      expect(-refund.net).toBeLessThanOrEqual(sale?.net ?? 0);
    }
  });

  test("leave at the hazard's pace", () => {
    const exposure = lives(false, 0.05).map((life) => life.exposure);
    const months = exposure.reduce((sum, each) => sum + each.months, 0);
    const left = exposure.reduce((sum, each) => sum + each.left, 0);
    expect(left / months).toBeGreaterThan(0.04);
    expect(left / months).toBeLessThan(0.06);
  });

  test("that are paid by the year end with a year, and offer a renewal before", () => {
    for (const life of lives(true, 0.06)) {
      for (const day of [...life.churnedOn, ...life.renewedOn])
        expect([12, 24].map((month) => days.addMonths(life.changes[0]?.day ?? 0, month))).toContain(day);
      const decided = life.deals.filter((deal) => deal.kind === "renewal" && deal.outcome !== "open");
      expect(decided.length).toBe(life.churnedOn.length + life.renewedOn.length);
    }
  });

  test("pause, resume and come back", () => {
    const seen = new Set(lives(false, 0.05).flatMap(kinds));
    expect([...seen].sort()).toEqual(["churn", "contraction", "expansion", "pause", "reactivation", "resume", "start"]);
  });
});
