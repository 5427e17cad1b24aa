import type { Answer, Row } from "../../contract/answer.ts";
import type { Band, ViewThrough, ViewThroughRequest } from "../../contract/view-through.ts";
import type { Database } from "../../engine/database.ts";
import { causedOf } from "../../methods/lift/caused.ts";
import { ceilingsOf } from "../../methods/lift/view-through.ts";
import { deadline } from "../answer.ts";
import { compared } from "../attribution/outcomes.ts";
import { reachOf } from "../attribution/reach.ts";
import { settingOf } from "../attribution/settings.ts";
import { campaignNamesOf } from "../campaigns/names.ts";
import type { Context } from "../draft.ts";
import { askOn } from "./ask.ts";
import { selfReported } from "./self-reported.ts";

const noOne = { amount: 0, people: 0 };
const settled = (amount: number): number => Math.round(amount * 1e6) / 1e6 + 0;
const revenueOf = (row: Row): number => row.parts["revenue"] ?? 0;
const isKnown = ({ key }: Row): boolean => key["channel"] !== null && key["channel"] !== "direct";

/** What the rows of an answer come to for each value of a dimension. */
function sumsBy(by: string, rows: readonly Row[], amount: (row: Row) => number | null): Map<string | null, number> {
  const sums = new Map<string | null, number>();
  for (const row of rows) {
    const [value, adds] = [row.key[by] ?? null, amount(row)];
    if (adds !== null) sums.set(value, settled((sums.get(value) ?? 0) + adds));
  }
  return sums;
}

/** Revenue under the model, by clicks alone and where what was only seen earns too; and what platforms claim. */
interface Layers {
  readonly clicked: Answer;
  readonly viewed: Answer;
  readonly claims: Answer;
}

type Layer = Omit<Band, "ceiling" | "caused">;

/** Each channel or campaign with the layers of what is known of it; direct visits are not of a known origin. */
function layersOf(
  by: "channel" | "campaign",
  { clicked, viewed, claims }: Layers,
  said: ViewThrough["answers"],
  names: Readonly<Record<string, string>>,
): Layer[] {
  const [clicks, views] = [clicked, viewed].map(({ rows }) => sumsBy(by, rows.filter(isKnown), revenueOf));
  const claimed = sumsBy(by, claims.rows, ({ parts }) => parts["claimed"] ?? null);
  const conversions = sumsBy(by, claims.rows, ({ parts }) => parts["conversions"] ?? null);
  const leads = new Map<string | null, number>();
  for (const { channel, leads: some } of said) leads.set(channel, (leads.get(channel) ?? 0) + some);
  const all = new Set([...(clicks?.keys() ?? []), ...(views?.keys() ?? []), ...claimed.keys()]);
  return [...all].flatMap((value): Layer[] => {
    if (value === null || value === "direct") return [];
    const floor = clicks?.get(value) ?? 0;
    const nothing = (claimed.get(value) ?? 0) === 0 && (conversions.get(value) ?? 0) === 0;
    const claim = nothing ? null : (claimed.get(value) ?? 0);
    return [
      {
        value,
        name: by === "campaign" ? (names[value] ?? null) : null,
        clicks: floor,
        seen: settled((views?.get(value) ?? 0) - floor),
        claimed: claim,
        claimedConversions: claim === null ? null : (conversions.get(value) ?? null),
        selfReported: by === "channel" ? (leads.get(value) ?? 0) : null,
      },
    ];
  });
}

const noViews = {
  code: "no-impressions",
  message:
    "no impressions of known people are recorded: what was seen and not clicked is known from the platforms' claims alone",
};

/** The band of each channel or campaign: from the revenue credited to its clicks to the most that it may have brought. */
export async function viewThrough(
  request: ViewThroughRequest,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<ViewThrough> {
  const { by = "channel", ...asked } = request;
  const ask = askOn(context, database, signal);
  const keys = by === "channel" ? ["channel"] : ["channel", "campaign"];
  const clicked = await ask({ ...asked, indicator: "marketing-roi", variant: "mer", by: keys });
  const { from = "", to = "", model = context.settings.model } = clicked.question;
  const days = { from, to, ...(asked.asOf === undefined ? {} : { asOf: asked.asOf }) };
  const what = { ...compared.revenue, variant: "mer" };
  const setting = settingOf(
    model,
    asked.lookBack ?? context.settings.look_back_days,
    "counts",
    context.settings.look_back_days,
  );
  const reached = { request: { ...days, by, of: "revenue" as const, currency: asked.currency }, what };
  const [reach, viewed, claims, answers] = await Promise.all([
    reachOf(reached, setting, context, database, { deadline, signal }),
    ask({ ...clicked.question, views: true }),
    ask({
      indicator: "platform-claims",
      by: keys,
      ...days,
      ...(asked.currency === undefined ? {} : { currency: asked.currency }),
    }),
    selfReported(days, context, ask),
  ]);
  const names = await campaignNamesOf({ asOf: context.asOf }, context.ledger, database);
  const layers = layersOf(by, { clicked, viewed, claims }, answers, names).toSorted(
    (a, b) => b.clicks - a.clicks || (a.value < b.value ? -1 : 1),
  );
  const revenue = clicked.total.parts["revenue"] ?? 0;
  const unexplained = sumsBy(
    "channel",
    clicked.rows.filter((row) => !isKnown(row)),
    revenueOf,
  );
  const [direct, none] = [unexplained.get("direct") ?? 0, unexplained.get(null) ?? 0];
  const { ceilings, gap } = ceilingsOf(layers, direct + none);
  const floors = layers.reduce((sum, { clicks }) => sum + clicks, 0);
  const seen = layers.some((each) => each.seen !== 0);
  return {
    question: { ...asked, by, from, to, model },
    currency: asked.currency ?? context.settings.currency,
    revenue,
    rows: layers.map((each, i) => ({
      ...each,
      ceiling: ceilings[i] ?? each.clicks,
      caused: [...causedOf(each.clicks, reach.of.get(each.value) ?? noOne, reach.all)],
    })),
    elsewhere: settled(revenue - floors - direct - none),
    unexplained: { direct, none },
    gap,
    answers,
    warnings: [...clicked.warnings, ...(seen ? [] : [noViews])],
    freshness: clicked.freshness,
  };
}
