import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExplainRequest } from "../../src/contract/api.ts";
import type { Changes } from "../../src/contract/changes.ts";
import { Problem } from "../../src/engine/problem.ts";
import { dice } from "../oracle/questions.ts";
import { asOf, replayed, requests, say, type Replay } from "../replay/replay.ts";

const seed = Number(process.env["REPLAY_SEED"] ?? 20_261_124);
const days = Number(process.env["REPLAY_DAYS"] ?? 90);
const ledgers = Number(process.env["REPLAY_LEDGERS"] ?? 25);

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
const isClose = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

function checkSums(changes: Changes): void {
  if (changes.difference !== null)
    expect(isClose(sum(changes.changes.map((each) => each.difference ?? Number.NaN)), changes.difference)).toBe(true);
  for (const part of Object.keys(changes.after.parts)) {
    const difference = (changes.after.parts[part] ?? 0) - (changes.before.parts[part] ?? 0);
    expect(isClose(sum(changes.changes.map((each) => each.parts[part] ?? 0)), difference)).toBe(true);
  }
}

describe("ninety days of loads: late rows, restated days, merges, refunds, deletions, reopened deals", () => {
  let replay: Replay;
  beforeAll(async () => {
    replay = await replayed(seed, days, Number(process.env["REPLAY_QUESTIONS"] ?? 1));
    replay.one.at("2026-06-01T12:00:00Z");
  }, 300_000);
  afterAll(() => replay.one.close());

  test("every answer, asked again as of its instant, is what it was", { timeout: 300_000 }, async () => {
    for (const { instant, request, explained, said } of replay.asked) {
      const again = await say(replay.one, asOf(request, instant), explained);
      expect({ instant, request, again }).toEqual({ instant, request, again: said });
    }
    const refused = replay.asked.filter(({ said }) => "refused" in (said as object));
    expect(refused.length).toBeLessThan(replay.asked.length / 10);
  });

  async function changes(request: ExplainRequest, since: string, until: string): Promise<Changes | undefined> {
    try {
      const found = await replay.one.api.explain({ ...asOf(request, until), since, limit: 0 });
      return found.changes ?? undefined;
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw new Error(JSON.stringify({ request, since, until }), { cause: error });
    }
  }

  test(
    "between any two instants the causes sum to the difference, and backwards to its opposite",
    { timeout: 300_000 },
    async () => {
      const draw = dice(seed);
      const seen = new Map<string, number>();
      const refunds = { indicator: "sales-revenue", variant: "refunds" };
      const named = ["leads", "sales-revenue", "cost-per-lead", "marketing-roi", "mrr"].map((indicator) => ({
        indicator,
      }));
      const whole = [...named, refunds].map((asked) => ({
        request: { question: { ...asked, from: "2025-12-01", to: "2026-05-01" } },
        since: replay.instants[29] ?? "",
        until: replay.instants.at(-1) ?? "",
      }));
      const some = (await requests(replay.one, draw, ledgers)).map((request) => ({
        request,
        since: draw.one(replay.instants),
        until: draw.one(replay.instants),
      }));
      for (const { request, since, until } of [...whole, ...some]) {
        const found = await changes(request, since, until);
        if (found === undefined) continue;
        checkSums(found);
        for (const { cause } of found.changes) seen.set(cause, (seen.get(cause) ?? 0) + 1);
        if (!draw.often(0.2)) continue;
        const back = await changes(request, until, since);
        const shared = (changed: Changes) =>
          changed.changes.map((each) => [each.cause, Math.abs(each.difference ?? 0)]);
        if (back !== undefined && request.question.from !== undefined) expect(shared(back)).toEqual(shared(found));
        if (back !== undefined && request.question.from !== undefined && found.difference !== null)
          expect(back.difference).toBeCloseTo(-found.difference, 9);
      }
      for (const cause of ["new", "late", "restated", "refund", "merge", "deletion", "currency"])
        expect(seen.keys()).toContain(cause);
    },
  );
});
