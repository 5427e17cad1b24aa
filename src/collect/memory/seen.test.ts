import { expect, test } from "vitest";
import { openSeen } from "./seen.ts";

test("a key is remembered until twice as many came after it, and the latest always are", async () => {
  const seen = openSeen(3);
  for (const key of ["a", "b", "c", "d", "e", "f"]) seen.add(key, Promise.resolve());
  expect(["a", "d", "f"].map((key) => seen.find(key) !== undefined)).toEqual([true, true, true]);
  seen.add("g", Promise.resolve());
  expect(["a", "d", "f", "g"].map((key) => seen.find(key) !== undefined)).toEqual([false, true, true, true]);
});

test("what could not be written is not remembered, and whoever sent it again meanwhile hears of it", async () => {
  const seen = openSeen();
  const { promise, reject } = Promise.withResolvers<void>();
  seen.add("a", promise);
  const again = seen.find("a");
  reject(new Error("the disk is full"));
  await expect(again).rejects.toThrow("the disk is full");
  expect(seen.find("a")).toBeUndefined();
});
