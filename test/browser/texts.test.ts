import { expect, test } from "vitest";
import { indicators } from "../../src/indicators/index.ts";
import { dictionaryOf } from "../../src/locales/index.ts";

const texts = dictionaryOf("es");
const entries = Object.values(indicators);

test("every shipped indicator and variant has a Spanish title", () => {
  const names: Readonly<Record<string, { variants: object }>> = texts.indicatorNames;
  const missing = entries.flatMap(({ id, variants }) => {
    const own = names[id];
    if (own === undefined) return [id];
    return variants.length < 2
      ? []
      : variants.map((variant) => variant.id).filter((variant) => !(variant in own.variants));
  });
  expect(missing).toEqual([]);
});

test("every part of a shipped formula has a Spanish name", () => {
  const parts = new Set(entries.flatMap(({ variants }) => variants.flatMap((variant) => Object.keys(variant.parts))));
  expect([...parts].filter((part) => !(part in texts.parts))).toEqual([]);
});
