import type { Measure } from "../engine/measure.ts";
import { dimensionsOf } from "../engine/relation.ts";
import type { Variant } from "../indicators/definition.ts";

/** The dimensions that a question may name, in the order in which they are offered. */
export const publicDimensions = [
  "channel",
  "source",
  "medium",
  "campaign",
  "ad",
  "landing_page",
  "form",
  "event",
  "country",
  "segment",
  "size",
  "product",
  "pipeline",
  "rep",
  "created_by",
  "sourcer",
  "team",
  "manager",
  "stage",
  "kind",
  "lost_reason",
  "competitor",
  "disqualified_as",
  "rejection_reason",
  "self_reported_source",
  "category",
  "account",
  "device",
  "currency",
] as const;

const has = (measure: Measure, clock: "period" | "cohort", dimension: string): boolean =>
  dimension in dimensionsOf(measure, clock);

/** The dimensions that every part of the variant has, so that the value can be split by them. */
export function splitsOf(variant: Variant): string[] {
  const measures = Object.values(variant.parts);
  return publicDimensions.filter(
    (dimension) =>
      !variant.except.includes(dimension) &&
      variant.clocks.every((clock) => measures.every((measure) => has(measure, clock, dimension))),
  );
}

/** The facts of the variant that lack a dimension. */
export function lacking(variant: Variant, clock: "period" | "cohort", dimension: string): string[] {
  const tables = Object.values(variant.parts)
    .filter((measure) => !has(measure, clock, dimension))
    .map((measure) => factName(measure.table.name));
  return [...new Set(tables)];
}

const facts: Readonly<Record<string, string>> = {
  accrued_spend: "spend",
  lead_progress: "lead",
  handover: "lead",
  acquisition: "customer",
  subscription: "subscription_change",
  tenure: "customer",
  stay: "customer",
  cohort_revenue: "revenue",
  revenue_of_leads: "revenue",
  deals_of_leads: "deal",
  pipeline: "deal",
  expected_revenue: "revenue",
  expected_bookings: "deal",
};

/** The fact that a derived table or view comes from. */
export const factName = (table: string): string => facts[table] ?? table;
