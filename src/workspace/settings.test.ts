import { describe, expect, test } from "vitest";
import { Problem } from "../engine/problem.ts";
import { parseSettings, references, workWeek } from "./settings.ts";

const head = "name: Andina\ncurrency: COP\ntime_zone: America/Bogota\n";

function problem(text: string): Problem {
  try {
    parseSettings(text, "embudo.yaml");
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("the settings were accepted");
}

test("what is left out has its documented default", () => {
  const { settings } = parseSettings(head, "embudo.yaml");
  expect(settings).toMatchObject({
    languages: ["es", "en"],
    stages: { mql: ["mql"], sql: ["sql"] },
    model: "last_non_direct",
    look_back_days: 90,
    gross_margin: 1,
    include_product_cost: false,
    sources: {},
  });
  expect(settings.revenue).toBeUndefined();
});

test("a stage may have one name or several", () => {
  const { settings } = parseSettings(`${head}stages:\n  mql: Calificado\n  sql: [Aceptado, En venta]\n`, "embudo.yaml");
  expect(settings.stages).toEqual({ mql: ["Calificado"], sql: ["Aceptado", "En venta"] });
});

test("costs of acquisition leave the product out unless it is asked in", () => {
  const costs = (text: string) =>
    references(parseSettings(head + text, "embudo.yaml").settings).lists["acquisition_costs"];
  expect(costs("")).not.toContain("product");
  expect(costs("")).toContain("salaries");
  expect(costs("include_product_cost: true\n")).toContain("product");
});

test("a scoreboard names its indicators in short or spelt out", () => {
  const board = `scoreboards:
  north:
    title: Ventas norte
    filters: {team: North, channel: [email, events]}
    indicators: [leads, win-ratio:closed, {indicator: sales-revenue, variant: net}]
`;
  expect(parseSettings(head + board, "embudo.yaml").settings.scoreboards).toEqual({
    north: {
      title: "Ventas norte",
      filters: { team: ["North"], channel: ["email", "events"] },
      indicators: [
        { indicator: "leads" },
        { indicator: "win-ratio", variant: "closed" },
        { indicator: "sales-revenue", variant: "net" },
      ],
    },
  });
});

test("holidays and working days make the calendar of the company", () => {
  const { settings } = parseSettings(`${head}working_days: [mon, sat]\nholidays: [2026-12-25]\n`, "embudo.yaml");
  expect(workWeek(settings)).toEqual({ days: ["mon", "sat"], holidays: ["2026-12-25"] });
});

describe("a mistake is told with its line and column", () => {
  test.each([
    ["a currency that is no code", "name: A\ncurrency: pesos\ntime_zone: UTC\n", 2, 1],
    ["a zone that does not exist", "name: A\ncurrency: COP\ntime_zone: Bogotá\n", 3, 1],
    ["a key that does not exist", `${head}curency: EUR\n`, 4, 1],
    ["a key of stages that does not exist", `${head}stages:\n  mqls: a\n`, 5, 3],
    ["a number out of its bounds", `${head}gross_margin: 60\n`, 4, 1],
    ["a model that does not exist", `${head}model: nearest\n`, 4, 1],
    ["a category that does not exist", `${head}marketing_costs: [media, agencies]\n`, 4, 26],
    ["a key twice", `${head}name: B\n`, 4, 1],
    ["a broken line", `${head}languages: [es\nlocale: es-CO\n`, 5, 1],
    ["a holiday that is no day", `${head}holidays: [2026-12-25, 2026-02-30]\n`, 4, 24],
    ["a day of the week that does not exist", `${head}working_days: [mon, lunes]\n`, 4, 21],
    ["a scoreboard without indicators", `${head}scoreboards:\n  north:\n    indicators: []\n`, 6, 5],
    ["an indicator that is none", `${head}scoreboards:\n  north:\n    indicators: [leads, "a:b:c"]\n`, 6, 25],
    ["a key of a scoreboard", `${head}scoreboards:\n  north:\n    indicator: [leads]\n    indicators: [leads]\n`, 6, 5],
    ["a name with a blank", `${head}scoreboards:\n  the north: {indicators: [leads]}\n`, 5, 3],
    ["a source without a kind", `${head}sources:\n  crm:\n    facts: {}\n`, 5, 3],
  ])("%s", (_, text, line, column) => {
    const found = problem(text);
    expect(found.code).toBe("settings-invalid");
    expect([found.message, found.detail["line"], found.detail["column"]]).toEqual([
      expect.stringContaining(`embudo.yaml, line ${line}, column ${column}: `),
      line,
      column,
    ]);
  });

  test("an empty file lacks what is required", () => {
    expect(problem("")).toMatchObject({ code: "settings-invalid", detail: { line: 1, column: 1 } });
  });

  test("a place below a source can be pointed at later", () => {
    const { problemAt } = parseSettings(
      `${head}sources:\n  crm:\n    kind: files\n    facts:\n      deals: SELECT 1\n`,
      "embudo.yaml",
    );
    expect(problemAt(["sources", "crm", "facts", "deals"], "deals is no fact").detail).toMatchObject({
      line: 8,
      column: 7,
    });
  });
});

describe("sites", () => {
  const base = "name: A\ncurrency: EUR\ntime_zone: UTC\n";
  const read = (text: string) => parseSettings(base + text, "embudo.yaml");

  test("are taken with their defaults, and are no words of the company", () => {
    const { settings, stated } = read("sites: {www: {origins: ['https://www.example.com']}}");
    expect(settings.sites).toEqual({
      www: { origins: ["https://www.example.com"], consent: "asked", leads: [], proxies: 1, per_second: 1000 },
    });
    expect(stated).not.toHaveProperty("sites");
  });

  test.each([
    ["sites: {WWW: {}}", "Invalid key"],
    ["sites: {www: {origins: ['https://www.example.com/']}}", "expected an origin"],
    ["sites: {www: {origins: ['www.example.com']}}", "expected an origin"],
    ["sites: {www: {secret: hunter2}}", "not the secret"],
    ["sites: {www: {}}\nsources: {web: {kind: files}}", "another name"],
  ])("%s is refused", (text, reason) => expect(() => read(text)).toThrow(reason));
});
