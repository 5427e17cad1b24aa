/**
 * For each of the nine, the statement that a person who knows the tables would write for the same answer: thirteen months,
 * by month, with its parts. `$from` and `$to` are days.
 */
const home = (amount: string, day: string): string =>
  `sum(${amount} * CASE WHEN t.currency = 'EUR' THEN 1 ELSE r.rate END) FROM (%) t
   LEFT JOIN rate r ON r.day = ${day} AND r.currency = t.currency AND r.known_to IS NULL`;

const month = (day: string): string => `CAST(date_trunc('month', ${day}) AS DATE)`;
const within = (day: string): string => `${day} >= DATE '$from' AND ${day} < DATE '$to'`;
const costs = (categories: string): string =>
  `SELECT ${month("t.day")} AS period, ${home("t.amount", "t.day").replace("%", `SELECT day, amount, currency FROM accrued_spend WHERE known_to IS NULL AND category IN (${categories}) AND ${within("day")}`)} GROUP BY 1`;
const paidChannels = "'paid_search', 'paid_social', 'display', 'video', 'affiliates'";
const marketing = "'media', 'agency', 'content', 'events', 'tools', 'research'";
const allCosts =
  "'media', 'agency', 'content', 'events', 'tools', 'salaries', 'commissions', 'research', 'overhead', 'other'";

const ratioOf = (left: string, right: string): string =>
  `WITH a(period, x) AS (${left}), b(period, y) AS (${right})
   SELECT period, x, y, CAST(x AS DOUBLE) / nullif(CAST(y AS DOUBLE), 0) AS value FROM a FULL JOIN b USING (period) ORDER BY period`;

const credited = (outcome: string): string =>
  `SELECT outcome_id, channel FROM credit WHERE outcome = '${outcome}' AND last_non_direct > 0 AND known_to IS NULL`;

export const handwritten: Readonly<Record<string, string>> = {
  "cost-per-lead": ratioOf(
    costs("'media'"),
    `SELECT ${month("created_on")}, count(*) FROM lead_progress JOIN (${credited("lead")}) c ON c.outcome_id = lead_id
     WHERE known_to IS NULL AND ${within("created_on")} AND c.channel IN (${paidChannels}) GROUP BY 1`,
  ),
  "marketing-qualified-leads": `SELECT ${month("mql_on")} AS period, count(*) AS value FROM lead_progress
     WHERE known_to IS NULL AND ${within("mql_on")} GROUP BY 1 ORDER BY 1`,
  "customer-acquisition-cost": ratioOf(
    costs(allCosts),
    `SELECT ${month("acquired_on")}, count(*) FROM acquisition WHERE known_to IS NULL AND ${within("acquired_on")} GROUP BY 1`,
  ),
  "customer-retention": `WITH edges AS (SELECT CAST(m AS DATE) AS period, CAST(m AS DATE) AS opens,
       least(CAST(m + INTERVAL 1 MONTH AS DATE), DATE '$tomorrow') AS closes
     FROM range(DATE '$from', DATE '$to', INTERVAL 1 MONTH) AS months(m)),
     held AS (SELECT period, customer_id,
       sum(mrr) FILTER (valid_from < opens AND (valid_to IS NULL OR valid_to >= opens)) AS before,
       sum(mrr) FILTER (valid_from < closes AND (valid_to IS NULL OR valid_to >= closes)) AS after
     FROM subscription JOIN edges ON valid_from < closes AND (valid_to IS NULL OR valid_to >= opens)
     WHERE known_to IS NULL GROUP BY 1, 2)
     SELECT period, count(*) FILTER (before > 0 AND after > 0) AS retained, count(*) FILTER (before > 0) AS at_start,
       retained / at_start AS value FROM held GROUP BY 1 ORDER BY 1`,
  "marketing-roi": ratioOf(
    `SELECT ${month("t.occurred_on")}, 0.78 * ${home("(t.amount - coalesce(t.tax, 0))", "t.occurred_on").replace(
      "%",
      `SELECT occurred_on, amount, tax, currency FROM revenue JOIN (${credited("revenue")} AND channel IS NOT NULL) c ON c.outcome_id = revenue_id
       WHERE known_to IS NULL AND ${within("occurred_on")}`,
    )} GROUP BY 1`,
    costs(marketing),
  ),
  "sales-qualified-leads": `SELECT ${month("sql_on")} AS period, count(*) AS value FROM lead_progress
     WHERE known_to IS NULL AND ${within("sql_on")} GROUP BY 1 ORDER BY 1`,
  "win-ratio": `WITH unit AS (SELECT ${month("created_on")} AS period, ${within("created_on")} AS asked,
       CASE WHEN outcome <> 'open' AND closed_on - created_on <= 90 THEN outcome ELSE 'open' END AS became,
       least(90, DATE '$tomorrow' - 1 - created_on, CASE WHEN outcome <> 'open' THEN closed_on - created_on END) AS age
     FROM deal WHERE known_to IS NULL)
     SELECT period, asked, age, became, count(*) AS n FROM unit GROUP BY GROUPING SETS ((asked, period, became), (asked, period, age, became), (age, became))`,
  "sales-revenue": `SELECT ${month("t.occurred_on")} AS period, ${home(
    "(t.amount - coalesce(t.tax, 0))",
    "t.occurred_on",
  ).replace(
    "%",
    `SELECT occurred_on, amount, tax, currency FROM revenue WHERE known_to IS NULL AND ${within("occurred_on")}`,
  )} GROUP BY 1 ORDER BY 1`,
};

/** The statement for a range of days. */
export const statementFor = (id: string, range: { from: string; to: string; tomorrow: string }): string =>
  (handwritten[id] ?? "")
    .replaceAll("$from", range.from)
    .replaceAll("$tomorrow", range.tomorrow)
    .replaceAll("$to", range.to);
