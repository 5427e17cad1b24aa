import { expect, test } from "vitest";
import { endOfDay } from "./knowledge.ts";

test.each([
  ["2026-11-22", "UTC", "2026-11-22T23:59:59.999Z"],
  ["2026-11-22", "America/Mexico_City", "2026-11-23T05:59:59.999Z"],
  ["2026-11-22", "Asia/Kolkata", "2026-11-22T18:29:59.999Z"],
  ["2026-03-29", "Europe/Madrid", "2026-03-29T21:59:59.999Z"],
  ["2026-10-25", "Europe/Madrid", "2026-10-25T22:59:59.999Z"],
])("%s ends in %s at %s", (day, zone, instant) => {
  expect(endOfDay(day, zone)).toBe(instant);
});
