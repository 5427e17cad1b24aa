import { describe, expect, test } from "vitest";
import { company, rows, values, type FactRow } from "../company.ts";

const may = { indicator: "leads", by: ["channel"], from: "2026-05-01", to: "2026-06-01" };

const lead = rows`
  lead_id  created_at            person_id  channel
  L1       2026-05-10T10:00:00Z  P1         partner`;
const touch = rows`
  touch_id  occurred_at           kind        person_id  channel
  T1        2026-04-01T10:00:00Z  click       P1         display
  T2        2026-05-01T10:00:00Z  click       P1         paid_search
  T3        2026-05-05T10:00:00Z  impression  P1         video
  T4        2026-05-09T10:00:00Z  visit       P1         direct`;

const rounded = (found: Record<string, number | null>) =>
  Object.fromEntries(
    Object.entries(found)
      .filter(([, value]) => value !== 0)
      .map(([key, value]) => [key, value && Math.round(value * 1e6) / 1e6]),
  );

describe("which touches earn credit can be asked", () => {
  test("fewer days, what was only seen, and direct that yields", async () => {
    const one = await company({ lead, touch });
    const by = async (more: object) => rounded(values(await one.api.ask({ ...may, ...more })));
    expect(await by({ model: "linear" })).toEqual({ display: 0.333333, paid_search: 0.333333, direct: 0.333333 });
    expect(await by({ model: "linear", lookBack: 30 })).toEqual({ paid_search: 0.5, direct: 0.5 });
    expect(await by({ model: "linear", lookBack: 30, views: true })).toEqual({
      paid_search: 0.333333,
      video: 0.333333,
      direct: 0.333333,
    });
    expect(await by({ model: "linear", direct: "yields" })).toEqual({ display: 0.5, paid_search: 0.5 });
    expect(await by({ model: "last", direct: "yields", lookBack: 30 })).toEqual({ paid_search: 1 });
    expect(await by({ model: "first", views: true, lookBack: 6 })).toEqual({ video: 1 });
    expect(await by({ model: "first", lookBack: 1 })).toEqual({ partner: 1 });
    expect(await by({ model: "last", direct: "yields", lookBack: 2 })).toEqual({ direct: 1 });
    expect(await by({ model: "position", views: true })).toEqual({
      display: 0.4,
      paid_search: 0.1,
      video: 0.1,
      direct: 0.4,
    });
    one.close();
  });

  test("a longer look-back than journeys are kept for is refused", async () => {
    const one = await company({ lead, touch });
    await expect(one.api.ask({ ...may, lookBack: 91 })).rejects.toThrow(/kept for 90 days/);
    one.close();
  });

  test("as of a day before, journeys are those known then", async () => {
    const one = await company({ lead, touch: touch.slice(1) }, { now: "2026-05-11T12:00:00Z" });
    one.at("2026-05-12T12:00:00Z");
    await one.load({ touch }, { now: "2026-05-12T12:00:00Z" });
    const asked = { ...may, model: "linear", lookBack: 60 };
    expect(rounded(values(await one.api.ask({ ...asked, asOf: "2026-05-11T13:00:00Z" })))).toEqual({
      paid_search: 0.5,
      direct: 0.5,
    });
    expect(rounded(values(await one.api.ask(asked)))).toEqual({
      display: 0.333333,
      paid_search: 0.333333,
      direct: 0.333333,
    });
    one.close();
  });
});

/** People who went a way through channels, a touch a day; those that became leads did so a day later. */
function people(ways: readonly { way: readonly string[]; converted: boolean }[]): {
  lead: FactRow[];
  touch: FactRow[];
} {
  const day = (n: number) => new Date(Date.UTC(2026, 4, n, 10)).toISOString();
  return {
    lead: ways.flatMap(({ way, converted }, i) =>
      converted ? [{ lead_id: `L${i}`, person_id: `P${i}`, created_at: day(way.length + 1) }] : [],
    ),
    touch: ways.flatMap(({ way }, i) =>
      way.map((channel, k) => ({
        touch_id: `T${i}-${k}`,
        occurred_at: day(k + 1),
        kind: "click",
        person_id: `P${i}`,
        channel,
      })),
    ),
  };
}

describe("Markov", () => {
  test("one lead by c1, c2 and c3, one who left after c1 and one after c2 and c3: .2, .4 and .4", async () => {
    const one = await company(
      people([
        { way: ["c1", "c2", "c3"], converted: true },
        { way: ["c1"], converted: false },
        { way: ["c2", "c3"], converted: false },
      ]),
    );
    const answer = await one.api.ask({ ...may, model: "markov" });
    expect(rounded(values(answer))).toEqual({ c1: 0.2, c2: 0.4, c3: 0.4 });
    expect(answer.total.value).toBe(1);
    one.close();
  });

  test("who left counts by visitor too, and credit goes beyond the journey where totals ask for it", async () => {
    const { lead: leads, touch: touches } = people([
      { way: ["a"], converted: true },
      { way: ["a"], converted: true },
      { way: ["b", "a"], converted: true },
      { way: ["a", "b"], converted: false },
    ]);
    const visits = touches.map((each) =>
      each["person_id"] === "P3" ? { ...each, person_id: null, visitor: "V" } : { ...each, visitor: null },
    );
    const one = await company({ lead: leads, touch: visits });
    const found = rounded(values(await one.api.ask({ ...may, model: "markov" })));
    // Without b, a leads on 3 times of 4: P = 3/4 × 3/4; P = 3/4 with both; without a nobody comes. Effects: b 1/4, a 1.
    expect(found).toEqual({ a: 2.4, b: 0.6 });
    one.close();
  });

  test.each(["markov_2", "markov_3"] as const)("%s sums to the outcomes, by day too", async (model) => {
    const one = await company(
      people([
        { way: ["a", "b", "c"], converted: true },
        { way: ["b", "a"], converted: true },
        { way: ["c", "a", "c"], converted: true },
        { way: ["c"], converted: false },
      ]),
      { checked: true },
    );
    const whole = await one.api.ask({ ...may, model });
    expect(whole.rows.reduce((sum, row) => sum + (row.value ?? 0), 0)).toBeCloseTo(3, 9);
    const daily = await one.api.ask({ ...may, grain: "day", model });
    const sums: Record<string, number> = {};
    for (const { key, value } of daily.rows)
      sums[String(key["channel"])] = (sums[String(key["channel"])] ?? 0) + (value ?? 0);
    expect(rounded(sums)).toEqual(rounded(values(whole)));
    one.close();
  });
});
