import { day, money, oneOf, required, table, text } from "../engine/table.ts";

/** A change of what a customer pays each month; `mrr_after` is the monthly amount from that day on. */
export const subscriptionChange = table("subscription_change", {
  key: ["customer_id", "product", "occurred_on", "kind"],
  columns: {
    customer_id: required(text),
    occurred_on: required(day),
    kind: required(oneOf("start", "expansion", "contraction", "churn", "reactivation", "pause", "resume")),
    mrr_after: required(money),
    currency: required(text),
    product: text,
    reason: text,
  },
  rules: [{ holds: "mrr_after >= 0", reason: "mrr_after must not be negative" }],
});
