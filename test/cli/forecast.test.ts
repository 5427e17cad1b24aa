import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ForecastScores } from "../../src/contract/forecast.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const file = join(folder, "forecasts.jsonl");
const head = "revenue_id,customer_id,occurred_on,amount,currency,rep";
const settings = `name: Test
currency: EUR
time_zone: UTC
revenue: cash
sources:
  bank:
    kind: files
    facts:
      revenue: SELECT * FROM 'revenue.csv'
`;

/** 60 on the 5th and 40 on the 20th of every month of two years, until a day. */
function paidUntil(day: string): void {
  const days = [2024, 2025, 2026].flatMap((year) =>
    Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, "0")}`).flatMap((month) => [
      [`${month}-05`, 60] as const,
      [`${month}-20`, 40] as const,
    ]),
  );
  const lines = days.filter(([on]) => on <= day).map(([on, amount]) => `${on},K${on},${on},${amount},EUR,Ana`);
  writeFileSync(join(folder, "revenue.csv"), [head, ...lines, `last,Klast,${day},0,EUR,Ana`].join("\n"));
}

const scores = async () =>
  ForecastScores.parse(JSON.parse((await embudo(folder, ["forecast", "scores", "--format", "json"])).out));

test("a forecast is sealed once a day, survives new data, and is scored when its period is over", async () => {
  writeFileSync(join(folder, "embudo.yaml"), settings);
  paidUntil("2026-10-12");
  expect((await embudo(folder, ["sync"])).code).toBe(0);
  const sealed = await embudo(folder, ["forecast", "seal", "--by", "Ana"]);
  expect(sealed.out).toContain("of the company 2026-10-01 to 2026-11-01: 100 EUR, 2026-10-01 to 2027-01-01: 300 EUR");
  const again = await embudo(folder, ["forecast", "seal"]);
  expect([again.code, again.err]).toEqual([
    1,
    expect.stringContaining("the forecast as known on 2026-10-12 was sealed"),
  ]);
  expect(await scores()).toMatchObject({ sealed: 1, altered: null, waiting: 6, scores: [] });

  paidUntil("2026-11-12");
  await embudo(folder, ["sync"]);
  const found = await scores();
  expect(found.scored.map(({ kind, grain, mid, actual }) => [kind, grain, mid, actual])).toEqual([
    ["company", "month", 100, 100],
    ["rep", "month", 100, 100],
  ]);
  expect(found.scores[0]).toMatchObject({
    kind: "company",
    grain: "month",
    forecasts: 1,
    within: 1,
    error: 0,
    bias: 0,
  });
  const { out } = await embudo(folder, ["revenue"]);
  expect(out).toContain("1 sealed forecast of a month");
}, 60_000);

test("each is chained to the one before it: an edit is found, and nothing is sealed after it", async () => {
  expect((await embudo(folder, ["forecast", "seal"])).code).toBe(0);
  const kept = readFileSync(file, "utf8");
  const [first = "", second = ""] = kept.trim().split("\n");
  const { previous } = JSON.parse(second) as { previous: string };
  expect(previous).toBe((JSON.parse(first) as { digest: string }).digest);

  const changes = {
    "a number": kept.replace('"mid":100', '"mid":101'),
    "a blank": kept.replace('"mid":100', '"mid": 100'),
    "the order": `${second}\n${first}\n`,
    "the first is gone": `${second}\n`,
  };
  for (const text of Object.values(changes)) {
    writeFileSync(file, text);
    expect(await scores()).toMatchObject({ sealed: 0, altered: 1 });
  }
  writeFileSync(file, kept.replace(second, second.replace('"by":null', '"by":"Ben"')));
  expect(await scores()).toMatchObject({ sealed: 1, altered: 2 });
  paidUntil("2026-11-13");
  await embudo(folder, ["sync"]);
  const refused = await embudo(folder, ["forecast", "seal"]);
  expect([refused.code, refused.err]).toEqual([
    1,
    expect.stringContaining("line 2 of forecasts.jsonl is not what was sealed"),
  ]);
  writeFileSync(file, kept);
  expect(await scores()).toMatchObject({ sealed: 2, altered: null });
}, 60_000);

test("what is asked wrongly is refused", async () => {
  expect((await embudo(folder, ["forecast"])).code).toBe(2);
  expect((await embudo(folder, ["forecast", "scores", "--by", "Ana"])).code).toBe(2);
  expect((await embudo(folder, ["forecast", "seal", "--format", "json"])).code).toBe(2);
  expect((await embudo(folder, ["revenue", "--leads", "many"])).code).toBe(1);
  expect((await embudo(folder, ["revenue", "--win-rate", "0"])).code).toBe(1);
});
