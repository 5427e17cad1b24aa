-- What does a lead cost, by channel? Spend and leads are added up apart and joined afterwards.
-- {"indicator":"cost-per-lead","variant":"blended","by":["channel"],"from":"2026-05-01","to":"2026-06-01"}

WITH
  accrued_spend AS (
    SELECT accrued_spend.channel AS channel, sum(accrued_spend.amount * CASE WHEN accrued_spend.currency = 'EUR' THEN 1 WHEN accrued_spend.currency = 'EUR' THEN 1 ELSE rate.rate END) AS spend, min(CASE WHEN accrued_spend.currency NOT IN ('EUR', 'EUR') AND rate.rate IS NULL THEN CAST(accrued_spend.spent_on AS VARCHAR) || ' ' || accrued_spend.currency END) FILTER (WHERE accrued_spend.amount IS NOT NULL) AS missing_rate
    FROM main.accrued_spend AS accrued_spend
    LEFT JOIN main.rate AS rate ON rate.day = accrued_spend.spent_on AND rate.currency = accrued_spend.currency
      AND rate.known_to IS NULL
    WHERE accrued_spend.known_to IS NULL
      AND accrued_spend."day" >= DATE '2026-05-01'
      AND accrued_spend."day" < DATE '2026-06-01'
      AND accrued_spend.category IN (CAST('media' AS VARCHAR))
    GROUP BY 1),
  lead_progress AS (
    SELECT credit.channel AS channel, count(*) AS leads
    FROM main.lead_progress AS lead_progress
    LEFT JOIN main.credit AS credit ON credit.outcome_id = lead_progress.lead_id AND credit.outcome IN (CAST('lead' AS VARCHAR)) AND credit.last_non_direct = 1 AND credit.known_to IS NULL
    WHERE lead_progress.known_to IS NULL
      AND lead_progress.created_on >= DATE '2026-05-01'
      AND lead_progress.created_on < DATE '2026-06-01'
    GROUP BY 1),
  keys AS (
    SELECT channel FROM accrued_spend
    UNION SELECT channel FROM lead_progress),
  answer AS (
    SELECT keys.channel, coalesce(accrued_spend.spend, 0) AS spend, coalesce(lead_progress.leads, 0) AS leads, coalesce(accrued_spend.missing_rate, NULL) AS missing_rate
    FROM keys
    LEFT JOIN accrued_spend ON accrued_spend.channel IS NOT DISTINCT FROM keys.channel
    LEFT JOIN lead_progress ON lead_progress.channel IS NOT DISTINCT FROM keys.channel)
SELECT *, CAST(spend AS DOUBLE) / nullif(CAST(leads AS DOUBLE), 0) AS value
FROM answer
ORDER BY spend DESC, channel

-- paid_search  spend 300  leads 2  = 150
-- display  spend 90  leads 0  = no value (no-denominator)
-- (none)  spend 50  leads 1  = 50
-- email  spend 0  leads 1  = 0
