import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
  ([, name = "", light = "", dark = ""]) => ({ name, light, dark }),
);

const linear = (share: number): number => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(color.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

describe.each(["light", "dark"] as const)("the %s colours", (theme) => {
  const color = (name: string): string => pairs.find((pair) => pair.name === name)?.[theme] ?? "";

  test.each(["ink", "muted", "accent", "good", "bad", "warn"])("%s can be read", (name) => {
    expect(contrast(color(name), color("surface"))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(color(name), color("page"))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["control", "c1", "c2", "c3", "c4", "c5", "c6", "c7"])("%s can be made out", (name) => {
    expect(contrast(color(name), color("surface"))).toBeGreaterThanOrEqual(3);
  });

  test("what stands on the accent can be read", () => {
    expect(contrast(color("on-accent"), color("accent"))).toBeGreaterThanOrEqual(4.5);
  });
});
