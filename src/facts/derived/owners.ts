import { raw, sql, type Sql } from "../../engine/sql.ts";
import { required, table, text } from "../../engine/table.ts";
import { personOfLead } from "./person.ts";

const owner = required(text);

/** The people behind each lead by the names that sources state: of the lead itself, and of all that were merged into it. */
export const leadOwner = table("lead_owner", {
  key: ["lead_id", "owner"],
  columns: { lead_id: required(text), owner },
});

/** Those behind the lead that a deal goes back to. */
export const dealOwner = table("deal_owner", {
  key: ["deal_id", "owner"],
  columns: { deal_id: required(text), owner },
});

/** Those behind the lead that a payment goes back to. */
export const revenueOwner = table("revenue_owner", {
  key: ["revenue_id", "owner"],
  columns: { revenue_id: required(text), owner },
});

/** Two rows for as long as both were believed. */
const both = (one: string, other: string): Sql =>
  raw(
    `greatest(${one}.known_from, ${other}.known_from) AS known_from, least(${one}.known_to, ${other}.known_to) AS known_to`,
  );

const together = (one: string, other: string): Sql =>
  raw(`${one}.known_from < coalesce(${other}.known_to, TIMESTAMP 'infinity')
      AND ${other}.known_from < coalesce(${one}.known_to, TIMESTAMP 'infinity')`);

const ofSale = (fact: "deal" | "revenue"): Sql => sql`CREATE OR REPLACE VIEW ${raw(fact)}_owner AS
  SELECT outcome_id AS ${raw(fact)}_id, owner, ${both("origin", "lead_owner")}
  FROM origin JOIN lead_owner ON lead_owner.lead_id = origin.lead_id AND ${together("origin", "lead_owner")}
  WHERE outcome = ${raw(`'${fact}'`)}`;

/** The views behind these tables. Of a circle of merges, whose leads stay themselves, each has the names of all. */
export const ownerViews: readonly Sql[] = [
  sql`CREATE OR REPLACE VIEW lead_owner AS
  WITH RECURSIVE merged AS (
    SELECT merged_into AS lead_id, ${personOfLead} AS owner, known_from, known_to FROM lead WHERE merged_into IS NOT NULL
    UNION
    SELECT lead.merged_into, owner, ${both("lead", "merged")}
    FROM merged JOIN lead ON lead.lead_id = merged.lead_id AND ${together("lead", "merged")}
    WHERE lead.merged_into IS NOT NULL),
  named AS (
    SELECT lead_id, ${personOfLead} AS owner, known_from, known_to FROM lead
    UNION ALL
    SELECT lead_id, owner, known_from, known_to FROM merged)
  SELECT * FROM named WHERE owner IS NOT NULL`,
  ofSale("deal"),
  ofSale("revenue"),
];
