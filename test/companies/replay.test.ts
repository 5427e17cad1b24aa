import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asOf, replayed, say, type Replay } from "../replay/replay.ts";

describe("ninety days of loads: late rows, restated days, merges, refunds, deletions, reopened deals", () => {
  let replay: Replay;
  beforeAll(async () => {
    replay = await replayed(
      Number(process.env["REPLAY_SEED"] ?? 20_261_124),
      90,
      Number(process.env["REPLAY_QUESTIONS"] ?? 2),
    );
  }, 240_000);
  afterAll(() => replay.one.close());

  test("every answer, asked again as of its instant, is what it was", { timeout: 240_000 }, async () => {
    replay.one.at("2026-06-01T12:00:00Z");
    for (const { instant, request, explained, said } of replay.asked) {
      const again = await say(replay.one, asOf(request, instant), explained);
      expect({ instant, request, again }).toEqual({ instant, request, again: said });
    }
    const refused = replay.asked.filter(({ said }) => "refused" in (said as object));
    expect(refused.length).toBeLessThan(replay.asked.length / 10);
  });
});
