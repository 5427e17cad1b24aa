import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer, Row } from "../../src/contract/answer.ts";
import type { Question } from "../../src/contract/question.ts";
import { Problem } from "../../src/engine/problem.ts";
import { company, type Company, type Facts } from "../company.ts";
import type { Counted } from "./cell.ts";
import { companies, today, zones } from "./companies.ts";
import { estimate } from "./estimates.ts";
import type { CompanyFacts, Ground } from "./facts.ts";
import { oracle } from "./index.ts";
import { cellOf, dice, filled, period, questionOf, type Dice } from "./questions.ts";
import { worldOf, type World } from "./world.ts";

const then = "2026-06-10T12:00:00Z";
const now = `${today}T12:00:00Z`;

const groundOf = (zone: string): Ground => ({
  zone,
  today,
  lookBackDays: 60,
  paidChannels: ["paid_search", "paid_social", "display", "video", "affiliates"],
  marketingCosts: ["media", "agency", "content", "events", "tools", "research"],
  grossMargin: 0.6,
  inactivityDays: 40,
});

/** What was known before: some of the rows, some of them with other values. */
function before(facts: CompanyFacts): Facts {
  const earlier = (rows: readonly object[]) => rows.filter((_, i) => i % 3 !== 1) as Facts[string];
  const { rate, rep, ...rest } = facts;
  const some = Object.fromEntries(Object.entries(rest).map(([fact, rows]) => [fact, earlier(rows)]));
  const lead = some["lead"]?.map((row, i) => (i % 4 === 0 ? { ...row, country: "MX", merged_into: null } : row)) ?? [];
  const deal = some["deal"]?.map((row, i) => (i % 4 === 0 ? { ...row, outcome: "open", closed_at: null } : row)) ?? [];
  const spend = some["spend"]?.map((row, i) => (i % 4 === 0 ? { ...row, amount: 12 } : row)) ?? [];
  return { ...some, lead, deal, spend, rate, rep };
}

async function opened(facts: CompanyFacts, zone: string): Promise<Company> {
  const { lookBackDays, grossMargin, inactivityDays } = groundOf(zone);
  const revenue = facts.revenue.length > 0 ? "cash" : "bookings";
  const one = await company(
    {},
    {
      settings: {
        time_zone: zone,
        look_back_days: lookBackDays,
        gross_margin: grossMargin,
        retention: { inactivity_days: inactivityDays },
        revenue,
      },
      now: then,
    },
  );
  await one.load(before(facts));
  return one;
}

const isClose = (a: number | null, b: number | null): boolean =>
  a === null || b === null ? a === b : Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));

function same(what: string, found: Counted, wanted: Counted): void {
  const parts = Object.keys(found.parts).every((name) =>
    isClose(found.parts[name] ?? null, wanted.parts[name] ?? null),
  );
  if (!parts || !isClose(found.value, wanted.value))
    throw new Error(
      `${what}\n  answered ${JSON.stringify({ parts: found.parts, value: found.value })}\n  counted  ${JSON.stringify(wanted)}`,
    );
}

const isNothing = ({ parts }: Counted): boolean => Object.values(parts).every((value) => value === null || value === 0);
const nameOf = ({ key, period }: Row): string => JSON.stringify([key, period]);

