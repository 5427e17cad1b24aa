import { keyOf, leadDelay, saleDelay, touchDelay } from "./delays.ts";
import { by, lot, replacing, textIf, type Morning } from "./morning.ts";

/** Leads that became part of another one only later, with the person that they were until then. */
const apart = (morning: Morning): string =>
  `apart AS (SELECT lead_id, created_at, person_id AS joined, ${keyOf("P", "lead_id")} AS person_id FROM 'files/lead.csv'
  WHERE merged_into IS NOT NULL AND NOT ${by(morning, "created_at", `12 + ${lot("lead_id", "merged", 80)}`)})`;

const nothing = "CAST(NULL AS VARCHAR)";

/** Leads with which somebody tried the forms: nobody had noticed yet that they are none. */
const tried = `
UNION ALL BY NAME
SELECT ${replacing("known", {
  lead_id: keyOf("X", "lead_id"),
  person_id: keyOf("X", "lead_id"),
  customer_id: nothing,
  disqualified_as: nothing,
  merged_into: nothing,
})} FROM known WHERE form IS NOT NULL AND ${lot("lead_id", "tried", 250)} = 0`;

/** Leads as they were known: not yet merged, not yet found to be no prospect, not yet customers. */
export function leadsThen(morning: Morning): string {
  const looked = by(morning, "l.created_at", `1 + ${lot("l.lead_id", "looked at", 14)}`);
  const then = replacing("l", {
    person_id: "coalesce(apart.person_id, l.person_id)",
    customer_id: textIf("l.customer_id IN (SELECT customer_id FROM signed)", "l.customer_id"),
    disqualified_as: textIf(`apart.lead_id IS NULL AND ${looked}`, "l.disqualified_as"),
    merged_into: textIf("apart.lead_id IS NULL", "l.merged_into"),
  });
  return `WITH ${apart(morning)},
${signed(morning)},
known AS (SELECT ${then} FROM 'files/lead.csv' AS l LEFT JOIN apart USING (lead_id)
  WHERE ${by(morning, "l.created_at", leadDelay("l.lead_id"))})
SELECT * FROM known${morning.tidied ? "" : tried}`;
}

/** Who had become a customer. */
export const signed = (morning: Morning): string =>
  `signed AS (SELECT customer_id FROM 'files/deal.csv' WHERE kind = 'new' AND outcome = 'won'
  AND ${by(morning, "closed_at", saleDelay("deal_id"))})`;

/** Stages that had been entered; what sales says to a lead is written down some days after. */
export function stagesThen(morning: Morning): string {
  const said = by(morning, "entered_at", 4);
  const isLater = "subject = 'customer' OR stage IN ('Ganada', 'Perdida')";
  const delay = `CASE WHEN ${isLater} THEN ${saleDelay("subject_id")} ELSE ${leadDelay("subject_id")} END`;
  return `SELECT ${replacing("s", { outcome: textIf(said, "outcome"), reason: textIf(said, "reason") })}
FROM 'files/stage_entry.csv' AS s WHERE ${by(morning, "entered_at", delay)}`;
}

/** The names of people as they were known. */
export const identitiesThen = (morning: Morning): string => `WITH ${apart(morning)}
SELECT ${replacing("i", { person_id: "coalesce(apart.person_id, i.person_id)" })} FROM 'files/identity.csv' AS i
LEFT JOIN apart ON apart.joined = i.person_id AND apart.created_at = i.seen_at WHERE ${by(morning, "i.seen_at")}`;

/** Touches that had been counted: those of some people arrive days later. */
export const touchesThen = (morning: Morning): string => `WITH ${apart(morning)}
SELECT ${replacing("t", { person_id: textIf("t.person_id IS NOT NULL", "coalesce(apart.person_id, t.person_id)") })}
FROM 'files/touch.csv' AS t
LEFT JOIN apart ON t.person_id IS NOT NULL AND apart.lead_id = ${keyOf("L", "t.touch_id")}
WHERE ${by(morning, "t.occurred_at", touchDelay("t.touch_id"))}`;
