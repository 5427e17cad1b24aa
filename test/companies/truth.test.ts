import { expect, test } from "vitest";
import { bandsHeld, scoresOf } from "../../bench/right.ts";
import { simulated, type Size } from "../../bench/simulated.ts";

const size: Size = { leads: 1500, touches: 6000, settings: "models" };
const nothing = { right: 0, n: 0 };

/** `npm run bench -- truth` does the same with two hundred companies. */
test(
  "robust verdicts are right about simulated companies whose truth is known, and bands hold it",
  { timeout: 120_000 },
  async () => {
    const companies = [await simulated(1, size), await simulated(3, size), await simulated(8, size)];
    const scores = scoresOf(companies);
    const { right, n } = scores.get("sign robust") ?? nothing;
    expect(n).toBeGreaterThan(3);
    expect(right / n).toBeGreaterThanOrEqual(0.95);
    const order = scores.get("order robust") ?? nothing;
    expect(order.right).toBe(order.n);
    const held = bandsHeld(companies);
    expect(held.right / held.n).toBeGreaterThanOrEqual(0.9);
  },
);
