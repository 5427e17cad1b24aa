import type { Question } from "../contract/question.ts";
import { isMoney } from "../engine/measure.ts";
import type { Plan, Slice } from "../engine/plan.ts";
import { dating } from "../engine/aggregates.ts";
import { Problem } from "../engine/problem.ts";
import { addDays, addMonths, daysBetween, maxDay, minDay, type Grain, type Range } from "../engine/time.ts";
import { isMedian } from "../engine/products.ts";
import { creditedDimensions } from "../facts/derived/credit.ts";
import { rep } from "../facts/rep.ts";
import { modelIds, singleTouchModels } from "../methods/attribution/index.ts";
import { productsOf } from "./certainty/certainty.ts";
import { customersSeenUntil, factOfTenure } from "./customers-by.ts";
import { factName, lacking, publicDimensions, splitsOf } from "./dimensions.ts";
import type { Clock, Variant } from "../indicators/definition.ts";
import type { Context, Draft } from "./draft.ts";
import { refuseRank } from "./certainty/ranking.ts";

type Pass = (draft: Draft, context: Context) => Draft | Promise<Draft>;

const planned = (draft: Draft, part: Partial<Plan>): Draft => ({ ...draft, plan: { ...draft.plan, ...part } });

/** The variant as it is counted by the cohort clock. */
const byCohort = (variant: Variant): Variant => ({ ...variant, parts: { ...variant.parts, ...variant.cohortParts } });

/** Refuses a clock by which the variant means nothing, and says which variants have it. */
function refuseClock({ indicator, variant }: Draft, wanted: Clock): never {
  const held = Object.values(variant.parts).some((measure) => measure.kind === "balance");
  const others = indicator.variants.filter((each) => each.clocks.includes(wanted)).map((each) => each.id);
  const instead = [
    `use the ${variant.clocks.join(" or ")} clock, or leave the clock out`,
    ...(others.length === 0 ? [] : [`by the ${wanted} clock ask ${[...new Set(others)].join(", ")}`]),
  ];
  throw new Problem(
    "wrong-clock",
    `${indicator.id} (${variant.id}) cannot be counted by the ${wanted} clock${held ? ": it is of what is held at the ends of a period" : ""}`,
    instead.join("; "),
    { indicator: indicator.id, clock: wanted },
  );
}

const clock: Pass = (draft) => {
  const { question, variant } = draft;
  const wanted = question.clock ?? variant.clocks[0] ?? "period";
  if (!variant.clocks.includes(wanted)) refuseClock(draft, wanted);
  if (question.window !== undefined && wanted !== "cohort")
    throw new Problem(
      "window-without-cohort",
      "a window belongs to the cohort clock",
      "add the cohort clock, or leave the window out",
    );
  if (wanted === "period") return planned(draft, { clock: wanted });
  const counted = byCohort(variant);
  const usual = typeof variant.window === "object" ? draft.plan.numbers[variant.window.setting] : variant.window;
  const plan = { clock: wanted, parts: counted.parts, window: question.window ?? usual };
  return planned({ ...draft, variant: counted }, plan);
};

function refuseSplit(draft: Draft, dimension: string, verb: "split" | "filtered"): never {
  const { indicator, variant, plan } = draft;
  const legal = [...splitsOf(variant), ...(verb === "filtered" ? variant.narrowing : [])];
  const known = (publicDimensions as readonly string[]).includes(dimension);
  const without = lacking(variant, plan.clock, dimension);
  const reason = !known
    ? `${dimension} is no dimension`
    : without.length > 0
      ? `${without.join(" and ")} has no ${dimension}`
      : `${dimension} means something else in each of its facts`;
  throw new Problem(
    known ? "cannot-split" : "unknown-dimension",
    `${indicator.id} cannot be ${verb} by ${dimension}: ${reason}`,
    legal.length === 0 ? "ask for the total" : `${verb === "split" ? "split" : "filter"} by ${legal.join(", ")}`,
    { indicator: indicator.id, dimension },
  );
}

const splits: Pass = (draft) => {
  const keys = draft.question.by ?? [];
  const legal = splitsOf(draft.variant);
  for (const key of keys) if (!legal.includes(key)) refuseSplit(draft, key, "split");
  return planned(draft, { keys: [...new Set(keys)], grain: draft.question.grain });
};

const slices: Pass = (draft) => {
  const legal = [...splitsOf(draft.variant), ...draft.variant.narrowing];
  const wanted = Object.entries(draft.question.where ?? {}).map(([dimension, filter]): Slice => {
    if (!legal.includes(dimension)) refuseSplit(draft, dimension, "filtered");
    return Array.isArray(filter)
      ? { dimension, values: filter, not: false }
      : { dimension, values: filter.not, not: true };
  });
  return planned(draft, { slices: wanted, narrowing: draft.variant.narrowing });
};

/**
 * All that has happened, or the last twelve months for what is held at the edges of a period. Costs that are spread over
 * months reach into the future: what is asked without a range stops at today, unless everything lies ahead.
 */
async function wholeRange(draft: Draft, { ledger }: Context): Promise<{ from: string; to: string }> {
  const measures = Object.values(draft.variant.parts);
  const { today } = draft.plan;
  const tomorrow = addDays(today, 1);
  if (measures.some((measure) => measure.kind === "balance")) return { from: addMonths(tomorrow, -12), to: tomorrow };
  const bounds = await Promise.all(
    measures.flatMap((measure) =>
      measure.kind === "aggregate" ? [ledger.bounds(measure.table.name, dating(measure, draft.plan.clock))] : [],
    ),
  );
  const known = bounds.filter((each) => each !== undefined);
  if (known.length === 0) return { from: addMonths(tomorrow, -12), to: tomorrow };
  const from = known.map((each) => each.from).reduce(minDay);
  const to = known.map((each) => each.to).reduce(maxDay);
  return { from, to: from < tomorrow ? minDay(to, tomorrow) : to };
}

