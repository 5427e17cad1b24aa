import { expect, test } from "vitest";
import { examplesText } from "./examples.ts";

test.each([
  [["L1", "L2", "L3", "L4"], "L1, L2, L3"],
  [["google · 2026-10-01 ·  · EUR", "meta · 2026-10-02 ·  · EUR"], "google · 2026-10-01 · EUR"],
  [
    ["google-ads-es · 2026-10-05 · media · paid_search · google · Search · CRM"],
    "google-ads-es · 2026-10-05 · media · paid_search · google ·…",
  ],
  [[], ""],
])("%j are told as %s", (names, told) => expect(examplesText(names)).toBe(told));
