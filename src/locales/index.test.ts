import { describe, expect, test } from "vitest";
import { attributionIn } from "./attribution.ts";
import { evidenceIn } from "./evidence.ts";
import { funnelIn } from "./funnel.ts";
import { retentionIn } from "./retention.ts";
import { revenueIn } from "./revenue.ts";
import { repsIn } from "./reps.ts";
import { dictionaryOf, fill, languages, lookUp, type Language } from "./index.ts";

const leaves = (value: unknown, path = ""): [string, string][] =>
  typeof value === "string"
    ? [[path, value]]
    : Object.entries(value as Record<string, unknown>).flatMap(([key, child]) => leaves(child, `${path}/${key}`));

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted();

const textsIn = (language: Language) => ({
  ...dictionaryOf(language),
  evidence: evidenceIn(language),
  attribution: attributionIn(language),
  funnel: funnelIn(language),
  retention: retentionIn(language),
  revenue: revenueIn(language),
  reps: repsIn(language),
});

describe.each(languages)("the texts in %s", (language) => {
  const own = leaves(textsIn(language));
  const spanish = leaves(textsIn("es"));

  test("have the same keys as the Spanish ones", () => {
    expect(own.map(([path]) => path).toSorted()).toEqual(spanish.map(([path]) => path).toSorted());
  });

  test("have the same placeholders as the Spanish ones", () => {
    const expected = Object.fromEntries(spanish.map(([path, text]) => [path, placeholders(text)]));
    expect(Object.fromEntries(own.map(([path, text]) => [path, placeholders(text)]))).toEqual(expected);
  });

  test("are never empty", () => {
    expect(own.filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  test("have a form for every plural category of the language", () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const groups = own.filter(([path]) => path.endsWith("/one")).map(([path]) => path.slice(0, -"/one".length));
    const paths = new Set(own.map(([path]) => path));
    expect(groups.length).toBeGreaterThan(0);
    for (const group of groups) for (const category of categories) expect(paths).toContain(`${group}/${category}`);
  });
});

test("fill puts values in place and leaves unknown placeholders visible", () => {
  expect(fill("{a} de {b}", { a: 5 })).toBe("5 de {b}");
});

test("lookUp does not find what every object has", () => {
  expect(lookUp(dictionaryOf("es").parts, "constructor")).toBeUndefined();
});
