import type { ChannelSettings } from "../channels/grouping.ts";
import type { RuleInForce } from "../mql/rule.ts";
import type { ModelRules } from "../../methods/attribution/model.ts";

/** What a workspace decides about derived tables. */
export interface DerivationRules extends ModelRules {
  /** The workspace's own names of the stages that make a lead an MQL or an SQL. */
  readonly stages: { readonly mql: readonly string[]; readonly sql: readonly string[] };
  /** The versions of the rule by which a lead becomes an MQL, each with the days on which it is in force. */
  readonly mql: readonly RuleInForce[];
  /** How many days before an outcome a touch can still be credited. */
  readonly lookBackDays: number;
  /** An alias of more people, or with more touches, is shared: it joins nobody, and its touches earn no credit. */
  readonly shared: { readonly people: number; readonly touches: number };
  /** What makes a customer one (by what is loaded, where null), and after how many days one without a contract is lost. */
  readonly retention: { readonly by: "contracts" | "purchases" | null; readonly inactivityDays: number };
  readonly zone: string;
  readonly channels: ChannelSettings;
}

/** What a workspace decides about its facts and what follows from them. */
export interface FactRules extends DerivationRules {
  /** The key, in hexadecimal, of the hashes of e-mails and phones. */
  readonly pepper: string;
}
