import type { BehaviourLine, FitLine } from "./rule.ts";

const either = (values: readonly string[]): string => values.join(" or ");

const named = (name: string, values: readonly string[]): string[] =>
  values.length === 0 ? [] : [`${name} ${either(values)}`];

/** What a line of behaviour asks for, in words. */
export function lineInWords({ kinds, urls, forms, channels, campaigns, contents, atMost }: BehaviourLine): string {
  const asked = [
    ...(kinds.length === 0 ? [] : [either(kinds)]),
    ...named("on", urls),
    ...named("form", forms),
    ...named("channel", channels),
    ...named("campaign", campaigns),
    ...named("content", contents),
  ];
  const what = asked.length === 0 ? "any touch" : asked.join(", ");
  return atMost === null ? what : `${what}, ${atMost} at most`;
}

/** What a line of fit asks for, in words. */
export const fitInWords = ({ where }: FitLine): string =>
  Object.entries(where)
    .map(([column, values]) => `${column} ${either(values)}`)
    .join(", ");
