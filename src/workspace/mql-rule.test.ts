import { describe, expect, test } from "vitest";
import { Problem } from "../engine/problem.ts";
import { stageAlone } from "../facts/mql/rule.ts";
import { rulesInForce, wantedRule } from "./mql-rule.ts";

const mistakes: [name: string, text: string, line: number, column: number, says: RegExp][] = [
  ["an unknown key", "threshold: 50\nfit: []\nbehavior: []\n", 3, 1, /behavior/],
  ["a kind that no touch has", "behaviour:\n  - {kind: pages, points: 5}\nthreshold: 5\n", 2, 6, /impression, click/],
  ["points that are no number", "behaviour:\n  - {kind: page, points: many}\nthreshold: 5\n", 2, 18, /whole points/],
  ["points by halves", "behaviour:\n  - {kind: page, points: 1.5}\nthreshold: 5\n", 2, 18, /whole points/],
  ["behaviour that takes away", "behaviour:\n  - {kind: page, points: -5}\nthreshold: 5\n", 2, 18, /only adds/],
  [
    "an address with its host",
    "behaviour:\n  - {url: https://x.org/a, points: 5}\nthreshold: 5\n",
    2,
    6,
    /path of a page/,
  ],
  ["a column that leads lack", "fit:\n  - {where: {size: big}, points: 5}\nthreshold: 5\n", 2, 14, /size/],
  ["no column at all", "fit:\n  - {where: {}, points: 5}\nthreshold: 5\n", 2, 6, /at least one column/],
  ["a half-life of nothing", "behaviour: [{points: 5}]\nhalf_life_days: 0\nthreshold: 5\n", 2, 1, /half_life_days/],
  [
    "a half-life of fit alone",
    "fit: [{where: {country: ES}, points: 5}]\nhalf_life_days: 9\nthreshold: 5\n",
    2,
    1,
    /behaviour/,
  ],
  ["points without a threshold", "or_stage: true\nbehaviour: [{points: 5}]\n", 2, 1, /threshold: 50/],
  ["a threshold without points", "threshold: 5\n", 1, 1, /nothing earns points/],
  ["a threshold out of reach", "behaviour: [{points: 5, at_most: 3}]\nthreshold: 16\n", 2, 1, /give 15/],
  ["nothing that makes an MQL", "owner: Ana\nor_stage: false\n", 2, 1, /nothing makes/],
  ["no day", "hand_raise: {forms: demo}\neffective: 2026-02-30\n", 2, 1, /expected a day/],
];

const problemOf = (work: () => unknown): Problem => {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};

test.each(mistakes)("%s is refused where it stands", (_, text, line, column, says) => {
  const problem = problemOf(() => wantedRule(text));
  expect(problem.message).toMatch(says);
  expect(problem).toMatchObject({ code: "definition-invalid", detail: { file: "rules/mql.yaml", line, column } });
});

const version = (number: number, effective: string | null, text: string | null) => ({
  id: "(mql)",
  version: number,
  effective,
  body: text === null ? null : JSON.stringify(wantedRule(text).content),
});
const demo = "hand_raise: {forms: demo}\n";

describe("which rule is in force", () => {
  const days = (...recorded: ReturnType<typeof version>[]) =>
    rulesInForce(recorded).map(({ version: number, from, to }) => [number, from, to]);

  test("a later version ends the one before; without any the stage counts for all days", () => {
    expect(rulesInForce([])).toEqual([{ version: 1, from: null, to: null, rule: stageAlone }]);
    expect(days(version(2, "2026-03-01", demo), version(3, "2026-05-01", demo))).toEqual([
      [1, null, "2026-03-01"],
      [2, "2026-03-01", "2026-05-01"],
      [3, "2026-05-01", null],
    ]);
  });

  test("a version that reaches further back stands for those it covers", () => {
    expect(days(version(2, "2026-03-01", demo), version(3, "2026-01-01", demo))).toEqual([
      [1, null, "2026-01-01"],
      [3, "2026-01-01", null],
    ]);
    expect(days(version(2, null, demo), version(3, "2026-01-01", null))).toEqual([
      [2, null, "2026-01-01"],
      [3, "2026-01-01", null],
    ]);
  });

  test("one value may stand for a list, and what is left out has its default", () => {
    const [, second] = rulesInForce([version(2, "2026-03-01", demo)]);
    expect(second?.rule).toEqual({ ...stageAlone, handRaise: ["demo"] });
  });
});
