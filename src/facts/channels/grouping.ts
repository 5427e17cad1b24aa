import type { Category } from "./channels.ts";
import { cleaned } from "./clean.ts";
import { defaultRules } from "./rules.ts";
import type { ChannelRule, Condition } from "./rule.ts";

/** What a company decides about its channels: plain data, as its settings say it. */
export interface ChannelSettings {
  /** Its own rules, which go before all others. */
  readonly rules: readonly OwnRule[];
  /** Its own names of channels, by those that Embudo gives. */
  readonly rename: Readonly<Record<string, string>>;
  /** Hosts, and those below them, that it knows to be of a category. */
  readonly hosts: Readonly<Partial<Record<Category, readonly string[]>>>;
}

export interface OwnRule extends Pick<Condition, "source" | "medium" | "campaign" | "referrer" | "click_id"> {
  readonly channel: string;
}

/** No decision of a company's own. */
export const noChannelSettings: ChannelSettings = { rules: [], rename: {}, hosts: {} };

/** The rules in order, and the hosts, that derive the channels of a company. */
export interface Grouping {
  readonly rules: readonly ChannelRule[];
  readonly hosts: ReadonlyMap<string, Category>;
}

const pattern = (text: string): string => cleaned(text).replace(/^www\./, "");

function ownRule({ channel, ...stated }: OwnRule, index: number): ChannelRule {
  const { source, medium, campaign, referrer, click_id } = stated;
  const patterns = (list: readonly string[] | undefined, field: string) =>
    list === undefined ? {} : { [field]: list.map(pattern) };
  const condition: Condition = {
    ...patterns(source, "source"),
    ...patterns(medium, "medium"),
    ...patterns(campaign, "campaign"),
    ...patterns(referrer, "referrer"),
    ...(click_id === undefined ? {} : { click_id: click_id.map((each) => each.toLowerCase()) }),
  };
  return { id: `own_${index + 1}`, channel, conditions: [condition] };
}

/** The company's own rules, then the shipped ones under the company's own names. */
export const groupingOf = ({ rules, rename, hosts }: ChannelSettings): Grouping => ({
  rules: [
    ...rules.map(ownRule),
    ...defaultRules.map((each) => ({ ...each, channel: rename[each.channel] ?? each.channel })),
  ],
  hosts: new Map(
    Object.entries(hosts).flatMap(([category, all]) =>
      (all ?? []).map((host): [string, Category] => [pattern(host), category as Category]),
    ),
  ),
});
