import { describe, expect, test } from "vitest";
import type { Row } from "../../contract/answer.ts";
import { dictionaryOf } from "../../locales/index.ts";
import type { View } from "../view.tsx";
import type { Tile } from "./loader.ts";
import { sentenceOf, worseningOf } from "./sentence.ts";

const compared = { from: "2026-10-01", to: "2026-10-26" };
const view = {
  shell: {
    compared,
    period: { from: "2026-11-01", to: "2026-11-26", grain: "month" },
    workspace: { today: "2026-11-25" },
  },
  place: { language: "en", locale: "en-US", currency: "EUR" },
  texts: dictionaryOf("en"),
} as unknown as View;

const retention = (certain: boolean | null): Tile =>
  ({
    id: "customer-retention",
    kind: "ratio",
    better: "higher",
    currency: null,
    total: { value: 0.9556 } as Row,
    previous: 0.982,
    certain,
  }) as Tile;

describe("what got worse", () => {
  test.each([
    ["more than noise, however small", true, 1],
    ["within noise", false, 0],
    ["small, where noise cannot be told", null, 0],
  ] as const)("%s", (_, certain, count) => {
    expect(worseningOf(view, [retention(certain)])).toHaveLength(count);
  });

  test("the sentence never says that nothing got worse above a red change", () => {
    const said = sentenceOf(view, [retention(true)]).map((piece) => (typeof piece === "string" ? piece : piece.text));
    expect(said.join("")).toContain("What got worse the most: Retention, −2.6\u00a0pp.");
    expect(said.join("")).not.toContain("Nothing gets worse");
  });
});
