import type { Category } from "./channels.ts";

/** What must hold of an arrival, all of it. Texts are compared as `cleaned` has them; `*` stands for any text. */
export interface Condition {
  /** The source or the name it is known by; the referring host where no source is stated. */
  readonly source?: readonly string[];
  /** The medium; `organic` or `referral` where neither source nor medium is stated and there is a referrer. */
  readonly medium?: readonly string[];
  readonly campaign?: readonly string[];
  /** The referring host. */
  readonly referrer?: readonly string[];
  readonly click_id?: readonly string[];
  /** What the source is; what the referrer or the click id tells where no source is stated. */
  readonly from?: readonly Category[];
  readonly kind?: readonly string[];
  /** The medium, or the name of the source, says that it is paid. */
  readonly paid?: true;
  /** Neither source nor medium is stated. */
  readonly untagged?: true;
  /** It is the begin of a visit to a known address. */
  readonly arrival?: true;
  /** Source, medium or a click id is stated. */
  readonly stated?: true;
}

/** A rule gives its channel where one of its conditions holds. */
export interface ChannelRule {
  readonly id: string;
  readonly channel: string;
  readonly conditions: readonly Condition[];
}

/** What rules can know of an arrival. */
export interface Signals {
  readonly source: string | null;
  readonly name: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly referrer: string | null;
  readonly clicks: readonly string[];
  readonly from: Category | null;
  readonly kind: string;
  readonly paid: boolean;
  readonly untagged: boolean;
  readonly arrival: boolean;
  readonly stated: boolean;
}

const matches = (pattern: string, text: string | null): boolean =>
  text !== null &&
  new RegExp(`^${pattern.replace(/[.*+?^${}()|[\]\\]/g, (each) => (each === "*" ? ".*" : `\\${each}`))}$`, "s").test(
    text,
  );

const anyMatches = (patterns: readonly string[] | undefined, ...texts: readonly (string | null)[]): boolean =>
  patterns === undefined || patterns.some((pattern) => texts.some((text) => matches(pattern, text)));

/** Whether all of a condition holds. */
export const holds = (condition: Condition, signals: Signals): boolean =>
  anyMatches(condition.source, signals.source, signals.name) &&
  anyMatches(condition.medium, signals.medium) &&
  anyMatches(condition.campaign, signals.campaign) &&
  anyMatches(condition.referrer, signals.referrer) &&
  (condition.click_id === undefined || condition.click_id.some((each) => signals.clicks.includes(each))) &&
  (condition.from === undefined || condition.from.some((each) => each === signals.from)) &&
  (condition.kind === undefined || condition.kind.includes(signals.kind)) &&
  (["paid", "untagged", "arrival", "stated"] as const).every((each) => condition[each] === undefined || signals[each]);
