import { describe, expect, test } from "vitest";
import { dictionaryOf } from "../locales/index.ts";
import { formulaText, partName, reasonOf, valueName } from "./view.tsx";

const es = dictionaryOf("es");
const en = dictionaryOf("en");

describe("words for ids", () => {
  test.each([
    ["won ÷ closed", "ganadas ÷ cerradas"],
    ["1 − retained ÷ at start", "1 − clientes retenidos ÷ clientes al inicio"],
    ["retained_revenue ÷ revenue at start", "ingreso retenido ÷ ingreso al inicio"],
    ["(revenue × 0.78 − costs) ÷ costs", "(ingresos × 0.78 − costos) ÷ costos"],
    ["visits ÷ unknown", "visits ÷ unknown"],
  ])("the formula %s is %s", (formula, told) => expect(formulaText(es, formula)).toBe(told));

  test("a name is put in place once", () => {
    expect(formulaText(en, "retained revenue ÷ revenue_at_start")).toBe("revenue retained ÷ revenue at the start");
  });

  test("what a company named itself stays readable", () => {
    expect(partName(es, "trial_signups")).toBe("trial signups");
    expect(valueName(es, "channel", "paid_search")).toBe("Búsqueda pagada");
    expect(valueName(es, "campaign", "paid_search")).toBe("paid_search");
    expect(valueName(es, "constructor", "name")).toBe("name");
    expect(valueName(es, "rep", null)).toBe("(sin dato)");
  });

  test("a missing value has its reason", () => {
    expect(reasonOf(es, ["no-denominator"], { costs: 10, customers: 0 })).toBe("sin denominador: 0 clientes");
    expect(reasonOf(en, ["not-recorded"])).toBe("not recorded");
    expect(reasonOf(en, ["not-recorded"], { spend: null, leads: 3 })).toBe("not recorded: spend");
    expect(reasonOf(en, [])).toBe("not enough data");
  });
});
