import { expect, test } from "vitest";
import type { AttributedRow } from "../../contract/attribution.ts";
import { agreedOn } from "./verdict.ts";

const row = (name: string | null, low: number, high: number, verdict: AttributedRow["verdict"]): AttributedRow => ({
  name,
  costs: 10,
  chosen: { credited: 0, value: low },
  results: [],
  range: { low, high, lowest: [], highest: [] },
  caused: null,
  customers: 0,
  verdict,
});

test("who gains, who loses and of whom it depends, in the order of the costs", () => {
  const free: AttributedRow = { ...row("email", 0, 0, null), costs: 0, range: null };
  const rows = [
    row("events", 0.1, 0.4, "robust"),
    row("display", -0.9, -0.2, "robust"),
    row("paid_social", -0.1, 0.3, "contested"),
    row("paid_search", 0.2, 0.2, "robust"),
    row("video", 0, 0, "robust"),
    row("affiliates", 0.1, 0.2, "unproven"),
    free,
    row(null, -1, -1, null),
  ];
  expect(agreedOn({ rows })).toEqual({
    gains: ["events", "paid_search"],
    loses: ["display"],
    unproven: ["affiliates"],
    depends: ["paid_social"],
  });
});
