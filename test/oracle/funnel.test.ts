import * as fc from "fast-check";
import { expect, test } from "vitest";
import { funnelStages, type Funnel } from "../../src/contract/funnel.ts";
import { company, type Facts } from "../company.ts";
import { companies, today, zones } from "./companies.ts";
import { peopleOf, progressOf } from "./credit.ts";
import type { CompanyFacts, Ground } from "./facts.ts";

const ground = (zone: string): Ground => ({
  zone,
  today,
  lookBackDays: 60,
  paidChannels: ["paid_search"],
  marketingCosts: ["media"],
  grossMargin: 1,
  inactivityDays: 90,
});

/** Where each lead is, one by one: customers together, as `customer`. */
function placesOf(facts: CompanyFacts, zone: string): Record<string, number> {
  const people = peopleOf(facts);
  const places: Record<string, number> = {};
  for (const each of progressOf(facts, people, ground(zone))) {
    const { lead, customerOn, opportunityAt, sqlAt, mqlAt, decision } = each;
    const deals = facts.deal.filter((deal) => deal.lead_id !== null && people.survivor(deal.lead_id) === lead.lead_id);
    const stage = customerOn ? "customer" : opportunityAt ? "opportunity" : sqlAt ? "sql" : mqlAt ? "mql" : "lead";
    const left =
      lead.disqualified_as !== null
        ? "disqualified"
        : deals.length > 0
          ? deals.every((deal) => deal.outcome !== "open") && "lost"
          : decision === "rejected" && "rejected";
    const place = customerOn === null ? `${stage} ${left || "inside"}` : stage;
    places[place] = (places[place] ?? 0) + 1;
  }
  return places;
}

function answered({ steps }: Funnel): Record<string, number> {
  const places: Record<string, number> = {};
  const add = (place: string, leads: number) => {
    if (leads > 0) places[place] = (places[place] ?? 0) + leads;
  };
  for (const { stage, inside, exits } of steps) {
    const sold = funnelStages.indexOf(stage) >= funnelStages.indexOf("customer");
    add(sold ? "customer" : `${stage} inside`, inside.leads);
    for (const { kind, leads } of exits) add(sold ? "customer" : `${stage} ${kind}`, leads);
  }
  return places;
}

test("at every stage as many come in as go on, leave or are inside, and every lead is where loops find it", async () => {
  await fc.assert(
    fc.asyncProperty(companies, zones, async (facts, zone) => {
      const one = await company({ ...facts } as unknown as Facts, {
        settings: { time_zone: zone, look_back_days: 60 },
        now: `${today}T12:00:00Z`,
      });
      try {
        const found = await one.api.funnel({ from: "2020-01-01", to: "2030-01-01", by: "country" });
        for (const [i, { reached, wentOn, out, inside }] of found.steps.entries()) {
          expect(reached).toBe(wentOn + out.leads + inside.leads);
          expect(wentOn).toBe(found.steps[i + 1]?.reached ?? 0);
        }
        expect(answered(found)).toEqual(placesOf(facts, zone));
        expect(found.sources.reduce((sum, { leads }) => sum + leads, 0)).toBe(found.steps[0]?.reached);
        for (const model of ["linear"]) {
          const { sources } = await one.api.funnel({ from: "2020-01-01", to: "2030-01-01", by: "channel", model });
          expect(sources.reduce((sum, { leads }) => sum + leads, 0)).toBeCloseTo(found.steps[0]?.reached ?? 0, 5);
        }
      } finally {
        one.close();
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 120_000);
