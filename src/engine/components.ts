import type { Connection } from "./database.ts";
import { name, raw, sql, type Sql } from "./sql.ts";

/** Each node takes the least root among its neighbours, hands it to its own root, and then takes the root of its root. */
const nearer = (labels: Sql): Sql => sql`WITH seen AS (
    SELECT own.node, own.root, min(other.root) AS best
    FROM ${labels} AS own JOIN edge ON edge.a = own.node JOIN ${labels} AS other ON other.node = edge.b GROUP BY ALL),
  hooked AS (
    SELECT node, min(root) AS root
    FROM (SELECT node, least(root, best) AS root FROM seen UNION ALL SELECT root, best FROM seen) GROUP BY node)
  SELECT hooked.node, least(hooked.root, next.root) AS root FROM hooked JOIN hooked AS next ON next.node = hooked.root`;

/**
 * Finds what hangs together: a temporary table of each node of the edges (a query with the columns `a` and `b`) and its
 * `root`, the least node that it is connected with. The distance to the root about halves in each round, so that long
 * chains take few of them.
 *
 * Reference: Y. Zhang, A. Azad and Z. Hu, FastSV: A Distributed-Memory Connected Component Algorithm, 2020.
 */
export async function connect(connection: Connection, edges: Sql, into: string): Promise<void> {
  const labels = name(into);
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE edge AS
    WITH directed AS (${edges}) SELECT a, b FROM directed UNION SELECT b, a FROM directed`);
  await connection.run(
    sql`CREATE OR REPLACE TEMP TABLE ${labels} AS SELECT a AS node, least(a, min(b)) AS root FROM edge GROUP BY a`,
  );
  for (let moved = 1; moved > 0;) {
    await connection.run(sql`CREATE OR REPLACE TEMP TABLE nearer AS ${nearer(labels)}`);
    const [row] = await connection.rows(
      sql`SELECT count(*) AS moved FROM nearer JOIN ${labels} AS label USING (node) WHERE nearer.root < label.root`,
    );
    moved = Number(row?.["moved"] ?? 0);
    await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${labels} AS SELECT * FROM nearer`);
  }
  await connection.run(raw("DROP TABLE nearer"));
  await connection.run(raw("DROP TABLE edge"));
}
