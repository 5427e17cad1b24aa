import type { Retention, RetentionRequest, Stock } from "../../src/contract/retention.ts";

const stock = (customers: number): Stock => ({ customers, amount: customers * 100 });

const months = Array.from({ length: 13 }, (_, i) => {
  const opening = 100 + i * 3;
  return {
    month: `${i < 2 ? 2025 : 2026}-${String(((i + 10) % 12) + 1).padStart(2, "0")}-01`,
    opening: stock(opening),
    new: stock(6),
    reactivation: stock(1),
    expansion: { customers: 5, amount: 250 },
    contraction: { customers: 2, amount: 120 },
    churn: stock(4),
    closing: { customers: opening + 3, amount: (opening + 3) * 100 + 130 },
    incomplete: i === 12,
  };
});

const survival = Array.from({ length: 19 }, (_, month) => ({
  month,
  share: 0.97 ** month,
  interval: [0.96 ** month, 0.98 ** month] as [number, number],
  atRisk: 200 - month * 8,
}));

const group = (name: string | null, churn: number, against: number): Retention["groups"][number] => ({
  name,
  customers: 40,
  customerMonths: 500,
  lost: Math.round(churn * 500),
  lostAmount: churn * 50_000,
  churn,
  against,
  interval: [against * 0.8, against * 1.3],
  certain: against > 1.5,
  survival: survival[12] ?? null,
});

/** Customers of a company who stay, but for those that social ads brought. */
export const retentionOf = (request: RetentionRequest): Retention => ({
  question: {
    ...request,
    by: request.by ?? "channel",
    from: request.from ?? "2025-11-01",
    to: request.to ?? "2026-11-24",
  },
  customersBy: "contracts",
  inactivityDays: 90,
  observedTo: "2026-11-23",
  currency: "EUR",
  year: { from: "2025-11-01", to: "2026-11-01", logo: 0.71, gross: 0.66, net: 1.04 },
  months,
  cohorts: months.map(({ month }, at) => ({
    month,
    customers: 6,
    cells: Array.from({ length: 13 - at }, (_, k) =>
      k === 12 - at ? null : stock(Math.max(1, 6 - Math.floor(k / 3))),
    ),
  })),
  survival,
  groups: [group("paid_social", 0.06, 2.4), group("email", 0.02, 0.7), group(null, 0.025, 0.9)],
  worst: "paid_social",
  lost: [
    {
      customer: "C17",
      name: "Ferretería Norte",
      group: "paid_social",
      began: "2026-01-10",
      left: "2026-10-03",
      amount: 340,
      reason: "Precio",
    },
    { customer: "C4", name: null, group: null, began: "2025-03-02", left: "2026-09-20", amount: 90, reason: null },
  ],
  reasons: [
    { reason: "Precio", customers: 21, amount: 2300 },
    { reason: null, customers: 9, amount: 700 },
  ],
  repurchase: {
    customers: 900,
    repeaters: 320,
    r: 0.24,
    alpha: 4.4,
    a: 0.79,
    b: 2.4,
    logLikelihood: -3100,
    alive: 210,
    days: 90,
    expected: 260,
    doubtful: [
      {
        customer: "C17",
        name: "Ferretería Norte",
        purchases: 12,
        last: "2026-09-02",
        amount: 2100,
        alive: 0.12,
        expected: 0.4,
      },
    ],
  },
  warnings: [],
  freshness: [],
  took_ms: 1,
});
