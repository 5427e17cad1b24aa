import { instant, required, table, text } from "../engine/table.ts";

/** A company or person that buys. */
export const customer = table("customer", {
  key: ["customer_id"],
  columns: {
    customer_id: required(text),
    name: text,
    segment: text,
    country: text,
    channel: text,
    campaign: text,
    product: text,
    rep: text,
    onboarded_at: instant,
  },
});
