import type { Catalogue, IndicatorEntry, VariantEntry } from "../contract/catalogue.ts";
import { grains } from "../contract/question.ts";
import { written } from "../engine/formula.ts";
import { dayIn } from "../engine/time.ts";
import { unitOfMeasure, type Indicator, type Variant, type Words } from "../indicators/definition.ts";
import { nine } from "../indicators/index.ts";
import { references } from "../workspace/settings.ts";
import { splitsOf } from "./dimensions.ts";
import type { Context } from "./draft.ts";
import { titleOf } from "./explain/explain.ts";
import { findIndicator, revenueBasis, settledFor } from "./resolve.ts";
import { accumulates } from "./goals/placed.ts";

const onGoal: VariantEntry = {
  id: "on-goal",
  title: "On goal",
  unit: "ratio",
  formula: "on goal ÷ with goal",
  parts: [
    { id: "on_goal", unit: "count" },
    { id: "with_goal", unit: "count" },
  ],
  accumulates: false,
  by: [],
  clocks: ["period"],
};

const formulaText = (variant: Variant, numbers: Readonly<Record<string, number>>): string =>
  written(variant.value, titleOf, (setting) => numbers[setting] ?? Number.NaN);

/** The formula of a variant with the company's own numbers in it, such as its margin. */
export function formulaOf(indicatorId: string, variantId: string, asked: Context): string {
  const indicator = findIndicator(indicatorId, asked.indicators);
  const { settings } = settledFor(indicator, asked);
  const variant = indicator.variants.find(({ id }) => id === variantId);
  return variant === undefined ? "" : formulaText(variant, references(settings).numbers);
}

const variantEntry = (variant: Variant, numbers: Readonly<Record<string, number>>): VariantEntry => ({
  id: variant.id,
  title: variant.title,
  unit: variant.unit,
  formula: formulaText(variant, numbers),
  parts: Object.entries(variant.parts).map(([id, measure]) => ({ id, unit: unitOfMeasure(measure) })),
  accumulates: accumulates(variant),
  by: splitsOf(variant),
  clocks: [...variant.clocks],
});

const historyOf = ({ id }: Indicator, { definitions }: Context): IndicatorEntry["history"] =>
  definitions.versionsOf(id).map(({ version, effective, owner, by, since, own }) => ({
    version,
    effective,
    owner,
    by,
    since,
    own,
  }));

/** What a company wrote, in the languages in which it did. */
const wordsOf = (words: Words): Record<string, string> =>
  Object.fromEntries(Object.entries(words).filter((each): each is [string, string] => each[1] !== undefined));

function entry(indicator: Indicator, asked: Context): IndicatorEntry {
  const context = settledFor(indicator, asked);
  const { basis } = revenueBasis(context);
  const { numbers } = references(context.settings);
  const variants = indicator.variants
    .filter((each) => each.basis === undefined || each.basis === basis)
    .map((each) => variantEntry(each, numbers));
  const place = nine.findIndex(({ id }) => id === indicator.id);
  return {
    id: indicator.id,
    title: indicator.title,
    description: indicator.description,
    better: indicator.better,
    version: indicator.version,
    own: indicator.own,
    owner: indicator.owner,
    effective: indicator.effective,
    history: historyOf(indicator, context),
    titles: wordsOf(indicator.titles),
    descriptions: wordsOf(indicator.descriptions),
    nine: place < 0 ? null : place + 1,
    grains: [...grains],
    variants: variants.length > 0 ? variants : [onGoal],
  };
}

/** The workspace in short and everything that can be asked of it. */
export async function catalogueOf(context: Context): Promise<Catalogue> {
  const { settings, ledger } = context;
  return {
    workspace: {
      name: settings.name,
      currency: settings.currency,
      timeZone: settings.time_zone,
      languages: settings.languages,
      locale: settings.locale,
      today: context.today,
      lastDay: (await ledger.lastDay(context.today)) ?? null,
      firstLoadedOn: ledger.firstLoadedAt === null ? null : dayIn(settings.time_zone, new Date(ledger.firstLoadedAt)),
      violations: [...context.violations],
      empty: Object.values(ledger.rows).every((rows) => rows === 0),
    },
    indicators: context.indicators.map((indicator) => entry(indicator, context)),
  };
}
