import { instant, money, number, oneOf, required, table, text } from "../engine/table.ts";
import { creditedAs } from "./derived/credit.ts";
import { dealSize } from "./derived/deal-size.ts";
import { dealOwner } from "./derived/owners.ts";
import { joinsOfPeople } from "./derived/person.ts";
import { dimensionsOfRep } from "./rep.ts";

/** An opportunity. `rep` owned it at the close or owns it now, `created_by` at creation; `probability` is 0..1. */
export const deal = table("deal", {
  key: ["deal_id"],
  columns: {
    deal_id: required(text),
    created_at: required(instant),
    outcome: required(oneOf("open", "won", "lost")),
    closed_at: instant,
    lead_id: text,
    customer_id: text,
    amount: money,
    currency: text,
    stage: text,
    probability: number,
    pipeline: text,
    product: text,
    channel: text,
    source: text,
    campaign: text,
    country: text,
    segment: text,
    rep: text,
    created_by: text,
    sourcer: text,
    competitor: text,
    lost_reason: text,
    kind: oneOf("new", "expansion", "renewal"),
  },
  dimensions: {
    ...creditedAs("deal", "deal_id"),
    ...dimensionsOfRep,
    size: { table: dealSize, on: [["deal_id", "deal_id"]], column: "size" },
  },
  joins: joinsOfPeople({ table: dealOwner, on: "deal_id", column: "owner" }),
  rules: [
    { holds: "outcome = 'open' OR closed_at IS NOT NULL", reason: "closed_at is required unless the outcome is open" },
    { holds: "probability IS NULL OR probability BETWEEN 0 AND 1", reason: "probability must be between 0 and 1" },
  ],
});
