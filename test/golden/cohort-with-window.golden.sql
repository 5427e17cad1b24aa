-- Of the leads of May, how many became MQLs within 30 days?
-- {"indicator":"marketing-qualified-leads","variant":"rate","window":30,"from":"2026-05-01","to":"2026-06-01"}

WITH
  lead_progress AS (
    SELECT count(*) FILTER (WHERE (lead_progress.mql_on - lead_progress.created_on) <= 30) AS mqls, count(*) AS leads, count(*) AS entered, sum(CASE WHEN lead_progress.created_on <= DATE '2026-06-01' THEN 31
      WHEN lead_progress.created_on > DATE '2026-07-01' THEN 0 ELSE (DATE '2026-07-01' - lead_progress.created_on) + 1 END) AS lived
    FROM main.lead_progress AS lead_progress
    WHERE lead_progress.known_to IS NULL
      AND lead_progress.created_on >= DATE '2026-05-01'
      AND lead_progress.created_on < DATE '2026-06-01'),
  answer AS (
    SELECT coalesce(lead_progress.mqls, 0) AS mqls, coalesce(lead_progress.leads, 0) AS leads, lead_progress.entered AS entered, lead_progress.lived AS lived
    FROM lead_progress)
SELECT *, CAST(mqls AS DOUBLE) / nullif(CAST(leads AS DOUBLE), 0) AS value
FROM answer

-- total  mqls 1  leads 4  = 0.25
