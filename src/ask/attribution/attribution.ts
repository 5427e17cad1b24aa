import type { Attribution, AttributionRequest, Setting } from "../../contract/attribution.ts";
import type { Database } from "../../engine/database.ts";
import { answer, deadline } from "../answer.ts";
import { formulaOf } from "../catalogue.ts";
import type { Context } from "../draft.ts";
import { askUnder, questionUnder, type Ask, type Comparison } from "./asked.ts";
import { atMost } from "./at-most.ts";
import { compared } from "./outcomes.ts";
import { commonPaths } from "./paths.ts";
import { reachOf } from "./reach.ts";
import { rowsOf, toldOf, totalOf, type Answered } from "./rows.ts";
import { picturesOf } from "./rules.ts";
import { modelsUnder, settingOf, settingsFor } from "./settings.ts";
import { pairsOf } from "./verdicts.ts";

/** Questions that are answered at the same time. */
const atOnce = 3;
/** Values whose pairs are looked at. */
const paired = 30;

/** The request with what it left open; its days are those of the indicator's own answer. */
async function comparisonOf(request: AttributionRequest, chosen: Setting, ask: Ask): Promise<Comparison> {
  const { by = "channel", of = "revenue" } = request;
  const what = compared[of];
  const { question } = await ask({
    ...questionUnder(chosen, request, what.indicator),
    variant: what.variant,
    by: [by],
  });
  return { request: { ...request, by, of, from: question.from ?? "", to: question.to ?? "" }, what };
}

async function answeredUnder(
  chosen: Setting,
  settings: readonly Setting[],
  comparison: Comparison,
  ask: Ask,
): Promise<Omit<Answered, "reach" | "even">> {
  const { request } = comparison;
  const { by } = request;
  const [own, ...all] = await atMost(atOnce, [chosen, ...settings], (each) => askUnder(each, comparison, ask));
  if (own === undefined) throw new Error("a comparison has a chosen setting");
  const bought = await ask({ ...questionUnder(chosen, request, "customers"), variant: "new", by: [by] });
  const customers = new Map(bought.rows.map(({ key, value }) => [key[by] ?? null, value]));
  return { settings, chosen: own, all, customers, allCustomers: bought.total.value };
}

/** A credited outcome under every setting: what each value earned, what holds under all of them and what does not. */
export async function attributionOf(
  asked: AttributionRequest,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Attribution> {
  const began = performance.now();
  const { settings: words, ledger } = context;
  const ask: Ask = (question) => answer(question, context, database, signal);
  const kept = words.look_back_days;
  const { model = words.model, lookBack = kept, direct = "counts" } = asked;
  const chosen = settingOf(model, lookBack, direct, kept);
  const settings = asked.settings === "models" ? modelsUnder(chosen, kept) : settingsFor(kept);
  const comparison = await comparisonOf(asked, chosen, ask);
  const { request, what } = comparison;
  const { plan, ...reach } = await reachOf(comparison, chosen, context, database, { deadline, signal });
  const even = 1 / (plan.numbers["gross_margin"] ?? Number.NaN);
  const answered = { ...(await answeredUnder(chosen, settings, comparison, ask)), reach, even };
  const { indicator, warnings, freshness } = answered.chosen.split;
  const all = rowsOf(answered);
  const rows = all.map(toldOf);
  const rated = all
    .slice(0, paired)
    .flatMap(({ name, ...row }) => (name === null || row.costs <= 0 ? [] : [{ name, ...row }]));
  return {
    question: request,
    formula: formulaOf(what.indicator, what.variant, context),
    unit: indicator.unit,
    better: indicator.better,
    currency: request.currency ?? words.currency,
    settings,
    chosen: chosen.id,
    rows,
    total: totalOf(answered),
    pairs: pairsOf(rated, settings, indicator.better),
    rules: picturesOf({ halfLifeDays: words.half_life_days, custom: words.custom_weights }),
    paths: request.where === undefined ? await commonPaths(what.journeys, request, { database, ledger }) : [],
    warnings,
    freshness,
    took_ms: Math.round((performance.now() - began) * 10) / 10,
  };
}
