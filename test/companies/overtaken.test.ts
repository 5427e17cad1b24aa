import { expect, test, vi } from "vitest";
import { company, rows } from "../company.ts";

const before = rows`
  deal_id  created_at            closed_at             outcome  rep
  D1       2026-01-01T10:00:00Z  2026-01-05T10:00:00Z  won      Ana`;
const since = rows`
  deal_id  created_at            closed_at             outcome  rep
  D2       2026-01-01T10:00:00Z  2026-01-21T10:00:00Z  won      Berta`;

/** The answer to a question during which a load commits, just before the database is asked for the nth time. */
async function overtaken(nth: number) {
  const one = await company({ deal: before });
  const use = one.database.use.bind(one.database);
  let left = nth;
  vi.spyOn(one.database, "use").mockImplementation(async (work) => {
    left -= 1;
    if (left === 0) await one.load({ deal: since });
    return use(work);
  });
  const answer = await one.api.ask({
    indicator: "sales-cycle-days",
    by: ["rep"],
    from: "2026-01-01",
    to: "2026-02-01",
  });
  one.close();
  return { asked: nth - left, rows: answer.rows.map((row) => row.value), total: answer.total.value };
}

test("an answer that a load overtakes rests on one state of the facts, before it or after it", async () => {
  const old = { rows: [4], total: 4 };
  const young = { rows: [20, 4], total: 12 };
  let { asked } = await overtaken(1000);
  expect(asked).toBeGreaterThan(4);
  for (; asked > 0; asked--) {
    const { rows: found, total } = await overtaken(asked);
    expect([old, young]).toContainEqual({ rows: found, total });
  }
});
