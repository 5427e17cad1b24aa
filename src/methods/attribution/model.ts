import type { Sql } from "../../engine/sql.ts";

/** A touch of a journey, as rules see it: when it happened (milliseconds) and through which channel. */
export interface Step {
  readonly at: number;
  readonly channel: string | null;
}

/** What somebody did before an outcome, in order. Positions count from 1. */
export interface Journey {
  readonly steps: readonly Step[];
  /** The position of the last touch up to the creation of the lead, where there is one. */
  readonly lead?: number | undefined;
  /** The position of the last touch up to the creation of the outcome's own deal, or else of the lead's first, where there is one. */
  readonly opportunity?: number | undefined;
}

/** How much the touches in a role weigh against each other; `other` is shared by those that have none. */
export interface RoleWeights {
  readonly first: number;
  readonly lead: number;
  readonly opportunity: number;
  readonly last: number;
  readonly other: number;
}

/** What a company decides about its models. */
export interface ModelRules {
  readonly halfLifeDays: number;
  /** The weights of the model `custom`: whole numbers. */
  readonly custom: RoleWeights;
}

/**
 * How one outcome's credit is divided among the touches before it, in two forms: as a plain function, which is the meaning,
 * and as SQL over the columns of a placed step, which is the speed. Weights are whole numbers of any size; only their
 * proportions matter.
 */
export interface Model<Id extends string = string> {
  readonly id: Id;
  /** Whether one touch takes all of it. */
  readonly single: boolean;
  readonly weigh: (journey: Journey, rules: ModelRules) => readonly number[];
  /**
   * Over `nth` and `steps` (from 1), `last_indirect`, `lead_nth`, `opportunity_nth` (positions or null), `age`
   * (microseconds before the last touch) and `of_channel` (touches of the journey through the step's channel).
   */
  readonly weight: (rules: ModelRules) => Sql;
}

/** A model; `model` keeps its id as a literal type. */
export const model = <const Id extends string>(spec: Model<Id>): Model<Id> => spec;

/** A model that gives everything to the touch at one position. */
export const singleTouch = <const Id extends string>(
  id: Id,
  position: (journey: Journey) => number,
  at: Sql,
): Model<Id> => ({
  id,
  single: true,
  weigh: (journey) => journey.steps.map((_, i) => (i + 1 === position(journey) ? 1 : 0)),
  weight: () => at,
});
