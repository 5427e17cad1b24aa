import { join, raw, sql, type Sql } from "../../engine/sql.ts";
import type { ChannelRule, Condition } from "./rule.ts";

const like = (pattern: string): string => pattern.replace(/[\\%_]/g, (each) => `\\${each}`).replaceAll("*", "%");

const list = (texts: readonly string[]): Sql =>
  join(
    texts.map((each) => sql`${each}`),
    ", ",
  );

/** Whether a text is one of some, or fits one of some patterns. */
function anyMatches(column: string, patterns: readonly string[]): Sql {
  const whole = patterns.filter((each) => !each.includes("*"));
  const open = patterns.filter((each) => each.includes("*"));
  const tests = [
    ...(whole.length === 0 ? [] : [sql`${raw(column)} IN (${list(whole)})`]),
    ...open.map((each) => sql`${raw(column)} LIKE ${like(each)} ESCAPE '\\'`),
  ];
  return sql`(${join(tests, " OR ")})`;
}

/** What `holds` says, over the columns of the signals. */
function conditionSql(condition: Condition): Sql {
  const { source, medium, campaign, referrer, click_id, from, kind } = condition;
  const clicked = (click_id ?? []).map((each) => sql`contains(clicks, ${`,${each},`})`);
  const flags = (["paid", "untagged", "arrival", "stated"] as const).filter((each) => condition[each] === true);
  const tests = [
    ...(source === undefined ? [] : [sql`(${anyMatches("source", source)} OR ${anyMatches("name", source)})`]),
    ...(medium === undefined ? [] : [anyMatches("medium", medium)]),
    ...(campaign === undefined ? [] : [anyMatches("campaign", campaign)]),
    ...(referrer === undefined ? [] : [anyMatches("referrer", referrer)]),
    ...(click_id === undefined ? [] : [sql`(${join(clicked, " OR ")})`]),
    ...(from === undefined ? [] : [sql`origin IN (${list(from)})`]),
    ...(kind === undefined ? [] : [sql`kind IN (${list(kind)})`]),
    ...flags.map((each) => raw(each)),
  ];
  return sql`(${join(tests, " AND ")})`;
}

/** The id of the first rule that holds, over the columns of the signals. */
export function firstRule(rules: readonly ChannelRule[]): Sql {
  const cases = rules.map(({ id, conditions }) => sql`WHEN ${join(conditions.map(conditionSql), " OR ")} THEN ${id}`);
  return sql`CASE ${join(cases, "\n      ")} END`;
}
