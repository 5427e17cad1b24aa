import { expect, test } from "vitest";
import { bound, join, name, quoteName, raw, runnable, sql, typed } from "./sql.ts";

test("values travel apart from the text, and are written into it where it must run as it stands", () => {
  const query = sql`SELECT ${name("order")} FROM t WHERE a = ${"it's"} AND b > ${3} AND c IS NOT DISTINCT FROM ${null} AND d = ${true}`;
  expect(bound(query)).toEqual({
    text: 'SELECT "order" FROM t WHERE a = $1 AND b > $2 AND c IS NOT DISTINCT FROM $3 AND d = $4',
    values: ["it's", 3, null, true],
  });
  expect(runnable(query)).toBe(
    `SELECT "order" FROM t WHERE a = 'it''s' AND b > 3 AND c IS NOT DISTINCT FROM NULL AND d = true`,
  );
});

test("fragments nest, and their values keep their order", () => {
  const condition = join([sql`a = ${1}`, sql`b = ${"x"}`], " AND ");
  expect(bound(sql`${raw("SELECT")} ${0} WHERE ${condition} LIMIT ${9}`)).toEqual({
    text: "SELECT $1 WHERE a = $2 AND b = $3 LIMIT $4",
    values: [0, 1, "x", 9],
  });
});

test("a typed value is cast where it stands", () => {
  const day = sql`d >= ${typed("2026-05-01", "DATE")}`;
  expect(bound(day).text).toBe("d >= CAST($1 AS DATE)");
  expect(runnable(day)).toBe("d >= CAST('2026-05-01' AS DATE)");
});

test.each([
  ["orders", "orders"],
  ["cost", '"cost"'],
  ["Group", '"Group"'],
  ["a b", '"a b"'],
  ['say "x"', '"say ""x"""'],
  ["1st", '"1st"'],
  ["año", '"año"'],
])("the name %s is written %s", (identifier, text) => {
  expect(quoteName(identifier)).toBe(text);
});

test("joining nothing is nothing", () => {
  expect(bound(join([], ", "))).toEqual({ text: "", values: [] });
});
