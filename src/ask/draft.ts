import type { Violation } from "../contract/check.ts";
import type { Question } from "../contract/question.ts";
import type { Plan } from "../engine/plan.ts";
import type { Day } from "../engine/time.ts";
import type { Indicator, Variant } from "../indicators/definition.ts";
import type { Defined } from "../workspace/definitions.ts";
import type { Settings } from "../workspace/settings.ts";
import type { Ledger } from "./ledger.ts";

/** What a pass may look at, beside the draft itself. */
export interface Context {
  /** Each by the version in force on `today`. */
  readonly indicators: readonly Indicator[];
  /** Every version of every definition, as known at the instant of the question. */
  readonly definitions: Defined;
  readonly settings: Settings;
  readonly ledger: Ledger;
  /** The day on which the question stands: today, or the day of the instant as of which it is asked. */
  readonly today: Day;
  /** The instant (ISO 8601) from which what was known then is believed: that of the last load over by then. Undefined for the present. */
  readonly asOf: string | undefined;
  /** The last day on which anything is recorded to have happened, `today` at most: what is not recorded by then is open. */
  readonly observedTo: Day;
  /** What does not hold of the facts since their last load. */
  readonly violations: readonly Violation[];
}

export interface Note {
  readonly code: string;
  readonly message: string;
  readonly count?: number;
}

/** A question on its way to a plan: each pass decides one thing. */
export interface Draft {
  readonly question: Question;
  readonly indicator: Indicator;
  readonly variant: Variant;
  readonly plan: Plan;
  readonly notes: readonly Note[];
}
