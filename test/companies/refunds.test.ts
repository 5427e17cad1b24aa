import { expect, test } from "vitest";
import { company, rows, values } from "../company.ts";

const sales = rows`
  revenue_id  customer_id  occurred_on  amount  currency  kind         tax  refund_of
  R1          C1           2026-04-10   121     EUR       new          21   -
  R2          C2           2026-05-10   242     EUR       new          42   -
  R3          C1           2026-05-20   -60.5   EUR       refund       -10.5  R1
  R4          C2           2026-06-02   -20     EUR       credit_note  -    R2`;

test("a refund is negative revenue on its own day and closes no month again (T16)", async () => {
  const { api, close } = await company({ revenue: sales });
  const ask = async (variant: string) =>
    values(
      await api.ask({ indicator: "sales-revenue", variant, grain: "month", from: "2026-04-01", to: "2026-07-01" }),
    );
  expect(await ask("net")).toEqual({ "2026-04-01": 100, "2026-05-01": 150, "2026-06-01": -20 });
  expect(await ask("gross")).toEqual({ "2026-04-01": 121, "2026-05-01": 242, "2026-06-01": 0 });
  expect(await ask("refunds")).toEqual({ "2026-04-01": 0, "2026-05-01": 60.5, "2026-06-01": 20 });
  close();
});

test("a refund makes no customer new and takes none away", async () => {
  const { api, close } = await company({ revenue: sales });
  const { total } = await api.ask({ indicator: "customers", variant: "new", from: "2026-04-01", to: "2026-07-01" });
  const lifetime = await api.ask({ indicator: "lifetime-value", from: "2026-04-01", to: "2026-06-01" });
  expect(total.value).toBe(2);
  expect(lifetime.total).toMatchObject({ value: 115, parts: { revenue: 230, customers: 2 } });
  close();
});

test("a refund that is not negative is refused and counted in the warnings", async () => {
  const { api, close } = await company({
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency  kind
      R1          C1           2026-04-10   100     EUR       new
      R2          C1           2026-04-11   30      EUR       refund`,
  });
  const answer = await api.ask({ indicator: "sales-revenue" });
  expect(answer.total.value).toBe(100);
  expect(answer.warnings).toContainEqual(expect.objectContaining({ code: "rejected-rows", count: 1 }));
  close();
});
