import { instant, required, table, text } from "../engine/table.ts";

/** A company or person that buys. One with a `parent_id` belongs to another one, and is a new customer only together with it. */
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
    parent_id: text,
  },
  rules: [{ holds: "parent_id IS DISTINCT FROM customer_id", reason: "a customer cannot belong to itself" }],
});
