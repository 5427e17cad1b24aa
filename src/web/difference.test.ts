import { expect, test } from "vitest";
import { formatDifference, isBetter } from "./difference.ts";
import type { Kind } from "./format.ts";

const place = { language: "es", locale: "es-MX", currency: "MXN" } as const;

test.each<[number, Kind, string]>([
  [0.0123, "ratio", "+1.2\u00a0pp"],
  [-0.0004, "ratio", "\u22120.04\u00a0pp"],
  [0.000001, "ratio", "0.0\u00a0pp"],
  [-12.5, "money", "\u2212$12.50"],
  [400, "count", "+400"],
  [-2, "days", "\u22122\u00a0días"],
  [0.31, "multiple", "+0.3×"],
  [0, "count", "0"],
])("%d as %s is %s", (difference, kind, text) => {
  expect(formatDifference(place, difference, kind)).toBe(text);
});

test("more is better, or less, by the indicator", () => {
  expect([isBetter(1, "higher"), isBetter(1, "lower"), isBetter(0, "lower")]).toEqual([true, false, null]);
});
