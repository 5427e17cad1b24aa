import { describe, expect, test } from "vitest";
import { attained, dueBy, requiredPerDay, verdictOf, type Target, type Verdict } from "./pace.ts";

const sales: Target = { target: 2100, better: "higher", accumulates: true };
const budget: Target = { target: 2100, better: "lower", accumulates: true };
const share: Target = { target: 0.3, better: "higher", accumulates: false };
const cost: Target = { target: 25, better: "lower", accumulates: false };

const half = { passed: 10, days: 20 };
const all = { passed: 20, days: 20 };

test("of what accumulates, as much is due as days have passed; of the rest, all of it at once", () => {
  expect(dueBy(sales, { passed: 10, days: 21 })).toBe(1000);
  expect(dueBy(sales, { passed: 0, days: 21 })).toBe(0);
  expect(dueBy(share, { passed: 0, days: 21 })).toBe(0.3);
});

test("where less is better, half of the limit is attained twice", () => {
  expect(attained(1050, sales)).toBe(0.5);
  expect(attained(50, cost)).toBe(0.5);
  expect(attained(12.5, cost)).toBe(2);
  expect(attained(0, cost)).toBeNull();
  expect(attained(5, { ...sales, target: 0 })).toBeNull();
  expect(attained(-0.05, { ...share, target: -0.1 })).toBeNull();
});

test("each day that is left must bring its part of what is missing, or may still bring it", () => {
  expect(requiredPerDay(600, sales, half)).toBe(150);
  expect(requiredPerDay(2500, sales, half)).toBe(0);
  expect(requiredPerDay(1600, budget, half)).toBe(50);
  expect(requiredPerDay(600, sales, all)).toBeNull();
  expect(requiredPerDay(0.2, share, half)).toBeNull();
});

describe("in one word", () => {
  const words: [string, number, Target, typeof half, boolean, Verdict][] = [
    ["reached before the end is met", 2100, sales, half, false, "met"],
    ["as much as is due is on pace", 1050, sales, half, false, "on-pace"],
    ["less than is due is behind", 1049, sales, half, false, "behind"],
    ["less than all at the end is missed", 2099, sales, all, true, "missed"],
    ["a budget that is spent too early is behind", 1051, budget, half, false, "behind"],
    ["a budget that is overspent stays missed", 2101, budget, half, false, "missed"],
    ["a budget that held is met at the end only", 2100, budget, all, true, "met"],
    ["a share may still fall", 0.4, share, half, false, "on-pace"],
    ["a share may still rise", 0.2, share, half, false, "behind"],
    ["a share that is high enough at the end is met", 0.3, share, all, true, "met"],
    ["a cost that is too high at the end is missed", 25.01, cost, all, true, "missed"],
  ];
  test.each(words)("%s", (_, value, target, passed, over, word) => {
    expect(verdictOf(value, target, passed, over)).toBe(word);
  });
});
