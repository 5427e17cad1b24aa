import { describe, expect, test } from "vitest";
import { repMap } from "../../src/methods/reps/rep-map.ts";
import { draws } from "../random.ts";
import { fileOf, present, skipped } from "./workspace.ts";

interface Deal {
  readonly agent: string;
  readonly won: boolean;
}

/** Deals that were closed, so that nothing is foretold. */
function closedDeals(): Deal[] {
  const [, ...lines] = fileOf("maven_crm/sales_pipeline.csv").toString("utf8").trimEnd().split("\n");
  return lines.flatMap((line) => {
    const [, agent = "", , , stage] = line.split(",");
    return stage === "Won" || stage === "Lost" ? [{ agent, won: stage === "Won" }] : [];
  });
}

/** The flags of a map in which each agent opened and closed the deals that are dealt to them. */
function flagsOf(deals: readonly Deal[], agents: readonly string[]): number {
  const usual = deals.filter(({ won }) => won).length / deals.length;
  const people = agents.map((agent) => {
    const own = deals.filter((deal) => deal.agent === agent);
    const expected = own.length * usual;
    return {
      created: { events: own.length, exposure: 64 },
      closed: { won: own.filter(({ won }) => won).length, expected, variance: expected * (1 - usual) },
    };
  });
  const { create, close } = repMap(people, usual, 0.8);
  return [...create, ...close].filter((each) => each?.stands === "above" || each?.stands === "below").length;
}

describe.skipIf(!present)(`Maven's agents${skipped}`, () => {
  test("differ in what they open and in little of what they win; with deals dealt by lot, one map of twenty flags anybody", () => {
    const deals = closedDeals();
    const agents = [...new Set(deals.map(({ agent }) => agent))];
    expect([deals.length, agents.length]).toEqual([6711, 30]);
    expect(flagsOf(deals, agents)).toBeGreaterThan(10);
    const { uniform } = draws(12);
    const runs = 60;
    const dealt = Array.from({ length: runs }, () =>
      flagsOf(
        deals.map(({ won }) => ({ won, agent: agents[Math.floor(uniform() * agents.length)] ?? "" })),
        agents,
      ),
    );
    expect(dealt.filter((flags) => flags > 0).length / runs).toBeLessThanOrEqual(0.05);
  });
});
