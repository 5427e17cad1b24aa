import * as fc from "fast-check";
import { expect, test } from "vitest";
import { connect } from "./components.ts";
import { openDatabase } from "./database.ts";
import { raw, sql } from "./sql.ts";

async function roots(edges: readonly (readonly [number, number])[]): Promise<Record<number, number>> {
  const database = await openDatabase(":memory:");
  const found = await database.use(async (connection) => {
    const list = JSON.stringify(edges.map(([a, b]) => ({ a, b })));
    await connect(
      connection,
      sql`SELECT unnest(from_json(${list}, '[{"a":"BIGINT","b":"BIGINT"}]'), recursive := true)`,
      "part",
    );
    return connection.rows(raw("SELECT node, root FROM part"));
  });
  database.close();
  return Object.fromEntries(found.map((row) => [Number(row["node"]), Number(row["root"])]));
}

/** The least node that can be reached, by walking. */
function reached(edges: readonly (readonly [number, number])[]): Record<number, number> {
  const nodes = [...new Set(edges.flat())];
  const near = (node: number) => edges.flatMap(([a, b]) => (a === node ? [b] : b === node ? [a] : []));
  const all = (node: number) => {
    const seen = new Set([node]);
    for (const each of seen) for (const next of near(each)) seen.add(next);
    return seen;
  };
  return Object.fromEntries(nodes.map((node) => [node, Math.min(...all(node))]));
}

test("every node gets the least node that it is connected with", async () => {
  const node = fc.nat({ max: 30 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(node, node), { maxLength: 40 }), async (edges) => {
      expect(await roots(edges)).toEqual(reached(edges));
    }),
    { numRuns: 30 },
  );
});

test("a chain whose nodes are numbered at random hangs together", async () => {
  const order = Array.from({ length: 400 }, (_, i) => (i * 149) % 400);
  const chain = order.slice(1).map((node, i) => [order[i] ?? 0, node] as const);
  expect(new Set(Object.values(await roots(chain)))).toEqual(new Set([0]));
});
