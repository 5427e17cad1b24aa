import { byDay, replacing, type Morning } from "./morning.ts";

const settledAfter = 28;
const unnamedFor = 3;
/** What platforms still leave out of a day that is only just over, and what they do not claim yet. */
const missing = { cost: 0.09, claims: 0.45 };
const billedAfter = 12;

/**
 * What things had cost. Platforms settle a day within four weeks: until then it costs less and brings less, and some of the
 * last three days is of no campaign yet. Agencies send their bills two weeks after.
 */
export function spendThen(morning: Morning): string {
  const young = `(CASE WHEN category = 'media' THEN greatest(0, 1 - (DATE '${morning.at.slice(0, 10)}' - day) / ${settledAfter}.0) ELSE 0 END)`;
  const less = (column: string, share: number) => `${column} * (1 - ${share} * ${young})`;
  const claims = ["platform_leads", "platform_conversions"].map((column) => [
    column,
    `CAST(floor(${less(column, missing.claims)}) AS BIGINT)`,
  ]);
  const then = replacing("s", {
    amount: `CAST(round(${less("amount", missing.cost)}, 2) AS DECIMAL(18,2))`,
    ...Object.fromEntries(claims),
  });
  const known = `spend_then AS (SELECT ${then} FROM 'files/spend.csv' AS s
    WHERE ${byDay(morning, "day", `CASE WHEN category = 'agency' THEN ${billedAfter} ELSE 0 END`)})`;
  const unnamed = `SELECT day, category, CAST(round(sum(amount) * 0.03, 2) AS DECIMAL(18,2)) AS amount, currency, account, zone,
    channel, source FROM spend_then WHERE category = 'media' AND NOT ${byDay(morning, "day", unnamedFor)}
    GROUP BY ALL HAVING sum(amount) >= 1`;
  return `WITH ${known}\nSELECT * FROM spend_then\nUNION ALL BY NAME\n${unnamed}`;
}

/** Rates of exchange, one of them mistyped. That of the morning's own day is there: what is to come is told at it. */
export function ratesThen(morning: Morning): string {
  const { mistyped } = morning;
  const rate =
    mistyped === undefined
      ? "rate"
      : `CASE WHEN currency = 'MXN' AND day = DATE '${mistyped}' THEN rate + 0.01 ELSE rate END`;
  return `SELECT ${replacing("r", { rate })} FROM 'files/rate.csv' AS r WHERE ${byDay(morning, "day", -1)}`;
}
