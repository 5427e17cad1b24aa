import { derived, instant, oneOf, required, table, text } from "../engine/table.ts";

/** Why a lead is no prospect. */
export const disqualifications = ["test", "duplicate", "partner", "student", "competitor", "vendor", "other"] as const;

/** What is known of a lead beside when it came. */
export const leadAttributes = {
  person_id: text,
  customer_id: text,
  channel: text,
  source: text,
  medium: text,
  campaign: text,
  ad: text,
  landing_page: text,
  form: text,
  country: text,
  segment: text,
  rep: text,
  created_by: text,
  sourcer: text,
  disqualified_as: oneOf(...disqualifications),
  self_reported_source: text,
} as const;

/**
 * A person or company that showed interest. `rep` owns it now, `created_by` owned it at creation. `visitor`, `email`, `phone`
 * and `click_id` say who it is where the person is known by other names elsewhere.
 */
export const lead = table("lead", {
  key: ["lead_id"],
  columns: {
    lead_id: required(text),
    created_at: required(instant),
    ...leadAttributes,
    visitor: text,
    email: text,
    phone: text,
    click_id: text,
    merged_into: text,
    /** The rule that gave the channel, where no source does. */
    channel_rule: derived(text),
  },
  rules: [{ holds: "merged_into IS DISTINCT FROM lead_id", reason: "a lead cannot be merged into itself" }],
});
