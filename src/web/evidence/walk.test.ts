import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Bridge, Bucket } from "../../contract/bridge.ts";
import { linesOf, sharedRows } from "./walk.ts";

const bucket = (side: Bucket["side"], left: number, right: number, rows = 1): Bucket => ({
  side,
  reason: "unknown",
  rows,
  left,
  right,
  examples: [],
});

const bridgeOf = (buckets: Bucket[]): Bridge => {
  const side = (value: number) => ({ question: { indicator: "leads" }, title: "", part: "leads", value });
  const left = buckets.reduce((sum, each) => sum + each.left, 0);
  const right = buckets.reduce((sum, each) => sum + each.right, 0);
  return { left: side(left), right: side(right), difference: left - right, entity: "lead", buckets, rows: [] };
};

test("marketing counts 400, sales 210: 230 only here, 40 only there, 170 in both", () => {
  const bridge = bridgeOf([bucket("both", 170, 170, 170), bucket("right", 0, 40, 40), bucket("left", 230, 0, 230)]);
  expect(linesOf(bridge).map(({ change }) => change)).toEqual([-230, 40]);
  expect([bridge.left.value, sharedRows(bridge), bridge.right.value]).toEqual([400, 170, 210]);
});

test("the lines lead from the left number to the right one, whatever the buckets", () => {
  const amount = fc.integer({ min: 0, max: 500 });
  const bucketOf = fc
    .tuple(fc.constantFrom("left" as const, "right" as const, "both" as const), amount, amount)
    .map(([side, left, right]) => bucket(side, side === "right" ? 0 : left, side === "left" ? 0 : right));
  fc.assert(
    fc.property(fc.array(bucketOf), (buckets) => {
      const bridge = bridgeOf(buckets);
      const end = linesOf(bridge).reduce((sum, { change }) => sum + change, bridge.left.value);
      expect(end).toBe(bridge.right.value);
    }),
    { seed: 3 },
  );
});
