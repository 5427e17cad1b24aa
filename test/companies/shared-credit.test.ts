import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { raw } from "../../src/engine/sql.ts";
import { models, type ModelId } from "../../src/methods/attribution/index.ts";
import { sharesOf } from "../../src/methods/attribution/shares.ts";
import { company, rows, values, type Company, type FactRow } from "../company.ts";

const may = { from: "2026-05-01", to: "2026-06-01" };

/** Two leads of three touches each, of which the first won a deal of 10,000, and one without touches. */
const twoWays = {
  lead: rows`
    lead_id  created_at            person_id  channel
    L1       2026-05-10T10:00:00Z  P1         -
    L2       2026-05-11T10:00:00Z  P2         -
    L3       2026-05-11T10:00:00Z  -          partner`,
  touch: rows`
    touch_id  occurred_at           kind   person_id  channel
    T1        2026-05-01T10:00:00Z  click  P1         paid_search
    T2        2026-05-05T10:00:00Z  visit  P1         email
    T3        2026-05-09T10:00:00Z  visit  P1         direct
    T4        2026-05-02T10:00:00Z  click  P2         paid_search
    T5        2026-05-06T10:00:00Z  visit  P2         paid_search
    T6        2026-05-10T10:00:00Z  visit  P2         email`,
  deal: rows`
    deal_id  created_at            outcome  closed_at             lead_id  amount  currency
    D1       2026-05-10T11:00:00Z  won      2026-05-20T10:00:00Z  L1       10000   EUR`,
  spend: rows`
    day         category  amount  currency  channel
    2026-05-01  media     100     EUR       paid_search`,
};

const rounded = (found: Record<string, number | null>) =>
  Object.fromEntries(Object.entries(found).map(([key, value]) => [key, value && Math.round(value * 1e6) / 1e6]));

async function by(one: Company, model: ModelId, question: object = { indicator: "leads" }) {
  const answer = await one.api.ask({ indicator: "leads", by: ["channel"], model, ...may, ...question });
  return { ...rounded(values(answer)), total: answer.total.value };
}

test("leads by channel, by hand, under each model that shares", async () => {
  const one = await company(twoWays, { checked: true });
  expect(await by(one, "linear")).toEqual({ paid_search: 1, partner: 1, email: 0.666667, direct: 0.333333, total: 3 });
  expect(await by(one, "position")).toEqual({ partner: 1, paid_search: 1, email: 0.6, direct: 0.4, total: 3 });
  expect(await by(one, "shapley")).toEqual({
    partner: 1,
    paid_search: 0.833333,
    email: 0.833333,
    direct: 0.333333,
    total: 3,
  });
  expect(await by(one, "w")).toEqual({ partner: 1, paid_search: 1, email: 0.571429, direct: 0.428571, total: 3 });
  one.close();
});

test("what costs nothing stays visible: cost per lead over shares of leads", async () => {
  const one = await company(twoWays);
  const answer = await one.api.ask({
    indicator: "cost-per-lead",
    variant: "blended",
    by: ["channel"],
    model: "linear",
    ...may,
  });
  expect(rounded(values(answer))).toEqual({ paid_search: 100, partner: 0, email: 0, direct: 0 });
  one.close();
});

test("money is shared to the cent, and comes back to its sum", async () => {
  const one = await company(twoWays);
  const answer = await one.api.ask({ indicator: "sales-revenue", by: ["channel"], model: "linear", ...may });
  expect(rounded(values(answer))).toEqual({ paid_search: 3333.333333, email: 3333.333333, direct: 3333.333333 });
  expect(answer.total.value).toBe(10_000);
  one.close();
});

test("the rows behind a share say what they count for", async () => {
  const one = await company(twoWays);
  const { parts } = await one.api.explain({
    question: { indicator: "leads", by: ["channel"], model: "linear", ...may },
    key: { channel: "email" },
  });
  expect(parts[0]?.rows.map((row) => [row["lead_id"], row["share"]])).toEqual([
    ["L1", 0.333333333333],
    ["L2", 0.333333333334],
  ]);
  one.close();
});

