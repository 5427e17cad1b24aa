import { afterAll, beforeAll, expect, test } from "vitest";
import { Problem } from "../../src/engine/problem.ts";
import { company, rows, type Company } from "../company.ts";

let one: Company;
beforeAll(async () => {
  one = await company({
    lead: rows`
      lead_id  created_at            channel
      L1       2026-05-02T10:00:00Z  email`,
    spend: rows`
      day         category  amount  currency
      2026-05-02  media     300     EUR`,
  });
});
afterAll(() => one.close());

test.each([
  [{ indicator: "cost-per-leed" }, "unknown-indicator", "cost-per-lead"],
  [{ indicator: "mql" }, "unknown-indicator", "did you mean marketing-qualified-leads?"],
  [{ indicator: "CAC" }, "unknown-indicator", "did you mean customer-acquisition-cost?"],
  [{ indicator: "leads", variant: "viabel" }, "unknown-variant", "viable"],
  [{ indicator: "leads", by: ["chanel"] }, "unknown-dimension", "channel"],
  [{ indicator: "cost-per-lead", by: ["rep"] }, "cannot-split", "channel"],
  [{ indicator: "leads", where: { category: ["media"] } }, "cannot-split", "channel"],
  [{ indicator: "leads", from: "2026-02-30" }, "invalid-question", "2026-11-23"],
  [{ indicator: "leads", from: "2026-13-01" }, "invalid-question", "2026-11-23"],
  [{ indicator: "leads", from: "01/05/2026" }, "invalid-question", "2026-11-23"],
  [{ indicator: "leads", compare: { from: "2026-02-30", to: "2026-03-01" } }, "invalid-question", "2026-11-23"],
  [{ indicator: "leads", compare: { from: "2026-03-01", to: "2026-02-01" } }, "empty-range", "exclusive"],
  [{ indicator: "leads", from: "2026-06-01", to: "2026-05-01" }, "empty-range", "exclusive"],
  [{ indicator: "leads", from: "2026-05-01", to: "2026-05-01" }, "empty-range", "exclusive"],
  [{ indicator: "leads", clock: "weekly" }, "invalid-question", ""],
  [{ indicator: "leads", clock: "cohort" }, "wrong-clock", "period"],
  [{ indicator: "leads", window: 30 }, "window-without-cohort", "cohort"],
  [{ indicator: "leads", model: "nearest" }, "unknown-model", "last_non_direct"],
  [{ indicator: "leads", asOf: "yesterday" }, "invalid-question", ""],
  [{ indicator: "leads", unknown: 1 }, "invalid-question", ""],
  [{ indicator: "leads", definition: 7 }, "unknown-definition", "use one of 1"],
  [{ indicator: "scoreboard", definition: 7 }, "unknown-definition", "use one of 1"],
  [{ indicator: "spend", currency: "euros" }, "invalid-question", "EUR"],
  [{ indicator: "spend", currency: "XXX" }, "missing-rate", "rate"],
])("%j is refused as %s, with a way out", async (question, code, remedy) => {
  const error: unknown = await one.api.ask(question as never).catch((refusal: unknown) => refusal);
  expect(error).toBeInstanceOf(Problem);
  expect(error).toMatchObject({ code, remedy: expect.stringContaining(remedy) as string });
});

test("opening a cell that the answer does not have is refused", async () => {
  const question = { indicator: "leads", by: ["channel"], grain: "month" } as const;
  const problem = (cell: object) =>
    one.api.explain({ question: { ...question, by: ["channel"] }, ...cell }).catch((refusal: unknown) => refusal);
  expect(await problem({ key: { rep: "Ana" } })).toMatchObject({ code: "unknown-cell" });
  expect(await problem({ key: { channel: "email" }, period: "may" })).toBeInstanceOf(Problem);
  expect(await problem({ key: { channel: "email" }, period: "2026-05-17" })).toBeInstanceOf(Problem);
});

test.each([
  [{ where: { channel: ["mail"] } }, "channel = mail"],
  [{ where: { channel: { not: ["email"] } } }, "channel ≠ email"],
  [{ where: { channel: ["email"] } }, undefined],
  [{ from: "2020-01-01", to: "2020-02-01" }, undefined],
])("leads of %j are none, and it is told that %s may be written differently", async (asked, told) => {
  const { warnings } = await one.api.ask({ indicator: "leads", ...asked });
  const found = warnings.find(({ code }) => code === "nothing-counts");
  expect(found?.message).toEqual(
    told === undefined ? undefined : expect.stringContaining(`nothing counts under ${told}:`),
  );
});
