import { raw, sql, type Sql } from "../../engine/sql.ts";
import { texts, touchFits } from "./conditions.ts";
import { judgesAt } from "./in-force.ts";
import { seenKinds, type RuleInForce } from "./rule.ts";

/** Which touches any of the versions looks at, as a condition over the columns of touch; undefined where none does. */
export function looksAt(rules: readonly RuleInForce[]): Sql | undefined {
  const lines = rules.filter(({ rule }) => rule.threshold !== null).flatMap(({ rule }) => rule.behaviour);
  if (lines.length === 0 && rules.every(({ rule }) => rule.handRaise.length === 0)) return undefined;
  const seen = lines.some((line) => line.kinds.some((kind) => seenKinds.includes(kind)));
  return seen ? raw("true") : sql`kind NOT IN (${texts(seenKinds)})`;
}

const formTouch = (forms: readonly string[]): Sql =>
  touchFits({ kinds: ["form"], urls: [], forms, channels: [], campaigns: [], contents: [] });

const nothingScored = raw("CAST(NULL AS DECIMAL(18,6)) AS score, CAST(NULL AS INTEGER) AS fit");

/** A form that raises the hand: the one that made the lead, or one sent within the look-back before it or at any time after. */
function handsRaised({ version, rule }: RuleInForce): Sql[] {
  if (rule.handRaise.length === 0) return [];
  return [
    sql`SELECT lead_id, created_at AS judged_at, 'hand_raise' AS reason, ${version} AS definition, ${nothingScored}, CAST(NULL AS VARCHAR) AS touch_id
    FROM candidate WHERE form IN (${texts(rule.handRaise)})`,
    sql`SELECT lead_id, greatest(occurred_at, created_at) AS judged_at, 'hand_raise' AS reason, ${version} AS definition, ${nothingScored}, touch_id
    FROM lead_touch JOIN (SELECT lead_id, created_at FROM candidate) AS candidate USING (lead_id)
    WHERE ${formTouch(rule.handRaise)} AND occurred_at > created_at - to_days(CAST(${rule.lookBackDays} AS INTEGER))`,
  ];
}

/** The CRM's own stage. */
function stagesEntered({ version, rule }: RuleInForce, stages: readonly string[]): Sql[] {
  if (!rule.orStage) return [];
  return [
    sql`SELECT coalesce(survivor_id, subject_id) AS lead_id, entered_at AS judged_at, 'stage' AS reason, ${version} AS definition,
      ${nothingScored}, CAST(NULL AS VARCHAR) AS touch_id
    FROM stage_entry LEFT JOIN survivor ON survivor.lead_id = subject_id
    WHERE known_to IS NULL AND subject = 'lead' AND stage IN (${texts(stages)})`,
  ];
}

/** What makes leads MQLs by a version beside their points, while it is in force. */
export const plainEvents = (inForce: RuleInForce, stages: readonly string[], zone: string): Sql[] =>
  [...handsRaised(inForce), ...stagesEntered(inForce, stages)].map(
    (event) => sql`SELECT * FROM (${event}) WHERE ${judgesAt(inForce, raw("judged_at"), zone)}`,
  );
