import { laterOdds, stepOdds } from "../deal.ts";
import { leadDelay, saleDelay } from "./delays.ts";
import { signed } from "./leads.ts";
import { by, byDay, late, replacing, textIf, type Morning } from "./morning.ts";

const oddsOfStep = Object.entries(stepOdds)
  .map(([stage, odds]) => `WHEN '${stage}' THEN ${odds}`)
  .join(" ");

/** Deals as they stood: what closed later was open, in the stage that it had reached. */
export function dealsThen(morning: Morning): string {
  const closed = `coalesce(d.outcome <> 'open' AND ${by(morning, "d.closed_at", saleDelay("d.deal_id"))}, false)`;
  const then = replacing("d", {
    outcome: `CASE WHEN ${closed} THEN d.outcome ELSE 'open' END`,
    closed_at: `CASE WHEN ${closed} THEN d.closed_at END`,
    customer_id: textIf(`${closed} OR d.kind <> 'new'`, "d.customer_id"),
    lost_reason: textIf(closed, "d.lost_reason"),
    stage: `CASE WHEN ${closed} THEN d.stage ELSE reached.stage END`,
    probability: `CASE WHEN ${closed} THEN NULL WHEN d.kind <> 'new' THEN ${laterOdds} ELSE CASE reached.stage ${oddsOfStep} END END`,
  });
  return `WITH reached AS (SELECT subject_id, arg_max(stage, (entered_at, stage)) AS stage FROM 'files/stage_entry.csv'
  WHERE subject = 'deal' AND stage NOT IN ('Ganada', 'Perdida') AND ${by(morning, "entered_at")} GROUP BY subject_id)
SELECT ${then} FROM 'files/deal.csv' AS d LEFT JOIN reached ON reached.subject_id = d.deal_id
WHERE ${by(morning, "d.created_at", leadDelay("d.deal_id"))}`;
}

/** Customers who were customers already. */
export const customersThen = (morning: Morning): string => `WITH ${signed(morning)}
SELECT ${replacing("c", { onboarded_at: `CASE WHEN ${by(morning, "onboarded_at")} THEN onboarded_at END` })}
FROM 'files/customer.csv' AS c WHERE customer_id IN (SELECT customer_id FROM signed)`;

/** Invoices that were posted; what is paid back takes some days more. */
export function revenueThen(morning: Morning): string {
  const posting = `CASE WHEN kind IN ('refund', 'credit_note') THEN ${late("revenue_id", "refund", 1, 12)} ELSE ${late("revenue_id", "invoice", 12, 5)} END`;
  return `SELECT * FROM 'files/revenue.csv' WHERE ${byDay(morning, "occurred_on", `${saleDelay("customer_id")} + ${posting}`)}`;
}

/** What had become of subscriptions. */
export const subscriptionsThen = (morning: Morning): string =>
  `SELECT * FROM 'files/subscription_change.csv' WHERE ${byDay(morning, "occurred_on", saleDelay("customer_id"))}`;
