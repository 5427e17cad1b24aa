import { expect, test } from "vitest";
import { alike } from "./loader.ts";

const parts = (...all: [string, "count" | "money" | "days"][]) => ({ parts: all.map(([id, unit]) => ({ id, unit })) });

test.each([
  [parts(["spend", "money"], ["leads", "count"]), parts(["leads", "count"]), { part: "leads", againstPart: "leads" }],
  [parts(["mqls", "count"]), parts(["sqls", "count"]), { part: "mqls", againstPart: "sqls" }],
  [
    parts(["mqls", "count"], ["leads", "count"]),
    parts(["created", "count"], ["leads", "count"]),
    { part: "leads", againstPart: "leads" },
  ],
  [parts(["revenue", "money"]), parts(["leads", "count"]), undefined],
  [parts(["age", "days"]), parts(["age", "days"]), undefined],
])("%j against %j", (left, right, pair) => {
  expect(alike(left, right)).toEqual(pair);
});