test("a median is not taken of shares", async () => {
  const one = await company(twoWays);
  const question = { indicator: "sales-cycle-days", by: ["channel"], ...may };
  await expect(one.api.ask({ ...question, model: "linear" })).rejects.toThrow(/median/);
  expect(values(await one.api.ask({ ...question, model: "first" }))).toEqual({ paid_search: 10 });
  one.close();
});

const channels = ["email", "direct", "paid_search", "referral"];
const day = 86_400_000;
const noon = Date.parse("2026-05-30T12:00:00Z");
const someTouch = fc.record({ at: fc.integer({ min: 1, max: 60 * 24 }), channel: fc.constantFrom(...channels) });
const someLead = fc.record({
  touches: fc.array(someTouch, { maxLength: 9 }),
  dealAfter: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
});
type SomeLead = typeof someLead extends fc.Arbitrary<infer T> ? T : never;

const iso = (time: number) => new Date(time).toISOString();
const touchesOf = ({ touches }: SomeLead, i: number): FactRow[] =>
  touches.map(({ at, channel }, k) => ({
    touch_id: `T${i}-${k}`,
    occurred_at: iso(noon - at * 3_600_000),
    kind: "visit",
    person_id: `P${i}`,
    channel,
  }));

/** The plain meaning: the journey of a lead, then of its deal, and what each touch earns. */
function expected(leads: readonly SomeLead[], model: (typeof models)[number], one: Company): Record<string, number> {
  const found: Record<string, number> = {};
  leads.forEach((lead, i) => {
    const touches = touchesOf(lead, i).toSorted((a, b) => {
      const order = Date.parse(String(a["occurred_at"])) - Date.parse(String(b["occurred_at"]));
      return order === 0 ? (String(a["touch_id"]) < String(b["touch_id"]) ? -1 : 1) : order;
    });
    const outcomes = [["lead", `L${i}`, noon]].concat(
      lead.dealAfter === undefined ? [] : [["deal", `D${i}`, noon + lead.dealAfter * day]],
    );
    for (const [outcome, id, reached] of outcomes) {
      const steps = touches
        .filter((each) => Date.parse(String(each["occurred_at"])) > Number(reached) - 30 * day)
        .map((each) => ({ at: Date.parse(String(each["occurred_at"])), channel: String(each["channel"]) }));
      const opportunity = outcome === "deal" || lead.dealAfter === 0 ? steps.length : undefined;
      const journey = { steps, lead: steps.length, opportunity };
      found[`${outcome} ${id} 0`] = steps.length === 0 ? 1 : 0;
      if (steps.length > 0)
        sharesOf(model.weigh(journey, one.rules)).forEach(
          (share, k) => (found[`${outcome} ${id} ${k + 1}`] = share / 1e12),
        );
    }
  });
  return found;
}

describe("SQL gives what the plain rules give", () => {
  test("for any journeys, under every model", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someLead, { minLength: 1, maxLength: 6 }), async (leads) => {
        const one = await company(
          {
            lead: leads.map((_, i) => ({ lead_id: `L${i}`, created_at: iso(noon), person_id: `P${i}` })),
            touch: leads.flatMap(touchesOf),
            deal: leads.flatMap(({ dealAfter }, i) =>
              dealAfter === undefined
                ? []
                : [{ deal_id: `D${i}`, lead_id: `L${i}`, outcome: "open", created_at: iso(noon + dealAfter * day) }],
            ),
          },
          {
            settings: {
              look_back_days: 30,
              custom_weights: { first: 10, lead: 30, opportunity: 5, last: 7, other: 3 },
            },
          },
        );
        const credit = await one.database.use((connection) =>
          connection.rows(raw("SELECT * FROM credit WHERE known_to IS NULL AND outcome IN ('lead', 'deal')")),
        );
        for (const model of models) {
          const found = Object.fromEntries(
            credit.map((row) => [`${row["outcome"]} ${row["outcome_id"]} ${row["step"]}`, Number(row[model.id])]),
          );
          expect({ model: model.id, found }).toEqual({ model: model.id, found: expected(leads, model, one) });
        }
        one.close();
      }),
      { numRuns: 12 },
    );
  });
});
