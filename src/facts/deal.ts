import { instant, money, number, oneOf, required, table, text } from "../engine/table.ts";

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
});
