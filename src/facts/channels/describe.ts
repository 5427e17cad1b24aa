import type { Arrival } from "./channel-of.ts";
import { signalsOf } from "./channel-of.ts";
import type { Grouping } from "./grouping.ts";
import { holds, type ChannelRule, type Condition, type Signals } from "./rule.ts";

const flags = {
  paid: "paid",
  untagged: "without source and medium",
  arrival: "a visit to a known address",
  stated: "anything stated",
} as const;

/** What a condition asks for, in words. */
function conditionText(condition: Condition): string {
  const listed = (["source", "medium", "campaign", "referrer", "click_id", "from", "kind"] as const).flatMap(
    (field) => {
      const values = condition[field];
      return values === undefined ? [] : [`${field} ${values.join(" | ")}`];
    },
  );
  const said = (["paid", "untagged", "arrival", "stated"] as const).filter((flag) => condition[flag] === true);
  return [...listed, ...said.map((flag) => flags[flag])].join(", ");
}

/** What a rule asks for: its conditions, one of which must hold. */
export const ruleText = ({ conditions }: ChannelRule): string => conditions.map(conditionText).join("; or ");

/** What an arrival is found to be, the rule that decides and the condition of it that holds. */
export interface Decision {
  readonly signals: Signals;
  readonly rule: ChannelRule | null;
  readonly because: string | null;
}

/** Decides a channel and says why. */
export function decide(arrival: Arrival, grouping: Grouping): Decision {
  const signals = signalsOf(arrival, grouping);
  for (const rule of grouping.rules) {
    const condition = rule.conditions.find((each) => holds(each, signals));
    if (condition !== undefined) return { signals, rule, because: conditionText(condition) };
  }
  return { signals, rule: null, because: null };
}
