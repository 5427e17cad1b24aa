import type { Day } from "../../engine/time.ts";

/** What a touch must be to earn points; a list that is empty asks for nothing. */
export interface TouchCondition {
  readonly kinds: readonly string[];
  /** Patterns of the page's path, such as `/pricing*`. */
  readonly urls: readonly string[];
  readonly forms: readonly string[];
  readonly channels: readonly string[];
  readonly campaigns: readonly string[];
  readonly contents: readonly string[];
}

/** Points for each touch of a kind; of more than `atMost` the latest count. */
export interface BehaviourLine extends TouchCondition {
  readonly points: number;
  readonly atMost: number | null;
}

/** The columns of a lead that fit can go by. */
export const fitColumns = [
  "channel",
  "source",
  "medium",
  "campaign",
  "landing_page",
  "form",
  "country",
  "segment",
  "self_reported_source",
  "disqualified_as",
] as const;
export type FitColumn = (typeof fitColumns)[number];

/** Points for what a lead is: each of the columns has one of its values. Points may be below zero. */
export interface FitLine {
  readonly where: Readonly<Partial<Record<FitColumn, readonly string[]>>>;
  readonly points: number;
}

/** What makes a lead an MQL: a form that raises the hand, enough points, or the CRM's own stage. */
export interface MqlRule {
  readonly handRaise: readonly string[];
  readonly fit: readonly FitLine[];
  readonly behaviour: readonly BehaviourLine[];
  /** Days after which a touch is worth half its points; null where points do not fade. */
  readonly halfLifeDays: number | null;
  /** How many days before an instant a touch still counts at it. */
  readonly lookBackDays: number;
  /** Null where points make no MQL. */
  readonly threshold: number | null;
  readonly orStage: boolean;
}

/** A version of the rule and the days on which it is in force; `to` is exclusive. */
export interface RuleInForce {
  readonly version: number;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly rule: MqlRule;
}

/** The rule of a company that wrote none: the CRM's own stage. */
export const stageAlone: MqlRule = {
  handRaise: [],
  fit: [],
  behaviour: [],
  halfLifeDays: null,
  lookBackDays: 90,
  threshold: null,
  orStage: true,
};

/** Whether any version looks at more than the CRM's stages: at what leads are and did. */
export const looksAtLeads = (rules: readonly RuleInForce[]): boolean =>
  rules.some(({ rule }) => rule.handRaise.length > 0 || rule.threshold !== null);

/** Kinds of touch that were only seen: they count where a line names them. */
export const seenKinds: readonly string[] = ["impression", "email_open"];

/** The share of its points, in millionths, that a touch is still worth after so many whole days. */
export const weightAfter = (days: number, { halfLifeDays }: Pick<MqlRule, "halfLifeDays">): number =>
  halfLifeDays === null ? 1_000_000 : Math.round(1_000_000 * 2 ** (-days / halfLifeDays));
