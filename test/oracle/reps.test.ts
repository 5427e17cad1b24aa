import * as fc from "fast-check";
import { expect, test } from "vitest";
import { company, type Facts } from "../company.ts";
import { companies, today, zones } from "./companies.ts";
import { dayOf, daysFrom } from "./days.ts";
import type { CompanyFacts } from "./facts.ts";

const range = { from: "2026-01-01", to: "2026-07-01" };
const window = 40;

/** What each rep's deals came to, one by one. */
function counted({ deal }: CompanyFacts, zone: string, observedTo: string) {
  const reps: Record<string, { opened: number; deals: number; closed: number; won: number }> = {};
  const add = (rep: string | null, what: "opened" | "deals" | "closed" | "won") => {
    if (rep === null) return;
    const own = (reps[rep] ??= { opened: 0, deals: 0, closed: 0, won: 0 });
    own[what] += 1;
  };
  for (const { rep, outcome, created_at: createdAt, closed_at: closedAt } of deal) {
    const created = dayOf(createdAt, zone);
    if (created < range.from || created >= range.to || created > observedTo) continue;
    add(rep, "opened");
    add(rep, "deals");
    if (outcome !== "open") add(rep, "closed");
    const took = closedAt === null ? Infinity : Math.max(0, daysFrom(created, dayOf(closedAt, zone)));
    if (outcome === "won" && took <= Math.min(window, daysFrom(created, observedTo))) add(rep, "won");
  }
  return reps;
}

test("every rep's deals are those that loops find, as many wins are expected as there were, and leads pass as on the funnel", async () => {
  await fc.assert(
    fc.asyncProperty(companies, zones, async (facts, zone) => {
      // Each deal has an owner, so that all that is expected is expected of somebody.
      const deal = facts.deal.map((each) => ({ ...each, rep: each.rep ?? "Ana" }));
      const one = await company({ ...facts, deal } as unknown as Facts, {
        settings: { time_zone: zone, look_back_days: 60 },
        now: `${today}T12:00:00Z`,
      });
      try {
        const found = await one.api.reps({ ...range, window });
        const those = found.reps.filter(({ deals, opened }) => deals + opened > 0);
        const told = those.map(({ rep, opened, deals, closed, won }) => [rep, { opened, deals, closed, won }]);
        expect(Object.fromEntries(told)).toEqual(counted({ ...facts, deal }, zone, found.observedTo));
        const sum = (of: "won" | "expected") => found.reps.reduce((all, each) => all + each[of], 0);
        if ((found.usual.close ?? 0) > 0) expect(sum("expected")).toBeCloseTo(sum("won"), 5);
        for (const { rep, steps } of those) {
          const { steps: path } = await one.api.funnel({ ...range, where: { rep: [rep] } });
          const same = path.slice(0, 3).map(({ held }) => ({ passed: held?.cohort.passed, of: held?.cohort.of }));
          expect(steps.slice(0, 3).map(({ passed, of }) => ({ passed, of }))).toEqual(same);
        }
        const { reps: shared } = await one.api.reps({ ...range, window, model: "linear" });
        expect(shared.reduce((all, { deals }) => all + deals, 0)).toBeCloseTo(
          deal.filter((each) => dayOf(each.created_at, zone) <= found.observedTo).length,
          4,
        );
      } finally {
        one.close();
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 120_000);
