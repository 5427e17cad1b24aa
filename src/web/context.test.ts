import { describe, expect, test } from "vitest";
import type { IndicatorEntry } from "../contract/catalogue.ts";
import type { Goal } from "../contract/goal.ts";
import { parseAddress, type Values } from "./address.ts";
import { baseQuestion, contextOf, goalsOf, type Context } from "./context.ts";

const variant = (id: string) => ({
  id,
  title: id,
  unit: "count" as const,
  formula: "",
  parts: [],
  accumulates: true,
  by: [],
  clocks: [],
});
const entry: IndicatorEntry = {
  id: "leads",
  title: "",
  description: "",
  better: "higher",
  version: 1,
  own: false,
  owner: null,
  effective: null,
  history: [],
  titles: {},
  descriptions: {},
  nine: null,
  grains: [],
  variants: [variant("all"), variant("viable")],
};

const goal = (changes: Partial<Goal>): Goal => ({
  indicator: "leads",
  variant: null,
  scopeKind: "company",
  scope: null,
  periodStart: "2026-11-01",
  grain: "month",
  target: 100,
  currency: null,
  ...changes,
});

const goals = [
  goal({}),
  goal({ scopeKind: "channel", scope: "email", target: 10 }),
  goal({ variant: "viable", target: 80 }),
  goal({ grain: "quarter", target: 300 }),
];

const only = (...values: (string | null)[]): Values => ({ not: false, values });
const targetOf = (where: Record<string, Values>, id = "all") =>
  goalsOf(goals, where, entry, id, "month").get("2026-11-01");

describe("the goal that a number is compared with", () => {
  test("is the company's where nothing is filtered", () => {
    expect(targetOf({})).toBe(100);
    expect(targetOf({}, "viable")).toBe(80);
  });

  test("is that of the one value that the page is filtered to", () => {
    expect(targetOf({ channel: only("email") })).toBe(10);
  });

  test.each([
    { channel: only("display") },
    { channel: only("email", "display") },
    { channel: only(null) },
    { channel: { not: true, values: ["email"] } },
    { channel: only("email"), rep: only("Ana") },
    { country: only("MX") },
  ] as Record<string, Values>[])("is none for %j, so that a part is never held against the whole", (where) => {
    expect(targetOf(where)).toBeUndefined();
  });
});

describe("the definition of an address", () => {
  const contextAt = (path: string, search: string) => {
    const { address } = parseAddress(path, new URLSearchParams(search), [], "2026-11-23");
    const catalogue = { workspace: { today: "2026-11-23", timeZone: "UTC" }, indicators: [entry] };
    return contextOf(
      {} as Context["api"],
      catalogue as unknown as Context["catalogue"],
      address,
      {} as Context["place"],
    );
  };

  test("answers the questions of an indicator's page", () => {
    expect(baseQuestion(contextAt("/indicators/leads", "d=2"), "leads")).toEqual({ indicator: "leads", definition: 2 });
    expect(baseQuestion(contextAt("/indicators/leads", "d=none"), "leads")).toEqual({ indicator: "leads" });
  });

  test("is left out of a page of many indicators, each of which has its own versions", () => {
    expect(baseQuestion(contextAt("/", "d=2"), "leads")).toEqual({ indicator: "leads" });
  });
});
