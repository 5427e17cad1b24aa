import type { Revenue, RevenuePeriod, RevenueRequest, RevenueScope } from "../../src/contract/revenue.ts";

const goal = 90_000;

/** What would come in of a month: a thousand more each. */
const monthly = (at: number): number => 60_000 + 1000 * at;

const monthOf = (at: number): string => new Date(Date.UTC(2025, 10 + at, 1)).toISOString().slice(0, 10);

function periodOf(grain: RevenuePeriod["grain"], from: string, mid: number, more: number): RevenuePeriod {
  const method = "pipeline";
  const past = { trials: 12, months: 1 };
  return {
    grain,
    from,
    to: "2026-12-01",
    soFar: mid / 2,
    method,
    projection: { low: mid * 0.9, mid, high: mid * 1.2 },
    past: [
      { method, error: mid / 10, share: 0.1, ...past },
      { method: "naive", error: mid / 5, share: 0.2, ...past },
    ],
    expected: { open: mid / 5, rest: mid / 4 },
    goal: { target: goal, summed: 0, probability: 0.54 },
    changed: more === 1 ? null : { low: mid * 0.9, mid: mid * more, high: mid * 1.3, probability: 0.7 },
  };
}

function scopeOf(kind: RevenueScope["kind"], name: string | null, size: number, more: number): RevenueScope {
  return {
    kind,
    name,
    periods: [
      periodOf("month", "2026-11-01", 80_000 * size, more),
      periodOf("quarter", "2026-10-01", 200_000 * size, more),
      periodOf("year", "2026-01-01", 900_000 * size, more),
    ],
    reason: null,
  };
}

/** A forecast of the fake company. */
export function revenueOf(request: RevenueRequest): Revenue {
  const more = request.winRate ?? 1;
  const none = scopeOf("rep", "Pablo", 0.1, 1);
  const months = Array.from({ length: 18 }, (_, at) => ({
    month: monthOf(at),
    value: at > 12 ? null : monthly(at) / (at === 12 ? 2 : 1),
    projection: at < 12 ? null : { low: monthly(at) * 0.8, mid: monthly(at), high: monthly(at) * 1.2 },
    goal: at % 2 === 0 ? goal : null,
    yearBefore: at > 11 ? monthly(at - 12) : null,
    rolling: at === 11 ? 786_000 : null,
    adjusted: at < 12 ? monthly(at) : null,
  }));
  return {
    question: request,
    observedTo: "2026-11-22",
    currency: "USD",
    basis: "billings",
    known: 12,
    months,
    fan: "theta",
    change: {
      from: "2026-01-01",
      to: "2026-11-23",
      compared: { from: "2025-01-01", to: "2025-11-23" },
      before: 600_000,
      after: 700_000,
      volume: 60_000,
      mix: -10_000,
      price: 45_000,
      currency: 5000,
      products: [
        {
          product: "CRM",
          before: 600_000,
          after: 700_000,
          volume: 60_000,
          mix: -10_000,
          price: 45_000,
          currency: 5000,
        },
      ],
    },
    scopes: [
      scopeOf("company", null, 1, more),
      scopeOf("team", "Norte", 0.6, more),
      scopeOf("rep", "Elena", 0.5, more),
      {
        ...none,
        reason: "too-few-sales",
        periods: none.periods.map((each) => ({ ...each, method: null, projection: null, past: [], goal: null })),
      },
    ],
    open: { deals: 2, amount: 30_000, expected: 9000 },
    deals: [
      {
        deal: "D1",
        rep: "Elena",
        stage: "Propuesta",
        age: 12,
        product: null,
        amount: 20_000,
        chances: [0.1, 0.4, 0.4],
        expected: 8000,
      },
      {
        deal: "D2",
        rep: null,
        stage: null,
        age: 3,
        product: null,
        amount: 10_000,
        chances: [0, 0.1, 0.1],
        expected: 1000,
      },
    ],
    sealed: {
      sealed: 3,
      altered: 3,
      last: "2026-10-31T10:00:00Z",
      waiting: 6,
      scores: [
        {
          kind: "company",
          name: null,
          grain: "month",
          forecasts: 6,
          within: 5,
          error: 0.074,
          bias: 0.02,
          pinball: 0.03,
        },
      ],
      scored: [],
    },
    warnings: [],
    freshness: [],
    took_ms: 1,
  };
}
