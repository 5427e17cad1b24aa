import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { company, type Format } from "./test-company.ts";

let here: Awaited<ReturnType<typeof company>>;
beforeEach(async () => {
  here = await company();
});
afterEach(() => here.end());

describe("numbers and dates", () => {
  const one = async (values: readonly string[], format: Format = {}) => {
    here.write("x.csv", `v;w\n${values.map((value) => `${value};.\n`).join("")}`);
    const { rows, types, rounds } = await here.load("SELECT v FROM 'x.csv'", format);
    return { values: rows.map((row) => row["v"]), type: types[0], rounds };
  };

  test.each<[string[], string, unknown[]]>([
    [["1.234", "2.500"], "VARCHAR", ["1.234", "2.500"]],
    [["1,234", "500"], "VARCHAR", ["1,234", "500"]],
    [["12,5", "3"], "VARCHAR", ["12,5", "3"]],
    [["03/04/2026"], "VARCHAR", ["03/04/2026"]],
    [["13/04/2026 10:00"], "VARCHAR", ["13/04/2026 10:00"]],
    [["00123", "456"], "VARCHAR", ["00123", "456"]],
    [["0.125", "12.5"], "DECIMAL(18,9)", [0.125, 12.5]],
    [["1.234", "12.5"], "DECIMAL(18,9)", [1.234, 12.5]],
    [["-3", "8"], "BIGINT", [-3, 8]],
    [["1e-5", "2.5"], "DOUBLE", [0.00001, 2.5]],
    [["2026-01-01T10:00:00+02:00"], "TIMESTAMP WITH TIME ZONE", ["2026-01-01T08:00:00Z"]],
    [["2026-01-01 10:00:00 UTC"], "TIMESTAMP WITH TIME ZONE", ["2026-01-01T10:00:00Z"]],
    [["2026-01-01 4:30:21"], "TIMESTAMP", ["2026-01-01T04:30:21Z"]],
    [["2026-01-01", "2026-01-01 10:00:00"], "VARCHAR", ["2026-01-01", "2026-01-01 10:00:00"]],
    [["2026-01-01 10:00:00", "2026-01-01 10:00:00Z"], "VARCHAR", ["2026-01-01 10:00:00", "2026-01-01 10:00:00Z"]],
  ])("undeclared, %j is %s", async (values, type, read) => {
    const result = await one(values);
    expect([result.type, new Set(result.values)]).toEqual([type, new Set(read)]);
  });

  test.each<[string[], Format, unknown[]]>([
    [["1.234,56", "12,5", "1.234"], { decimal: "," }, [1234.56, 12.5, 1234]],
    [["12,5", "-0,25"], { decimal: "," }, [12.5, -0.25]],
    [["1,234.56", "12.5"], { decimal: "." }, [1234.56, 12.5]],
    [["12.5", "1,5"], { decimal: "." }, ["12.5", "1,5"]],
    [["1.5", "2"], { decimal: "," }, ["1.5", "2"]],
    [["31/12/2026", "3/4/2026"], { dates: "dd/mm/yyyy" }, ["2026-12-31", "2026-04-03"]],
    [["12/31/26"], { dates: "m/d/yy" }, ["2026-12-31"]],
    [
      ["31.12.2026 08:05", "31.12.2026 08:05:09"],
      { dates: "dd.mm.yyyy" },
      ["2026-12-31T08:05:00Z", "2026-12-31T08:05:09Z"],
    ],
    [["2026-12-31"], { dates: "dd/mm/yyyy" }, ["2026-12-31"]],
    [["31/12/26"], { dates: "dd/mm/yyyy" }, ["31/12/26"]],
    [["12/31/2026"], { dates: "dd/mm/yyyy" }, ["12/31/2026"]],
  ])("of %j declared as %j is read exactly", async (values, format, read) => {
    expect(new Set((await one(values, format)).values)).toEqual(new Set(read));
  });

  test.each<[string, string, string, Format]>([
    ["7", "8.5", "DECIMAL(18,9)", {}],
    ["7", "00123", "VARCHAR", {}],
    ["700", "1.234", "VARCHAR", {}],
    ["700", "1.234", "DECIMAL(18,9)", { decimal: "," }],
    ["7.5", "n/a", "VARCHAR", {}],
    ["7.5", "5000000000.25", "DOUBLE", {}],
    ["7.5", "   ", "DECIMAL(18,9)", {}],
    ["1.234,5", "1.5", "VARCHAR", { decimal: "," }],
    ["2026-01-01", "31/12/2026", "VARCHAR", {}],
    ["2026-01-01 10:00:00", "2026-01-01 10:00:00+02", "VARCHAR", {}],
    ["2026-01-01 10:00:00", "2026-01-01 10:00-05", "VARCHAR", {}],
    ["31/12/2026", "31/12/26", "VARCHAR", { dates: "dd/mm/yyyy" }],
  ])(
    "%j in the first lines and %j in a later one is read again as %s, and no line is lost",
    async (early, late, type, format) => {
      const result = await one([...Array.from({ length: 20_000 }, () => early), late], format);
      expect([result.type, result.rounds, result.values.length]).toEqual([type, 2, 20_001]);
      if (type === "VARCHAR") expect(result.values).toContain(late);
    },
  );

  test("that turn out not to be numbers are left out and told when the SELECT calculates with them", async () => {
    here.write("x.csv", `v,w\n${"7.5,a\n".repeat(20_000)}n/a,b\n7.5,c\n`);
    const { rows, rounds, unreadable } = await here.load("SELECT v * 2 AS amount, w FROM 'x.csv'");
    expect([rows.length, rows.at(-1), rounds]).toEqual([20_001, { amount: 15, w: "c" }, 2]);
    expect(unreadable).toEqual([
      { file: "x.csv", line: 0, raw: '{"v":"n/a","w":"b"}', reason: expect.stringContaining("v: n/a is no DECIMAL") },
    ]);
    expect((await here.load("SELECT v AS amount FROM 'x.csv'")).unreadable).toEqual([]);
  });
});
