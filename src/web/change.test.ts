import { describe, expect, test } from "vitest";
import { attainmentOf, changeOf, formatAttainment } from "./change.ts";
import type { Kind, Place } from "./format.ts";

const place: Place = { language: "es", locale: "es-MX", currency: "MXN" };
const told = (current: number | null, previous: number | null, kind: Kind, better: "higher" | "lower") => {
  const { arrow, amount, word } = changeOf(place, current, previous, kind, better);
  return [arrow, amount, word].filter(Boolean).join(" ").replaceAll("\u00a0", " ");
};

describe("a change", () => {
  test.each([
    [103.9, 100, "money", "lower", "▲ +3.9% peor"],
    [97.7, 100, "count", "higher", "▼ −2.3% peor"],
    [90, 100, "money", "lower", "▼ −10.0% mejor"],
    [0.632, 0.62, "ratio", "higher", "▲ +1.2 pp mejor"],
    [100.04, 100, "count", "higher", "sin cambio"],
    [0.6204, 0.62, "ratio", "higher", "sin cambio"],
    [5, 0, "count", "higher", "nuevo"],
    [0, 0, "count", "higher", "sin cambio"],
    [5, null, "count", "higher", "sin comparación"],
    [null, 5, "count", "higher", "sin comparación"],
    [-50, -100, "money", "higher", "▲ +50.0% mejor"],
  ] as const)("from %s after %s as %s, %s better: %s", (current, previous, kind, better, expected) => {
    expect(told(current, previous, kind, better)).toBe(expected);
  });
});

describe("a goal", () => {
  test("is reached by more, or by less where less is better", () => {
    expect(attainmentOf(982, 1041, "higher")).toBeCloseTo(0.943);
    expect(attainmentOf(25, 23, "lower")).toBeCloseTo(0.92);
    expect(attainmentOf(null, 5, "higher")).toBeNull();
    expect(attainmentOf(5, 0, "higher")).toBeNull();
  });

  test("is never rounded up to met", () => {
    expect(formatAttainment(place, 0.999)).toBe("99%");
    expect(formatAttainment(place, 1)).toBe("100%");
  });
});