/** Every row and the total are what the loops count, and no row is missing. */
function checkAnswer(question: Question, answer: Answer, world: World): void {
  const count = oracle[question.indicator]?.[question.variant ?? ""];
  if (count === undefined) throw new Error(`the oracle does not count ${question.indicator} ${question.variant}`);
  const counted = (key: Row["key"], start: string | null) =>
    count(cellOf(question, today, answer.question.window, key, start), world);
  const asked = JSON.stringify(question);
  const expected = (key: Row["key"], start: string | null) =>
    estimate(
      `${question.indicator} ${question.variant}`,
      cellOf(question, today, answer.question.window, key, start),
      world,
    );
  for (const row of [...answer.rows, { ...answer.total, key: {}, period: null }]) {
    const what = `${asked}\n  row ${nameOf(row)}`;
    same(what, { parts: row.parts, value: row.observed ?? row.value }, counted(row.key, row.period));
    const wanted = row.n === 0 ? undefined : expected(row.key, row.period);
    if (
      (wanted === undefined) !== (row.observed === null) ||
      !isClose(wanted ?? null, row.observed === null ? null : row.value)
    )
      throw new Error(`${what}\n  estimated ${row.value} beside ${row.observed}, expected ${wanted}`);
    const grows = answer.indicator.unit !== "days" && question.variant !== "survival";
    if (row.observed !== null && row.value !== null && grows)
      expect(row.value).toBeGreaterThanOrEqual(row.observed - 1e-12);
  }
  for (const row of answer.rows)
    if (row.interval !== null && row.value !== null) {
      expect(row.interval[0]).toBeLessThanOrEqual(row.value);
      expect(row.interval[1]).toBeGreaterThanOrEqual(row.value);
    }
  const there = new Set(answer.rows.map(nameOf));
  for (const missing of cells(question)) {
    if (there.has(JSON.stringify([missing.key, missing.period]))) continue;
    const wanted = counted(missing.key, missing.period);
    if (!isNothing(wanted)) throw new Error(`${asked}\n  lacks ${JSON.stringify(missing)}: ${JSON.stringify(wanted)}`);
  }
}

/** All cells that an answer may have rows for, as far as they are few. */
function cells({ by = [], grain, from = "", to = "" }: Question): { key: Row["key"]; period: string | null }[] {
  const keys = by.reduce<Row["key"][]>(
    (all, dimension) =>
      all.flatMap((key) => (filled[dimension] ?? [null]).map((value) => ({ ...key, [dimension]: value }))),
    [{}],
  );
  const periods: (string | null)[] = grain === undefined ? [null] : [];
  if (grain !== undefined)
    for (let at = period(grain, from); at.start < to; at = period(grain, at.next)) periods.push(at.start);
  return keys.length * periods.length > 300
    ? []
    : keys.flatMap((key) => periods.map((start) => ({ key, period: start })));
}

const held = ["customer-retention", "mrr", "pipeline-value"];
const addsUp = ({ indicator, variant }: Question) =>
  !held.includes(indicator) && !(indicator === "customers" && variant === "active");

function checkSums(question: Question, { rows, total, indicator }: Answer): void {
  if (!addsUp(question) || indicator.unit === "days") return;
  for (const [part, whole] of Object.entries(total.parts)) {
    const sum = rows.reduce((all, row) => all + (row.parts[part] ?? 0), 0);
    if (!isClose(sum, whole ?? 0))
      throw new Error(`${JSON.stringify(question)}: the rows' ${part} add up to ${sum}, the total says ${whole}`);
  }
}

/** A row opens into the parts that it shows, and each part into as many rows as it counts. */
async function checkExplanation(question: Question, answer: Answer, { api }: Company, draw: Dice): Promise<void> {
  const row = draw.often(0.3) || answer.rows.length === 0 ? answer.total : draw.one(answer.rows);
  const explanation = await api.explain({
    question,
    key: row.key,
    ...(row.period === null ? {} : { period: row.period }),
    limit: 10_000,
  });
  const what = `${JSON.stringify(question)}\n  opened at ${nameOf(row)}`;
  same(what, explanation.cell, row);
  for (const part of explanation.parts) {
    if (part.value === null) continue;
    const own = part.rows.reduce((sum, each) => sum + Number(each[`counted_${part.id}`] ?? 0), 0);
    const isSum = part.rows.some((each) => `counted_${part.id}` in each);
    if (isSum && !isClose(own, part.value))
      throw new Error(`${what}\n  ${part.id} is ${part.value}, its rows add up to ${own}`);
    if (!isSum && part.unit === "count" && part.rowCount !== part.value)
      throw new Error(`${what}\n  ${part.id} is ${part.value} and has ${part.rowCount} rows`);
    expect(part.rows).toHaveLength(part.rowCount);
  }
}

const plain = ({ rows, total }: Pick<Answer, "rows" | "total">) =>
  JSON.parse(JSON.stringify({ rows, total })) as unknown;

