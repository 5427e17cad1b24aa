import type { Formula } from "../engine/formula.ts";
import { isMoney, type Aggregate, type Measure } from "../engine/measure.ts";
import type { CostCategory } from "../facts/spend.ts";
import type { ModelId } from "../methods/attribution/index.ts";

export type Unit = "ratio" | "money" | "count" | "days";
export type Better = "higher" | "lower";
export type Clock = "period" | "cohort";
/** Which money counts as revenue: what was sold (won deals) or what the revenue fact states. */
export type RevenueBasis = "bookings" | "revenue";

/** How an interval is found where that does not follow from the measures and the formula. */
export type IntervalMethod = "wilson" | "weighted-share" | "none";

/** Days, written down or the name of a setting of the workspace that says how many. */
export type Window = number | { readonly setting: "conversion_window_days" };

interface VariantSpec<P extends string> {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  /** Measures by the name under which the formula and the answer's parts know them. */
  readonly parts: Readonly<Record<P, Measure>>;
  readonly value: Formula<NoInfer<P>>;
  /** The part that says how many rows the value rests on. */
  readonly n: NoInfer<P>;
  /** By the cohort clock, measures that other tables hold, and those that are needed beside the others. */
  readonly cohortParts?: Readonly<Record<string, Measure>>;
  /** The default clock comes first. Only `period` when left out. */
  readonly clocks?: readonly Clock[];
  /** Days within which a row of a cohort must have got there, or the setting that says so; ever when left out. */
  readonly window?: Window;
  /** What may end a row of a cohort before it gets there, e.g. losing; rows that it ended count as never getting there. */
  readonly rival?: Aggregate;
  /** Which way is better, where it is not the indicator's own way. */
  readonly better?: Better;
  /** Whether the value is a share of counted rows, so that Wilson's interval holds. */
  readonly share?: boolean;
  /** `wilson` of a share that the formula takes from one, `weighted-share` of amounts, `none` where no method holds. */
  readonly interval?: IntervalMethod;
  /** The workspaces for which this form of the variant holds. */
  readonly basis?: RevenueBasis;
  /** Dimensions that narrow only the parts whose fact has them, e.g. the category of a cost. */
  readonly narrowing?: readonly string[];
  /** Dimensions that the facts share in name only, e.g. the team that spent and the team that sells. */
  readonly except?: readonly string[];
  /** Rows that must carry a dimension too before the value may be split by it: those that the numerator leaves out. */
  readonly others?: readonly Measure[];
}

export interface Variant extends Omit<
  Required<VariantSpec<string>>,
  "basis" | "window" | "rival" | "interval" | "better" | "cohortParts"
> {
  readonly cohortParts: Readonly<Record<string, Measure>> | undefined;
  readonly better: Better | undefined;
  readonly interval: IntervalMethod | undefined;
  readonly basis: RevenueBasis | undefined;
  readonly window: Window | undefined;
  readonly rival: Aggregate | undefined;
}

/** One way to read an indicator. The formula can only name parts that exist. */
export const variant = <const P extends string>(spec: VariantSpec<P>): Variant => ({
  clocks: ["period"],
  share: false,
  narrowing: [],
  except: [],
  others: [],
  window: undefined,
  rival: undefined,
  cohortParts: undefined,
  interval: undefined,
  better: undefined,
  basis: undefined,
  ...spec,
});

/** What a measure is a number of. */
export function unitOfMeasure(measure: Measure): Unit {
  if (isMoney(measure)) return "money";
  return measure.kind === "aggregate" && measure.function === "median" ? "days" : "count";
}

/** What the company settles for one indicator differently than for all. */
export interface IndicatorSettings {
  readonly marketing_costs?: CostCategory[];
  readonly acquisition_costs?: CostCategory[];
  readonly paid_channels?: string[];
  readonly include_product_cost?: boolean;
  readonly gross_margin?: number;
  readonly conversion_window_days?: number;
  readonly model?: ModelId;
  readonly revenue?: "bookings" | "billings" | "recognised" | "cash";
}

/** A text in the languages that somebody wrote it in. */
export type Words = Readonly<Partial<Record<"es" | "en", string | undefined>>>;

interface IndicatorSpec {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly better: Better;
  /** Changes with the meaning of any variant. */
  readonly version: number;
  /** The default comes first; two of one id differ in their `basis`. Empty for the scoreboard, which is made of answers. */
  readonly variants: readonly Variant[];
  /** Whether the company made it, rather than Embudo. */
  readonly own?: boolean;
  readonly owner?: string | null;
  /** The first day on which this version is in force; null where it is since ever. */
  readonly effective?: string | null;
  /** The company's own names for it. */
  readonly titles?: Words;
  readonly descriptions?: Words;
  readonly settings?: IndicatorSettings;
}

export type Indicator = Required<IndicatorSpec>;

/** An indicator: a shipped one unless it says otherwise. */
export const indicator = (spec: IndicatorSpec): Indicator => ({
  own: false,
  owner: null,
  effective: null,
  titles: {},
  descriptions: {},
  settings: {},
  ...spec,
});

/** Which way a variant of an indicator is better. */
export const betterOf = (whole: Indicator, { better }: Variant): Better => better ?? whole.better;
