import { expect, test } from "vitest";
import type { Span } from "../../methods/lift/caused.ts";
import { pairsOf, verdictOf, type Rated } from "./verdicts.ts";

const settings = ["first", "last"].map((model) => ({ id: model, model, lookBack: 90, direct: "counts" as const }));
const enough = settings.map(() => ({ value: 0, perCost: 2 }));

/** With costs of 100, of which 200 must come back at a margin of one half. */
function rated(name: string, credited: readonly number[], spans: readonly Span[]): Rated {
  const results = credited.map((amount) => ({ credited: amount, value: (amount * 0.5 - 100) / 100 }));
  return { name, costs: 100, results, chosen: results[0] ?? { credited: 0, value: null }, spans };
}

const social = rated(
  "social",
  [900, 800],
  [
    [260, 1200],
    [230, 1200],
  ],
);
const search = rated(
  "search",
  [500, 600],
  [
    [150, 900],
    [190, 900],
  ],
);
const banner = rated(
  "banner",
  [50, 40],
  [
    [0, 180],
    [0, 180],
  ],
);
const email = rated(
  "email",
  [50, 250],
  [
    [0, 400],
    [80, 400],
  ],
);

test("robust is what holds at both ends of what may have been caused, unproven what the settings alone agree on", () => {
  const told = [social, search, banner, email].map((each) => verdictOf(each, enough));
  expect(told).toEqual(["robust", "unproven", "robust", "contested"]);
});

test("what only one setting leaves open is not robust", () => {
  const once: Rated = { ...social, spans: [social.spans[0] ?? [0, 0], [199, 1200]] };
  expect(verdictOf(once, enough)).toBe("unproven");
});

test("one is better where the least that it caused is more than the most of the other, for what they cost", () => {
  const told = pairsOf([social, search, banner, email], settings, "higher").map(
    ({ better, worse, verdict }) => `${better} before ${worse}: ${verdict}`,
  );
  expect(told).toEqual([
    "social before search: unproven",
    "social before banner: robust",
    "social before email: unproven",
    "search before banner: unproven",
    "search before email: unproven",
    "banner before email: contested",
  ]);
});
