import { expect, test } from "vitest";
import { timeOf } from "./times.ts";

const hour = 3_600_000;
const received = Date.parse("2026-11-23T10:00:00Z");

test.each([
  ["nothing is told", {}, 0, undefined],
  ["it was sent at once", { at: received, sent: received }, 0, undefined],
  ["it waited for three hours", { at: received - 3 * hour, sent: received }, -3, undefined],
  ["the sender's clock is a year behind", { at: received - 8761 * hour, sent: received - 8760 * hour }, -1, undefined],
  ["the sender's clock is a year ahead", { at: received + 8759 * hour, sent: received + 8760 * hour }, -1, undefined],
  ["the sender's clock went back before it was sent", { at: received + hour, sent: received }, 0, undefined],
  ["exactly as late as may be", { at: received - 48 * hour }, -48, undefined],
  ["later than may be", { at: received - 49 * hour }, -48, "late"],
  ["in the future", { at: received + hour }, 0, undefined],
  ["further in the future than may be", { at: received + 49 * hour }, 0, "future"],
])("%s", (_, told, hours, flag) => {
  const { at, flag: found } = timeOf(told, received);
  expect([(at - received) / hour, found]).toEqual([hours, flag]);
});
