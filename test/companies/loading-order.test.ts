import * as fc from "fast-check";
import { expect, test } from "vitest";
import { derivedTables } from "../../src/facts/derived/index.ts";
import { facts as allFacts } from "../../src/facts/index.ts";
import { company, contentOf, type FactRow, type Facts } from "../company.ts";
import { companies } from "../oracle/companies.ts";
import { dice, type Dice } from "../oracle/questions.ts";

const tables = [...allFacts.map((fact) => fact.name), ...derivedTables.map((each) => each.name), "rejected"];

async function contentAfter(batches: readonly Facts[]): Promise<Record<string, string[]>> {
  const one = await company({});
  for (const [i, batch] of batches.entries()) await one.load(batch, { source: `source ${i}` });
  const found = await one.database.use(async (connection) => {
    const content: Record<string, string[]> = {};
    for (const table of tables) content[table] = await contentOf(connection, table);
    return content;
  });
  one.close();
  return found;
}

/** Each row goes to one of so many sources, which state their rows in any order. */
function dealtOut(facts: Facts, many: number, draw: Dice): Facts[] {
  const batches: Record<string, FactRow[]>[] = Array.from({ length: many }, () => ({}));
  const all = Object.entries(facts).flatMap(([fact, rows]) =>
    rows.map((row) => ({ fact, row, place: draw.below(1e9) })),
  );
  for (const { fact, row } of all.toSorted((a, b) => a.place - b.place)) (draw.one(batches)[fact] ??= []).push(row);
  return batches;
}

test(
  "the same rows end in the same tables, in whichever order and batches independent sources state them",
  { timeout: 60_000 },
  async () => {
    const property = fc.asyncProperty(companies, fc.integer(), async (facts, seed) => {
      const stated = { ...facts, rate: facts.rate.slice(0, 40) } as unknown as Facts;
      const draw = dice(seed);
      const together = await contentAfter([stated]);
      expect(await contentAfter(dealtOut(stated, 2 + draw.below(4), draw))).toEqual(together);
      expect(together["credit"]?.length).toBeGreaterThan(0);
    });
    await fc.assert(property, { seed: 20_261_124, numRuns: 3, endOnFailure: true });
  },
);
