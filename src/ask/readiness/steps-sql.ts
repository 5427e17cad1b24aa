import { join, raw, sql, typed, type Sql } from "../../engine/sql.ts";
import type { Day } from "../../engine/time.ts";
import { survivors } from "../../facts/derived/survivor.ts";
import { leadTouches } from "../../facts/mql/lead-touches.ts";
import { seenKinds } from "../../facts/mql/rule.ts";
import type { StepDimension } from "../../contract/steps.ts";

/** Which leads are looked at and until when: days of the workspace's zone. */
export interface Watched {
  readonly from: Day;
  readonly to: Day;
  readonly window: number;
  readonly landmark: number;
  readonly lookBack: number;
  /** The last day on which anything is recorded to have happened. */
  readonly observedTo: Day;
}

const days = (count: number): Sql => sql`to_days(CAST(${count} AS INTEGER))`;

/** What tells a step of each dimension, as an expression over `lead_touch`. */
const told: Readonly<Record<StepDimension, Sql>> = {
  page: raw("path"),
  form: raw("form"),
  channel: raw("channel"),
  kind: raw("kind"),
  campaign: raw("campaign"),
  content: raw("content"),
};

const day = (date: Day): Sql => typed(date, "DATE");

/** Leads of the range: whether they were watched for the whole window, were MQLs before the landmark, or became one within it. */
const leads = ({ from, to, window, landmark, observedTo }: Watched): Sql => sql`watched AS (
    SELECT lead_id, created_at, created_at + ${days(landmark)} AS landmark_at, mql_at,
      created_on + CAST(${window + landmark} AS INTEGER) <= ${day(observedTo)} AS mature,
      coalesce(mql_at < created_at + ${days(landmark)}, false) AS early,
      coalesce(mql_at <= created_at + ${days(window + landmark)}, false) AS mql
    FROM lead_progress WHERE known_to IS NULL AND created_on >= ${day(from)} AND created_on < ${day(to)})`;

/** How many leads there are of each sort. */
export const headcount = (watched: Watched): Sql => sql`WITH ${leads(watched)}
  SELECT count(*) FILTER (NOT mature) AS immature, count(*) FILTER (mature AND early) AS early,
    count(*) FILTER (mature AND NOT early) AS eligible, count(*) FILTER (mature AND NOT early AND mql) AS mqls FROM watched`;

const eligible = raw("mature AND NOT early");
const seen = join(
  seenKinds.map((kind) => sql`${kind}`),
  ", ",
);

/** Opened e-mails and impressions are seen, not done: they are steps only where steps are told by their kind. */
const asSteps = (by: StepDimension): Sql => (by === "kind" ? raw("true") : sql`kind NOT IN (${seen})`);

/** How many of the eligible did each step up to the landmark, and how many of those became MQLs. */
export const doers = (
  watched: Watched,
  by: StepDimension,
): Sql => sql`WITH ${survivors}, ${leadTouches(asSteps(by))}, ${leads(watched)},
  done AS (
    SELECT DISTINCT lead_id, ${told[by]} AS step, mql FROM lead_touch JOIN watched USING (lead_id)
    WHERE ${eligible} AND occurred_at <= landmark_at AND occurred_at > created_at - ${days(watched.lookBack)})
  SELECT step, count(*) AS leads, count(*) FILTER (mql) AS mqls FROM done WHERE step IS NOT NULL
  GROUP BY step ORDER BY leads DESC, step LIMIT 50`;

/** The steps of the eligible who became MQLs, up to that instant; one that repeats the step before is the same step. */
const walked = (
  watched: Watched,
  by: StepDimension,
): Sql => sql`WITH ${survivors}, ${leadTouches(asSteps(by))}, ${leads(watched)},
  taken AS (
    SELECT lead_id, ${told[by]} AS step, occurred_at, mql_at, touch_id,
      lag(${told[by]}) OVER (PARTITION BY lead_id ORDER BY occurred_at, touch_id) AS before
    FROM lead_touch JOIN watched USING (lead_id)
    WHERE ${eligible} AND mql AND ${told[by]} IS NOT NULL AND occurred_at <= mql_at AND occurred_at > created_at - ${days(watched.lookBack)}),
  walked AS (SELECT * FROM taken WHERE step IS DISTINCT FROM before)`;

const inDays = (from: string, to: string): Sql => raw(`(epoch_us(${to}) - epoch_us(${from})) / 86400000000.0`);

/** The most frequent paths: the last steps of each MQL, as JSON, with the median days from the first of all its steps. */
export const paths = (watched: Watched, by: StepDimension, longest: number): Sql => sql`${walked(watched, by)},
  path AS (
    SELECT lead_id, list(step ORDER BY occurred_at, touch_id) AS steps, ${inDays("min(occurred_at)", "any_value(mql_at)")} AS days
    FROM walked GROUP BY lead_id)
  SELECT CAST(to_json(CASE WHEN len(steps) > ${longest} THEN list_concat(['…'], steps[-${longest}:]) ELSE steps END) AS VARCHAR) AS steps,
    count(*) AS mqls, median(days) AS days
  FROM path GROUP BY 1 ORDER BY mqls DESC, steps LIMIT 10`;

/** The most frequent pairs of steps that follow each other, the last step and the MQL included, with the median days between. */
export const gaps = (watched: Watched, by: StepDimension): Sql => sql`${walked(watched, by)},
  followed AS (
    SELECT step, lead(step) OVER journey AS next, occurred_at, coalesce(lead(occurred_at) OVER journey, mql_at) AS next_at
    FROM walked WINDOW journey AS (PARTITION BY lead_id ORDER BY occurred_at, touch_id))
  SELECT step, next, count(*) AS times, median(${inDays("occurred_at", "next_at")}) AS days
  FROM followed GROUP BY step, next ORDER BY times DESC, step, next NULLS FIRST LIMIT 15`;
