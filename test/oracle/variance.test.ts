import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Explanation } from "../../src/contract/explanation.ts";
import { company, type Facts } from "../company.ts";
import { companies, today } from "./companies.ts";

const z = 1.2815515655446004;

/** What each row adds to each of the parts that chance has a hand in; rows are told apart by their key. */
type Added = Map<string, Record<string, number>>;

const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** Loops over the rows that a person sees when the number is opened. */
function addedBy(found: Explanation, chance: readonly string[], key: string): Added {
  const added: Added = new Map();
  for (const part of found.parts.filter((each) => chance.includes(each.id)))
    for (const row of part.rows) {
      const name = String(row[key]);
      const own = added.get(name) ?? {};
      const { opening, closing } = row as { opening?: number; closing?: number };
      const balances: Readonly<Record<string, number>> = {
        kept: Math.min(opening ?? 0, closing ?? 0),
        retained_revenue: closing ?? 0,
        revenue_at_start: opening ?? 0,
      };
      const amount = balances[part.id] ?? row[`counted_${part.id}`];
      own[part.id] = `counted_${part.id}` in row || part.id in balances ? cents(Number(amount ?? 0)) : 1;
      added.set(name, own);
    }
  return added;
}

type Value = (parts: Readonly<Record<string, number>>) => number;

/** The variance of a value to first order, slopes by a short step: Σ over rows of (slopes × what the row adds)². */
function varianceOf(value: Value, parts: Readonly<Record<string, number>>, added: Added, chance: readonly string[]) {
  const slope = (part: string) => {
    const step = Math.max(1e-4, Math.abs(parts[part] ?? 0) * 1e-5);
    const at = (by: number) => value({ ...parts, [part]: (parts[part] ?? 0) + by });
    return (at(step) - at(-step)) / (2 * step);
  };
  const slopes = chance.map((part) => [part, slope(part)] as const);
  let sum = 0;
  for (const row of added.values()) sum += slopes.reduce((all, [part, each]) => all + each * (row[part] ?? 0), 0) ** 2;
  return sum;
}

const around = (value: number, error: number): [number, number] =>
  value > 0
    ? [value * Math.exp((-z * error) / value), value * Math.exp((z * error) / value)]
    : [value - z * error, value + z * error];

const p = (parts: Readonly<Record<string, number>>, name: string): number => parts[name] ?? 0;

interface Case {
  readonly indicator: string;
  readonly variant: string;
  readonly chance: readonly string[];
  readonly key: string;
  readonly value: Value;
  /** What the interval is found of, where it is not the value, and the value of it. */
  readonly inner?: { readonly of: string; readonly outer: Value };
}

const ratio =
  (a: string, b: string): Value =>
  (parts) =>
    p(parts, a) / p(parts, b);
const revenue = {
  chance: ["revenue"],
  key: "revenue_id",
  value: (parts: Record<string, number>) => p(parts, "revenue"),
};
const cases: readonly Case[] = [
  { ...revenue, indicator: "sales-revenue", variant: "net" },
  { ...revenue, indicator: "sales-revenue", variant: "gross" },
  {
    ...revenue,
    indicator: "marketing-roi",
    variant: "roas",
    inner: { of: "revenue", outer: ratio("revenue", "spend") },
  },
  {
    ...revenue,
    indicator: "marketing-roi",
    variant: "mer",
    inner: { of: "revenue", outer: ratio("revenue", "costs") },
  },
  {
    ...revenue,
    indicator: "marketing-roi",
    variant: "realised",
    inner: { of: "revenue", outer: (parts) => (p(parts, "revenue") * 0.6 - p(parts, "costs")) / p(parts, "costs") },
  },
  {
    indicator: "average-deal-value",
    variant: "won",
    chance: ["won_value", "won"],
    key: "deal_id",
    value: ratio("won_value", "won"),
  },
  {
    indicator: "opportunities-created",
    variant: "value",
    chance: ["created_value"],
    key: "deal_id",
    value: (parts) => p(parts, "created_value"),
  },
  {
    indicator: "customer-retention",
    variant: "net-revenue",
    chance: ["retained_revenue", "revenue_at_start"],
    key: "customer_id",
    value: ratio("retained_revenue", "revenue_at_start"),
  },
];

