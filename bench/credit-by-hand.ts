/**
 * The statement that a person who knows the tables would write to divide every outcome among its touches under all models that go
 * by rule: the touches of people in one pass, one sort, and shares in floating point.
 */
export const creditByHand = `
WITH outcome AS (
  SELECT 'lead' AS outcome, lead_id AS outcome_id, lead_id, created_at AS reached_at, created_at AS lead_at, opportunity_at, channel, source, medium, campaign, ad
  FROM lead_progress WHERE known_to IS NULL
  UNION ALL
  SELECT 'mql', lead_id, lead_id, mql_at, created_at, opportunity_at, channel, source, medium, campaign, ad FROM lead_progress WHERE known_to IS NULL AND mql_at IS NOT NULL
  UNION ALL
  SELECT 'sql', lead_id, lead_id, sql_at, created_at, opportunity_at, channel, source, medium, campaign, ad FROM lead_progress WHERE known_to IS NULL AND sql_at IS NOT NULL
  UNION ALL
  SELECT 'deal', deal_id, l.lead_id, d.created_at, l.created_at, d.created_at, coalesce(d.channel, l.channel), coalesce(d.source, l.source), l.medium, coalesce(d.campaign, l.campaign), l.ad
  FROM deal d LEFT JOIN lead_progress l ON l.lead_id = d.lead_id AND l.known_to IS NULL WHERE d.known_to IS NULL
  UNION ALL
  SELECT 'customer', a.customer_id, a.lead_id, a.acquired_at, l.created_at, l.opportunity_at, a.channel, a.source, a.medium, a.campaign, a.ad
  FROM acquisition a LEFT JOIN lead_progress l ON l.lead_id = a.lead_id AND l.known_to IS NULL WHERE a.known_to IS NULL
  UNION ALL
  SELECT 'revenue', revenue_id, l.lead_id, timezone('UTC', timezone('Europe/Madrid', CAST(r.occurred_on + 1 AS TIMESTAMP))) - INTERVAL 1 MICROSECOND, l.created_at,
    coalesce(d.created_at, l.opportunity_at), coalesce(r.channel, d.channel, l.channel, a.channel), coalesce(d.source, l.source, a.source),
    coalesce(l.medium, a.medium), coalesce(r.campaign, d.campaign, l.campaign, a.campaign), coalesce(l.ad, a.ad)
  FROM revenue r LEFT JOIN deal d ON d.deal_id = r.deal_id AND d.known_to IS NULL
  LEFT JOIN acquisition a ON a.customer_id = r.customer_id AND a.known_to IS NULL
  LEFT JOIN lead_progress l ON l.lead_id = coalesce(r.lead_id, d.lead_id, a.lead_id) AND l.known_to IS NULL
  WHERE r.known_to IS NULL),
numbered AS (SELECT row_number() OVER () AS nr, o.*, person_id FROM outcome o LEFT JOIN lead ON lead.lead_id = o.lead_id AND lead.known_to IS NULL),
step AS (
  SELECT coalesce(t.person_id, i.person_id) AS person_id, occurred_at, touch_id, kind IN ('impression', 'email_open') AS seen, channel, source, medium, campaign, ad
  FROM touch t LEFT JOIN identity i ON i.alias_kind = 'visitor' AND i.known_to IS NULL AND i.alias = CASE WHEN t.person_id IS NULL THEN t.visitor END
  WHERE t.known_to IS NULL AND channel IS NOT NULL),
journey AS (
  SELECT nr, outcome, outcome_id, reached_at, occurred_at, touch_id, seen, occurred_at <= lead_at AS before_lead,
    opportunity_at <= reached_at AND occurred_at <= opportunity_at AS before_opportunity, s.channel, s.source, s.medium, s.campaign, s.ad,
    row_number() OVER way AS step, count(*) FILTER (NOT seen) OVER way AS nth, count(*) FILTER (NOT seen) OVER whole AS steps,
    max(occurred_at) FILTER (NOT seen) OVER whole AS last_at
  FROM numbered n JOIN step s USING (person_id)
  WHERE occurred_at <= reached_at AND occurred_at > reached_at - INTERVAL 90 DAY
  WINDOW way AS (PARTITION BY nr ORDER BY occurred_at, touch_id),
    whole AS (PARTITION BY nr ORDER BY occurred_at, touch_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)),
placed AS (
  SELECT *, max(nth) FILTER (NOT seen AND channel <> 'direct') OVER way AS last_indirect, max(nth) FILTER (NOT seen AND before_lead) OVER way AS lead_nth,
    max(nth) FILTER (NOT seen AND before_opportunity) OVER way AS opportunity_nth, count(*) FILTER (NOT seen) OVER (PARTITION BY nr, channel) AS of_channel,
    pow(2, -date_diff('second', occurred_at, last_at) / 604800) AS decayed
  FROM journey WINDOW way AS (PARTITION BY nr)),
weighed AS (
  SELECT *,
    CASE WHEN steps <= 2 THEN 1 WHEN nth IN (1, steps) THEN 0.4 ELSE 0.2 / (steps - 2) END AS by_position,
    CASE WHEN steps <= 2 THEN 1 WHEN nth = 1 OR nth = lead_nth OR nth = opportunity_nth THEN 0.3 ELSE 0.1 / (steps - 1
      - (coalesce(lead_nth, 1) <> 1)::INTEGER - (coalesce(opportunity_nth, 1) NOT IN (1, coalesce(lead_nth, 1)))::INTEGER) END AS by_w
  FROM placed)
SELECT outcome, outcome_id, step, reached_at, CAST(timezone('Europe/Madrid', timezone('UTC', reached_at)) AS DATE) AS credited_on,
  occurred_at, CAST(timezone('Europe/Madrid', timezone('UTC', occurred_at)) AS DATE) AS touched_on, touch_id, seen, before_lead, before_opportunity,
  channel, source, medium, campaign, ad,
  CASE WHEN seen THEN 0 ELSE (nth = coalesce(last_indirect, steps))::INTEGER END AS last_non_direct,
  CASE WHEN seen THEN 0 ELSE (nth = 1)::INTEGER END AS first, CASE WHEN seen THEN 0 ELSE (nth = steps)::INTEGER END AS last,
  CASE WHEN seen THEN 0 ELSE 1 / steps END AS linear,
  CASE WHEN seen THEN 0 ELSE by_position / sum(by_position) FILTER (NOT seen) OVER way END AS position,
  CASE WHEN seen THEN 0 ELSE by_w / sum(by_w) FILTER (NOT seen) OVER way END AS w,
  CASE WHEN seen THEN 0 ELSE decayed / sum(decayed) FILTER (NOT seen) OVER way END AS time_decay,
  CASE WHEN seen THEN 0 ELSE 1 / of_channel / sum(1 / of_channel) FILTER (NOT seen) OVER way END AS shapley,
  CASE WHEN seen THEN 0 ELSE by_position / sum(by_position) FILTER (NOT seen) OVER way END AS custom
FROM weighed WINDOW way AS (PARTITION BY nr)
UNION ALL
SELECT outcome, outcome_id, 0, reached_at, CAST(timezone('Europe/Madrid', timezone('UTC', reached_at)) AS DATE), NULL, NULL, NULL, false, false, false,
  channel, source, medium, campaign, ad, empty, empty, empty, empty, empty, empty, empty, empty, empty
FROM (SELECT numbered.*, (done.nr IS NULL)::INTEGER AS empty FROM numbered LEFT JOIN (SELECT nr FROM journey WHERE NOT seen GROUP BY nr) AS done USING (nr))
ORDER BY outcome, credited_on`;