/** The range, or a Problem where it holds no day. */
export function daysIn(range: Range): Range {
  if (range.from < range.to) return range;
  throw new Problem(
    "empty-range",
    `the range from ${range.from} to ${range.to} holds no day`,
    "`to` is exclusive and must be later than `from`",
    { ...range },
  );
}

const mostPeriods = 10_000;
const shortest: Readonly<Record<Grain, number>> = { day: 1, week: 7, month: 28, quarter: 90, year: 365 };

function refuseTooMany(grain: Grain | undefined, { from, to }: Range): void {
  if (grain === undefined || daysBetween(from, to) / shortest[grain] <= mostPeriods) return;
  throw new Problem(
    "too-many-periods",
    `from ${from} to ${to} there are more than ${mostPeriods} periods of a ${grain}`,
    "ask for a longer grain or a shorter range",
    { grain },
  );
}

const range: Pass = async (draft, context) => {
  const { from, to } = draft.question;
  const whole = from === undefined || to === undefined ? await wholeRange(draft, context) : undefined;
  const wanted = { from: from ?? whole?.from ?? "", to: to ?? whole?.to ?? "" };
  refuseTooMany(draft.plan.grain, daysIn(wanted));
  return planned(draft, { range: wanted });
};

const model: Pass = (draft, { settings }) => {
  const wanted = draft.question.model ?? settings.model;
  if (!(modelIds as readonly string[]).includes(wanted))
    throw new Problem("unknown-model", `no attribution model is named ${wanted}`, `use one of ${modelIds.join(", ")}`, {
      model: wanted,
    });
  refuseMedianOfShares(draft, wanted);
  return planned(draft, { parameters: { model: wanted, ...stepsThatCount(draft.question, settings.look_back_days) } });
};

/** What a question says of the touches that earn credit, where it is not what the workspace says. */
function stepsThatCount({ lookBack, views, direct }: Question, kept: number): Record<string, string> {
  if (lookBack !== undefined && lookBack > kept)
    throw new Problem(
      "look-back-too-long",
      `journeys are kept for ${kept} days before an outcome, not for ${lookBack}`,
      `ask for at most ${kept} days, or set look_back_days in embudo.yaml`,
      { lookBack, kept },
    );
  return {
    ...(lookBack === undefined || lookBack === kept ? {} : { look_back: String(lookBack) }),
    ...(views === true ? { views: "true" } : {}),
    ...(direct === "yields" ? { direct } : {}),
  };
}

/** Half of a day is no day: where several touches share an outcome, there is no median of the outcomes of one of them. */
function refuseMedianOfShares({ indicator, variant, plan }: Draft, wanted: string): void {
  const split = [...plan.keys, ...plan.slices.map((slice) => slice.dimension)];
  const credited = split.filter((each) => (creditedDimensions as readonly string[]).includes(each));
  const whole: readonly string[] = singleTouchModels;
  if (credited.length === 0 || whole.includes(wanted) || !Object.values(variant.parts).some(isMedian)) return;
  throw new Problem(
    "median-of-shares",
    `${indicator.id} (${variant.id}) is a median, and by ${credited.join(" and ")} the model ${wanted} divides what it is taken of`,
    `use a model that gives all to one touch: ${whole.join(", ")}`,
    { indicator: indicator.id, model: wanted },
  );
}

/** As of a past instant it is that day: what was still to come then is not over. */
const asOf: Pass = (draft, context) => planned(draft, { asOf: context.asOf, today: context.today });

const currency: Pass = (draft, context) => {
  const { ledger, settings } = context;
  const factOf = (table: string) => (table === "tenure" ? factOfTenure(context) : factName(table));
  const wanted = draft.question.currency ?? settings.currency;
  const foreign = Object.values(draft.variant.parts)
    .filter(isMoney)
    .map((measure) => measure.table.name)
    .filter((table) => (ledger.currencies[factOf(table)] ?? []).some((each) => each !== wanted));
  return planned(draft, { currency: wanted, homeCurrency: settings.currency, foreign: [...new Set(foreign)] });
};

/** Customers are followed as far as it is recorded whether they stayed. */
const followedTo: Pass = async (draft, context) =>
  Object.values(draft.variant.parts).some(({ table }) => table.name === "stay")
    ? planned(draft, { observedTo: await customersSeenUntil(context) })
    : draft;

const repColumns: Readonly<Record<string, string>> = { rep: "rep", team: "team", manager: "manager" };

/** What is added up beside the parts, so that the value has an interval. */
const certainty: Pass = (draft) => planned(draft, { products: productsOf(draft.variant, draft.plan.clock) });

const rank: Pass = (draft) => {
  refuseRank(draft);
  return draft;
};

/** People who sell are listed even when they have nothing to show. */
const members: Pass = (draft, { ledger }) => {
  const { keys, grain } = draft.plan;
  const all = keys.length > 0 && keys.every((key) => key in repColumns) && grain === undefined;
  const some = (ledger.rows["rep"] ?? 0) > 0;
  return all && some ? planned(draft, { members: { table: rep, columns: repColumns } }) : draft;
};

/** From question to plan, in this order. */
export const passes: readonly Pass[] = [
  clock,
  splits,
  slices,
  asOf,
  followedTo,
  range,
  model,
  currency,
  certainty,
  rank,
  members,
];