const shares = [
  { indicator: "win-ratio", variant: "closed-value", chance: ["won_value", "closed_value"], key: "deal_id" },
  { indicator: "win-ratio", variant: "created-value", chance: ["won_value", "created_value"], key: "deal_id" },
  {
    indicator: "customer-retention",
    variant: "gross-revenue",
    chance: ["kept", "revenue_at_start"],
    key: "customer_id",
  },
] as const;

function near(what: string, found: readonly [number, number] | null, wanted: readonly [number, number]): void {
  const close = (a: number, b: number) => Math.abs(a - b) <= 2e-3 * Math.max(1, Math.abs(b));
  if (found === null || !close(found[0], wanted[0]) || !close(found[1], wanted[1]))
    throw new Error(`${what}: answered ${JSON.stringify(found)}, counted ${JSON.stringify(wanted)}`);
}

function expected(one: Case, parts: Readonly<Record<string, number>>, added: Added): [number, number] | null {
  const value = one.value(parts);
  const variance = varianceOf(one.value, parts, added, one.chance);
  if (variance < 1e-9 || Math.sqrt(variance) > 3 * Math.abs(value)) return null;
  const ends = around(value, Math.sqrt(variance));
  const { inner } = one;
  if (inner === undefined) return ends;
  return [inner.outer({ ...parts, [inner.of]: ends[0] }), inner.outer({ ...parts, [inner.of]: ends[1] })];
}

function expectedShare(added: Added, [part, whole]: readonly [string, string]): [number, number] | null {
  let [y, x, squares, sizes] = [0, 0, 0, 0];
  for (const row of added.values()) [y, x] = [y + p(row, part), x + p(row, whole)];
  if (x <= 0 || y < 0 || y > x) return null;
  const share = y / x;
  for (const row of added.values()) {
    squares += (p(row, part) - share * p(row, whole)) ** 2;
    sizes += p(row, whole) ** 2;
  }
  const spread = share * (1 - share);
  const n = spread > 0 ? 2 / (squares / (x * x * spread) + sizes / (x * x)) : (x * x) / sizes;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt(spread / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return [centre - half, centre + half];
}

test(
  "intervals of amounts rest on the squares and products that loops over the opened rows give",
  { timeout: 120_000 },
  async () => {
    let checked = 0;
    const property = fc.asyncProperty(companies, async (facts) => {
      const basis = facts.revenue.length > 0 ? "cash" : "bookings";
      const one = await company(facts as unknown as Facts, {
        settings: { gross_margin: 0.6, revenue: basis },
        now: `${today}T12:00:00Z`,
      });
      for (const each of [...cases, ...shares]) {
        const { indicator, variant, chance } = each;
        const key = each.key === "revenue_id" && basis === "bookings" ? "deal_id" : each.key;
        const question = { indicator, variant, from: "2026-01-01", to: "2026-06-01" };
        const found = await one.api.explain({ question, limit: 10_000 });
        if (found.cell.value === null) continue;
        const parts = Object.fromEntries(Object.entries(found.cell.parts).map(([name, part]) => [name, part ?? 0]));
        const added = addedBy(found, chance, key);
        const wanted = "value" in each ? expected(each, parts, added) : expectedShare(added, each.chance);
        if (wanted === null) continue;
        near(`${indicator} ${variant}`, found.cell.interval, wanted);
        checked += 1;
      }
      one.close();
    });
    await fc.assert(property, { seed: Number(process.env["ORACLE_SEED"] ?? 3), numRuns: 8, endOnFailure: true });
    expect(checked).toBeGreaterThan(50);
  },
);
