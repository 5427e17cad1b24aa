import { afterAll, beforeAll, expect, test } from "vitest";
import type { Question } from "../../src/contract/question.ts";
import { company, times, type Company } from "../company.ts";

const deals = (rep: string, month: string, won: number, all: number) =>
  times(all, (nth) => ({
    deal_id: `${rep} ${month} ${nth}`,
    created_at: `${month}-01T10:00:00Z`,
    closed_at: `${month}-10T10:00:00Z`,
    outcome: nth <= won ? "won" : "lost",
    amount: 100,
    currency: "EUR",
    rep,
  }));

let one: Company;
beforeAll(async () => {
  one = await company({
    spend: times(2, (nth) => ({
      day: "2026-05-02",
      category: "media",
      amount: 1000,
      currency: "EUR",
      channel: nth === 1 ? "paid_search" : "display",
    })),
    lead: times(60, (nth) => ({
      lead_id: `L${nth}`,
      created_at: "2026-05-04T10:00:00Z",
      channel: nth <= 50 ? "paid_search" : "display",
    })),
    deal: [
      ...deals("Ana", "2026-05", 3, 3),
      ...deals("Berta", "2026-05", 40, 60),
      ...deals("Carla", "2026-05", 8, 60),
      ...deals("Ana", "2026-04", 30, 60),
      ...deals("Berta", "2026-04", 37, 60),
    ],
  });
});
afterAll(() => one.close());

const may = { from: "2026-05-01", to: "2026-06-01" } as const;
const ask = (question: Partial<Question>) => one.api.ask({ indicator: "win-ratio", ...may, ...question });

test("reps are put in order with the probability of being the best, and rows keep their plain share", async () => {
  const { ranking, rows } = await ask({ by: ["rep"], rank: true });
  expect(rows.find(({ key }) => key["rep"] === "Ana")?.value).toBe(1);
  expect(ranking?.rows.map(({ key }) => key["rep"])).toEqual(["Ana", "Berta", "Carla"]);
  expect(ranking?.rows[0]?.value).toBeLessThan(0.95);
  expect(ranking?.rows.reduce((sum, { best }) => sum + best, 0)).toBeCloseTo(1, 9);
  const pair = (left: string, right: string) =>
    ranking?.differences.find((each) => each.left["rep"] === left && each.right["rep"] === right);
  expect(pair("Berta", "Carla")?.certain).toBe(true);
  expect(pair("Berta", "Carla")?.difference).toBeGreaterThan(0.4);
});

test("channels by cost per lead: the cheaper first, in money", async () => {
  const { ranking } = await ask({ indicator: "cost-per-lead", variant: "blended", by: ["channel"], rank: true });
  expect(ranking?.rows.map(({ key, value }) => [key["channel"], value])).toEqual([
    ["paid_search", 20],
    ["display", 100],
  ]);
  const [pair] = ranking?.differences ?? [];
  expect(pair).toMatchObject({ difference: -80, certain: true });
  expect(pair?.probability).toBeGreaterThan(0.99);
});

test("the same question has the same ranking, to the bit", async () => {
  const asked = { by: ["rep"], rank: true };
  expect(JSON.stringify((await ask(asked)).ranking)).toBe(JSON.stringify((await ask(asked)).ranking));
});

test("without being asked for there is none", async () => {
  expect((await ask({ by: ["rep"] })).ranking).toBeNull();
});

test.each<[string, Partial<Question>, string]>([
  ["without a split", {}, "cannot-rank"],
  ["with a grain", { by: ["rep"], grain: "month" }, "cannot-rank"],
  ["of a cohort without a window (T13)", { variant: "created", clock: "cohort", by: ["rep"] }, "unequal-ages"],
])("%s it is refused", async (_, question, code) => {
  await expect(ask({ ...question, rank: true })).rejects.toMatchObject({ code });
});

test("a cohort with a window has equal time, and is ranked (T13)", async () => {
  const { ranking } = await ask({ variant: "created", clock: "cohort", window: 30, by: ["rep"], rank: true });
  expect(ranking?.rows).toHaveLength(3);
});

test("a change of the total says whether it is more than noise", async () => {
  const certain = async (question: Partial<Question>) =>
    (await ask({ ...question, compare: "previous" })).comparison?.certain;
  // 40 of 60 after 37 of 60: z = 0.57, noise. 48 of 120 after 37 of 60: z = 2.7, more. What is known has no noise to tell.
  expect(await certain({ where: { rep: ["Berta"] } })).toBe(false);
  expect(await certain({ where: { rep: ["Berta", "Carla"] } })).toBe(true);
  expect(await certain({ indicator: "spend" })).toBeNull();
});

test("so does the change of each row, which is held against the one in its place", async () => {
  const certain = async (question: Partial<Question>) =>
    (await ask({ ...question, compare: "previous" })).comparison?.rows.map((row) => [
      row.period,
      row.key["rep"] ?? null,
      row.certain,
    ]);
  // Ana's 3 of 3 after 30 of 60 may be luck. Nobody has lost what Carla does in May in April: she has no row to be judged.
  expect((await certain({ by: ["rep"] }))?.toSorted()).toEqual([
    [null, "Ana", false],
    [null, "Berta", false],
  ]);
  expect(await certain({ by: ["rep"], grain: "month", where: { rep: ["Berta"] } })).toEqual([
    ["2026-04-01", "Berta", false],
  ]);
  expect(await certain({ grain: "month", where: { rep: ["Berta", "Carla"] } })).toEqual([["2026-04-01", null, true]]);
});
