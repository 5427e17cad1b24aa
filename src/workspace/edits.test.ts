import { expect, test } from "vitest";
import { editsBetween } from "./edits.ts";

test("every place that differs is named once, by its path", () => {
  const before = { owner: "Ana", costs: ["media"], variants: { rate: { window: 30 }, paid: { clock: "cohort" } } };
  const after = { owner: "Ana", costs: ["media", "tools"], variants: { rate: { window: 45 } }, default: "rate" };
  expect(editsBetween(before, after)).toEqual([
    { path: "costs", before: '["media"]', after: '["media","tools"]' },
    { path: "default", before: null, after: "rate" },
    { path: "variants.paid.clock", before: "cohort", after: null },
    { path: "variants.rate.window", before: "30", after: "45" },
  ]);
  expect(editsBetween(before, before)).toEqual([]);
  expect(editsBetween(undefined, { a: null })).toEqual([{ path: "a", before: null, after: "null" }]);
});
