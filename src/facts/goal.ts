import { day, instant, money, oneOf, required, table, text } from "../engine/table.ts";

/** A target for an indicator in one period: of the company, or of a team, rep, segment, channel, campaign or product. */
export const goal = table("goal", {
  key: ["indicator", "variant", "scope_kind", "scope", "period_start", "grain"],
  columns: {
    indicator: required(text),
    variant: text,
    scope_kind: required(oneOf("company", "team", "rep", "segment", "channel", "campaign", "product")),
    scope: text,
    period_start: required(day),
    grain: required(oneOf("day", "week", "month", "quarter", "year")),
    target: required(money),
    currency: text,
    set_by: text,
    set_at: instant,
  },
  rules: [
    { holds: "scope_kind = 'company' OR scope IS NOT NULL", reason: "scope is required unless scope_kind is company" },
    {
      holds: "date_trunc(grain, period_start) = period_start",
      reason: "period_start is not the first day of a period of its grain",
    },
  ],
});
