import * as fc from "fast-check";
import { expect, test } from "vitest";
import { scopeKinds, type Goal } from "../../contract/goal.ts";
import { addPeriods, startOf } from "../../engine/time.ts";
import { leadsIndicator } from "../../indicators/leads.ts";
import { rollUpsOf } from "./roll-up.ts";
import type { Placed } from "./placed.ts";

const [variant] = leadsIndicator.variants;
const placed = (goal: Goal): Placed => {
  if (variant === undefined) throw new Error("leads has no variant");
  return { goal, indicator: leadsIndicator, variant, currency: null };
};

const teams = new Map([
  ["a", "x"],
  ["b", "x"],
  ["c", "y"],
  ["d", null],
]);

const scope = fc.constantFrom(...scopeKinds).chain((scopeKind) =>
  fc.record({
    scopeKind: fc.constant(scopeKind),
    scope: scopeKind === "company" ? fc.constant(null) : fc.constantFrom("a", "b", "c", "d", "x", "y"),
  }),
);

const goal: fc.Arbitrary<Goal> = fc
  .record({
    scope,
    grain: fc.constantFrom("day", "week", "month", "quarter", "year"),
    day: fc.integer({ min: 0, max: 500 }),
    cents: fc.integer({ min: 0, max: 1_000_000 }),
  })
  .map(({ scope: of, grain, day, cents }) => ({
    indicator: "leads",
    variant: null,
    ...of,
    grain,
    periodStart: startOf(grain, addPeriods("day", "2026-01-01", day)),
    target: cents / 100,
    currency: null,
  }));

test("each roll-up is the sum of the goals below, counted one by one", () => {
  fc.assert(
    fc.property(fc.array(goal, { maxLength: 40 }), goal, (others, parent) => {
      const found = rollUpsOf(placed(parent), [...others, parent].map(placed), teams);
      const end = addPeriods(parent.grain, parent.periodStart, 1);
      const cents: Record<string, number> = {};
      for (const each of others) {
        const inTeam = parent.scopeKind === "team" && each.scopeKind === "rep";
        const below =
          (parent.scopeKind === "company" && each.scopeKind !== "company") ||
          (inTeam && teams.get(each.scope ?? "") === parent.scope);
        if (below && each.grain === parent.grain && each.periodStart === parent.periodStart)
          cents[each.scopeKind] = (cents[each.scopeKind] ?? 0) + Math.round(each.target * 100);
        const whole = each.grain !== "week" && addPeriods(each.grain, each.periodStart, 1) <= end;
        const shorter = each.grain !== parent.grain && each.periodStart >= parent.periodStart && whole;
        if (shorter && each.scopeKind === parent.scopeKind && each.scope === parent.scope)
          cents[each.grain] = (cents[each.grain] ?? 0) + Math.round(each.target * 100);
      }
      expect(Object.fromEntries(found.map(({ by, target }) => [by, target]))).toEqual(
        Object.fromEntries(Object.entries(cents).map(([by, sum]) => [by, sum / 100])),
      );
      for (const { target, gap } of found) expect((target ?? 0) + (gap ?? 0)).toBeCloseTo(parent.target, 6);
    }),
    { seed: 20_261_123, numRuns: 400 },
  );
});
