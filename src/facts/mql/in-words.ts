import type { BehaviourLine, FitLine } from "./rule.ts";

/** One thing that a line of the rule asks for: `kind`, `page` or a column, and the values of which one must hold. */
export interface Condition {
  readonly name: string;
  readonly values: readonly string[];
}

/** What a line of behaviour asks for; nothing where every touch counts. */
export function conditionsOf({ kinds, urls, forms, channels, campaigns, contents }: BehaviourLine): Condition[] {
  const all = { kind: kinds, page: urls, form: forms, channel: channels, campaign: campaigns, content: contents };
  return Object.entries(all).flatMap(([name, values]) => (values.length === 0 ? [] : [{ name, values }]));
}

/** What a line of fit asks for. */
export const fitConditions = ({ where }: FitLine): Condition[] =>
  Object.entries(where).map(([name, values]) => ({ name, values }));

const either = (values: readonly string[]): string => values.join(" or ");

function conditionInWords({ name, values }: Condition): string {
  if (name === "kind") return either(values);
  return `${name === "page" ? "on" : name} ${either(values)}`;
}

/** What a line of behaviour asks for, in words. */
export function lineInWords(line: BehaviourLine): string {
  const asked = conditionsOf(line).map(conditionInWords);
  const what = asked.length === 0 ? "any touch" : asked.join(", ");
  return line.atMost === null ? what : `${what}, ${line.atMost} at most`;
}

/** What a line of fit asks for, in words. */
export const fitInWords = (line: FitLine): string => fitConditions(line).map(conditionInWords).join(", ");
