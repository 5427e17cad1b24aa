import { day, money, number, oneOf, required, table, text } from "../engine/table.ts";
import { creditedAs } from "./derived/credit.ts";
import { revenueOwner } from "./derived/owners.ts";
import { joinsOfPeople } from "./derived/person.ts";
import { dimensionsOfRep } from "./rep.ts";

/** Money earned on a day; refunds and credit notes are negative, on their own day, and name the sale they refund. */
export const revenue = table("revenue", {
  key: ["revenue_id"],
  columns: {
    revenue_id: required(text),
    customer_id: required(text),
    occurred_on: required(day),
    amount: required(money),
    currency: required(text),
    kind: oneOf("new", "renewal", "expansion", "one_off", "refund", "credit_note"),
    refund_of: text,
    deal_id: text,
    lead_id: text,
    product: text,
    rep: text,
    channel: text,
    campaign: text,
    country: text,
    segment: text,
    units: number,
    tax: money,
    product_cost: money,
  },
  dimensions: { ...creditedAs("revenue", "revenue_id"), ...dimensionsOfRep },
  joins: joinsOfPeople({ table: revenueOwner, on: "revenue_id", column: "owner" }),
  reversal: [{ on: "column", name: "kind", test: { kind: "in", values: ["refund", "credit_note"] } }],
  rules: [
    {
      holds: "coalesce(kind NOT IN ('refund', 'credit_note'), true) OR amount <= 0",
      reason: "a refund or credit note must be negative",
    },
  ],
});
