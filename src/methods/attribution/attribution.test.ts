import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { custom } from "./custom.ts";
import { models } from "./index.ts";
import { linear } from "./linear.ts";
import type { Journey, ModelRules } from "./model.ts";
import { position } from "./position.ts";
import { sharesOf } from "./shares.ts";
import { timeDecay } from "./time-decay.ts";
import { w } from "./w.ts";

const day = 86_400_000;
const rules: ModelRules = { halfLifeDays: 7, custom: { first: 40, lead: 0, opportunity: 0, last: 40, other: 20 } };
const journey = (channels: readonly string[], more: Partial<Journey> = {}): Journey => ({
  steps: channels.map((channel, i) => ({ at: i * day, channel })),
  ...more,
});
const divided = (model: (typeof models)[number], of: Journey): number[] =>
  sharesOf(model.weigh(of, rules)).map((share) => Math.round(share / 1e3) / 1e9);

/** What a way to 10,000 gives each channel. */
function worth(model: (typeof models)[number], channels: readonly string[]): Record<string, number> {
  const shares = divided(model, journey(channels));
  const sums: Record<string, number> = {};
  channels.forEach((channel, i) => (sums[channel] = (sums[channel] ?? 0) + Math.round((shares[i] ?? 0) * 10_000)));
  return sums;
}

test("10,000 by way of Google, Facebook, Google and a call", () => {
  const way = ["Google", "Facebook", "Google", "SDR"];
  expect(worth(linear, way)).toEqual({ Google: 5000, Facebook: 2500, SDR: 2500 });
  expect(worth(position, way)).toEqual({ Google: 5000, SDR: 4000, Facebook: 1000 });
});

test("time decay: 1, .5, .25, .125 at 0, 7, 14 and 21 days become shares (T7)", () => {
  const steps = [21, 14, 7, 0].map((daysBefore) => ({ at: -daysBefore * day, channel: "email" }));
  expect(divided(timeDecay, { steps })).toEqual([0.066666667, 0.133333333, 0.266666667, 0.533333333]);
});

test("time decay weighs what is very old nothing, and never all of it", () => {
  const steps = [4000, 0].map((daysBefore) => ({ at: -daysBefore * day, channel: "email" }));
  expect(divided(timeDecay, { steps })).toEqual([0, 1]);
});

describe("roles (T8)", () => {
  const of = (n: number, more: Partial<Journey> = {}) =>
    journey(
      Array.from({ length: n }, (_, i) => `c${i}`),
      more,
    );

  test("one touch takes all, two share equally, whatever the roles", () => {
    for (const model of [position, w, custom]) {
      expect(divided(model, of(1, { lead: 1 }))).toEqual([1]);
      expect(divided(model, of(2, { lead: 1, opportunity: 1 }))).toEqual([0.5, 0.5]);
    }
  });

  test("position: the middle shares a fifth", () => {
    expect(divided(position, of(5))).toEqual([0.4, 0.066666667, 0.066666667, 0.066666667, 0.4]);
  });

  test("w: first, before the lead and before the opportunity; the others share a tenth", () => {
    expect(divided(w, of(5, { lead: 3, opportunity: 5 }))).toEqual([0.3, 0.05, 0.3, 0.05, 0.3]);
  });

  test("w: without an opportunity the rest is brought to 100 %", () => {
    expect(divided(w, of(3, { lead: 3 }))).toEqual([0.428571429, 0.142857143, 0.428571429]);
  });

  test("w: a touch that is the first and the one before the lead counts once", () => {
    expect(divided(w, of(3, { lead: 1, opportunity: 3 }))).toEqual([0.428571429, 0.142857143, 0.428571429]);
  });

  test("custom: a role that nobody plays leaves all to the others", () => {
    const onlyLead = { ...rules, custom: { first: 0, lead: 50, opportunity: 0, last: 0, other: 1 } };
    expect(sharesOf(custom.weigh(of(4), onlyLead))).toEqual([2.5e11, 2.5e11, 2.5e11, 2.5e11]);
    expect(sharesOf(custom.weigh(of(3, { lead: 2 }), onlyLead))).toEqual([
      9_803_921_568, 980_392_156_863, 9_803_921_569,
    ]);
  });
});

test("the shares of any journey come to exactly one under every model (T6)", () => {
  const step = fc.record({
    at: fc.integer({ min: 0, max: 300 * day }),
    channel: fc.constantFrom("a", "b", "direct", null),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), fc.nat(40), fc.nat(40), (steps, lead, opportunity) => {
      const sorted = steps.toSorted((a, b) => a.at - b.at);
      const at = (position: number) => (position === 0 ? undefined : Math.min(position, steps.length));
      const of = { steps: sorted, lead: at(lead), opportunity: at(opportunity) };
      for (const model of models) {
        const shares = sharesOf(model.weigh(of, rules));
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(1_000_000_000_000);
        expect(shares.every((share) => share >= 0)).toBe(true);
        if (model.single) expect(shares.filter((share) => share > 0)).toEqual([1_000_000_000_000]);
      }
    }),
  );
});
