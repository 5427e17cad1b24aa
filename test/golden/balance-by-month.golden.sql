-- How much recurring revenue stays, month by month? Each customer at the start and at the end of each month.
-- {"indicator":"customer-retention","variant":"net-revenue","grain":"month","from":"2026-04-01","to":"2026-07-01"}

WITH
  period_edges AS (
    SELECT * FROM (VALUES (DATE '2026-04-01', DATE '2026-04-01', DATE '2026-05-01'), (DATE '2026-05-01', DATE '2026-05-01', DATE '2026-06-01'), (DATE '2026-06-01', DATE '2026-06-01', DATE '2026-07-01')) AS period_edges(period, opens, closes)),
  tenure AS (
    SELECT period, sum(closing) FILTER (WHERE opens) AS retained_revenue, sum(opening) AS revenue_at_start, count(*) FILTER (WHERE opens) AS at_start, sum(CAST(CAST(closing AS DOUBLE) AS DECIMAL(18,2)) * CAST(CAST(closing AS DOUBLE) AS DECIMAL(18,2))) FILTER (WHERE opens) AS retained_revenue_squared, sum(CAST(CAST(closing AS DOUBLE) AS DECIMAL(18,2)) * CAST(CAST(opening AS DOUBLE) AS DECIMAL(18,2))) FILTER (WHERE opens) AS retained_revenue_times_revenue_at_start, sum(CAST(CAST(opening AS DOUBLE) AS DECIMAL(18,2)) * CAST(CAST(opening AS DOUBLE) AS DECIMAL(18,2))) AS revenue_at_start_squared
    FROM (
      SELECT period_edges.period AS period, tenure.customer_id AS entity, coalesce(sum(tenure.amount) FILTER (WHERE tenure.valid_from < period_edges.opens AND (tenure.valid_to IS NULL OR tenure.valid_to >= period_edges.opens)), 0) AS opening, coalesce(sum(tenure.amount) FILTER (WHERE tenure.valid_from < period_edges.closes AND (tenure.valid_to IS NULL OR tenure.valid_to >= period_edges.closes)), 0) AS closing, coalesce(bool_or(tenure.valid_from < period_edges.opens AND (tenure.valid_to IS NULL OR tenure.valid_to >= period_edges.opens)), false) AS opens, coalesce(bool_or(tenure.valid_from < period_edges.closes AND (tenure.valid_to IS NULL OR tenure.valid_to >= period_edges.closes)), false) AS closes
      FROM main.tenure AS tenure
      JOIN period_edges ON tenure.valid_from < period_edges.closes AND (tenure.valid_to IS NULL OR tenure.valid_to >= period_edges.opens)
      WHERE tenure.known_to IS NULL
      GROUP BY 1, 2) AS entity_balance
    GROUP BY 1),
  keys AS (
    SELECT period FROM period_edges),
  answer AS (
    SELECT keys."period", coalesce(tenure.retained_revenue, 0) AS retained_revenue, coalesce(tenure.revenue_at_start, 0) AS revenue_at_start, coalesce(tenure.at_start, 0) AS at_start, coalesce(tenure.retained_revenue_squared, 0) AS retained_revenue_squared, coalesce(tenure.retained_revenue_times_revenue_at_start, 0) AS retained_revenue_times_revenue_at_start, coalesce(tenure.revenue_at_start_squared, 0) AS revenue_at_start_squared
    FROM keys
    LEFT JOIN tenure ON tenure."period" IS NOT DISTINCT FROM keys."period")
SELECT *, CAST(retained_revenue AS DOUBLE) / nullif(CAST(revenue_at_start AS DOUBLE), 0) AS value
FROM answer
ORDER BY period, retained_revenue DESC

-- 2026-04-01  retained_revenue 180  revenue_at_start 180  at_start 2  = 1
-- 2026-05-01  retained_revenue 130  revenue_at_start 180  at_start 2  = 0.7222222222222222
-- 2026-06-01  retained_revenue 190  revenue_at_start 190  at_start 2  = 1
