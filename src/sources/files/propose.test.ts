import { expect, test } from "vitest";
import { factNamed } from "../../facts/index.ts";
import type { Table } from "../../engine/table.ts";
import { proposeMapping } from "./index.ts";

const proposed = (fact: string, ...columns: string[]) => proposeMapping(factNamed(fact) as Table, columns);

test("equal names win over synonyms, and each is used once", () => {
  expect(
    proposed("deal", "ID", "importe", "amount", "Fecha creación", "fechaCierre", "VENDEDOR", "Etapa", "moneda"),
  ).toEqual({
    ID: "deal_id",
    amount: "amount",
    "Fecha creación": "created_at",
    fechaCierre: "closed_at",
    VENDEDOR: "rep",
    Etapa: "stage",
    moneda: "currency",
  });
});

test("exports in English", () => {
  expect(proposed("spend", "Date", "Campaign", "Amount Spent", "Impressions", "Link clicks", "Currency")).toEqual({
    Date: "day",
    Campaign: "campaign",
    "Amount Spent": "amount",
    Impressions: "impressions",
    "Link clicks": "clicks",
    Currency: "currency",
  });
});

test("what is not plain is left to a person", () => {
  expect(proposed("lead", "foo", "x1")).toEqual({});
});