/** Comparing answers the other range exactly as if it had been asked for. */
async function checkComparison(question: Question, { api }: Company, draw: Dice): Promise<void> {
  const { comparison } = await api.ask({ ...question, compare: draw.one(["previous", "year"]) });
  if (comparison === null) throw new Error("no comparison");
  const { from, to } = comparison;
  const rows = comparison.rows.map(({ certain: _certain, ...row }) => row);
  expect(plain({ ...comparison, rows })).toEqual(plain(await api.ask({ ...question, from, to })));
}

async function asked(question: Question, { api }: Company): Promise<Answer | undefined> {
  try {
    return await api.ask(question);
  } catch (error) {
    if (error instanceof Problem && error.code === "one-sided-dimension") return undefined;
    throw error;
  }
}

/** Failures of one company together, so that one cause shows as one. */
function ledger(): { try: (check: () => void | Promise<void>) => Promise<void>; settle: () => void } {
  const failures: string[] = [];
  return {
    async try(check) {
      try {
        await check();
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    },
    settle() {
      if (failures.length > 0)
        throw new Error(`${failures.length} answers are wrong, such as\n${failures.slice(0, 6).join("\n")}`);
    },
  };
}

/** Questions about every variant, a few kinds of split and grain each. */
async function questions({ api }: Company, draw: Dice): Promise<Question[]> {
  const { indicators } = await api.catalogue();
  const wanted = indicators.filter((each) => each.id !== "scoreboard");
  expect(wanted.map((each) => each.id).toSorted()).toEqual(Object.keys(oracle).toSorted());
  return wanted.flatMap(({ id, variants }) =>
    variants.flatMap((variant) => [
      questionOf(id, variant, 0, true, draw),
      questionOf(id, variant, 1, draw.often(0.3), draw),
      questionOf(id, variant, 2, draw.often(0.5), draw),
    ]),
  );
}

test(
  "every variant of every indicator is what plain loops count, for any company, split, grain, clock, model and currency",
  { timeout: 240_000 },
  async () => {
    const property = fc.asyncProperty(companies, zones, fc.integer(), async (facts, zone, seed) => {
      const one = await opened(facts, zone);
      const draw = dice(seed);
      const all = await questions(one, draw);
      const known = new Map<Question, unknown>();
      for (const question of all) {
        if (!draw.often(0.3)) continue;
        const answer = await asked(question, one);
        if (answer !== undefined) known.set(question, plain(answer));
      }
      one.at(now);
      await one.load(facts as unknown as Facts);
      const worlds = new Map<string, World>();
      const failed = ledger();
      for (const question of all) {
        const answer = await asked(question, one);
        if (answer === undefined || answer.total.flags.includes("not-recorded")) continue;
        const [model, currency] = [question.model as "first", question.currency ?? "EUR"];
        const view = `${model} ${currency}`;
        const world = worlds.get(view) ?? worldOf(facts, groundOf(zone), model, currency);
        worlds.set(view, world);
        await failed.try(() => checkAnswer(question, answer, world));
        await failed.try(() => checkSums(question, answer));
        if (draw.often(0.4)) await failed.try(() => checkExplanation(question, answer, one, draw));
        if (draw.often(0.2)) await failed.try(() => checkComparison(question, one, draw));
      }
      for (const [question, answer] of known)
        await failed.try(async () => {
          const again = plain(await one.api.ask({ ...question, asOf: "2026-06-10T18:00:00Z" }));
          if (JSON.stringify(again) !== JSON.stringify(answer))
            throw new Error(
              `${JSON.stringify(question)}\n  then  ${JSON.stringify(answer)}\n  as of ${JSON.stringify(again)}`,
            );
        });
      failed.settle();
      one.close();
    });
    const run = fc.assert(property, {
      seed: Number(process.env["ORACLE_SEED"] ?? 20_261_123),
      numRuns: Number(process.env["ORACLE_RUNS"] ?? 5),
      endOnFailure: true,
    });
    await expect(run).resolves.toBeUndefined();
  },
);
