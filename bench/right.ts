import type { AttributedRow, Attribution, Verdict } from "../src/contract/attribution.ts";
import { wilson } from "../src/methods/uncertainty/wilson.ts";
import type { Simulated } from "./simulated.ts";

/** How many of how many were right. */
export interface Score {
  readonly right: number;
  readonly n: number;
}

/** What was judged, and the verdict that was given: `sign robust`, `order contested` … */
export type Scores = ReadonlyMap<string, Score>;

type Named = AttributedRow & { readonly name: string };

const margin = 0.78;
const verdictsIn = ["robust", "unproven", "contested"] as const satisfies readonly Verdict[];

/** What each channel or campaign really caused, in revenue; not of display's campaigns, whose unclicked part is of no one of them. */
function causedBy({ truth: { stories } }: Simulated, by: "channel" | "campaign"): ReadonlyMap<string, number> {
  if (by === "channel")
    return new Map(Object.entries(stories.incremental).map(([name, { revenue_eur }]) => [name, revenue_eur]));
  return new Map(
    Object.entries(stories.incremental_by_campaign).flatMap(([name, { channel, revenue_eur }]) =>
      channel === "display" ? [] : [[name, revenue_eur]],
    ),
  );
}

/** Each judgement of a comparison: its kind, the verdict, and whether what the chosen model says is so in truth. */
function judged({ rows, pairs }: Attribution, caused: ReadonlyMap<string, number>): [string, boolean][] {
  const known = rows.filter((row): row is Named => row.name !== null && caused.has(row.name) && row.verdict !== null);
  const perCost = new Map(known.map(({ name, costs }) => [name, (caused.get(name) ?? 0) / costs]));
  const signs = known.map(({ name, chosen, verdict }): [string, boolean] => {
    const pays = (perCost.get(name) ?? 0) * margin > 1;
    return [`sign ${verdict}`, pays === (chosen.value ?? 0) > 0];
  });
  const orders = pairs.flatMap(({ better, worse, verdict }): [string, boolean][] => {
    const [one, other] = [perCost.get(better), perCost.get(worse)];
    return one === undefined || other === undefined ? [] : [[`order ${verdict}`, one > other]];
  });
  return [...signs, ...orders];
}

/** The band of a channel with what the channel really caused, and the revenue of all. */
interface Held {
  readonly clicks: number;
  readonly ceiling: number;
  readonly caused: readonly [number, number];
  readonly truth: number;
  readonly unclicked: number;
  readonly revenue: number;
}

const heldBy = ({ band, truth: { stories } }: Simulated): Held[] =>
  band.rows.flatMap(({ value, clicks, ceiling, caused }) => {
    const known = stories.incremental[value];
    if (known === undefined) return [];
    return [
      {
        clicks,
        ceiling,
        caused,
        truth: known.revenue_eur,
        unclicked: known.unclicked.revenue_eur,
        revenue: band.revenue,
      },
    ];
  });

/** Adds up what was right over companies, by what was judged and the verdict. */
export function scoresOf(companies: readonly Simulated[]): Scores {
  const scores = new Map<string, Score>();
  for (const one of companies)
    for (const [kind, isRight] of [
      ...judged(one.byChannel, causedBy(one, "channel")),
      ...judged(one.byCampaign, causedBy(one, "campaign")),
    ]) {
      const { right, n } = scores.get(kind) ?? { right: 0, n: 0 };
      scores.set(kind, { right: right + Number(isRight), n: n + 1 });
    }
  return scores;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** A share with its interval at 95 %. */
export function shareText({ right, n }: Score): string {
  const interval = wilson(right, n, 0.95);
  return interval === null ? "none" : `${percent(right / n)} of ${n} (${interval.map(percent).join(" to ")})`;
}

/** A line for each verdict on signs and on orders. */
export const verdictLines = (scores: Scores): string[] =>
  ["sign", "order"].flatMap((what) =>
    verdictsIn.map(
      (verdict) => `${what} ${verdict}: right in ${shareText(scores.get(`${what} ${verdict}`) ?? { right: 0, n: 0 })}`,
    ),
  );

const cent = 0.01;
const within = (amount: number, low: number, high: number): boolean => amount >= low - cent && amount <= high + cent;

function shareWhere<T>(all: readonly T[], holds: (one: T) => boolean): Score {
  return { right: all.filter(holds).length, n: all.length };
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** How many channels of how many caused what they may have caused, by what Embudo says. */
export const bandsHeld = (companies: readonly Simulated[]): Score =>
  shareWhere(companies.flatMap(heldBy), ({ caused: [least, most], truth }) => within(truth, least, most));

/** How often a band holds what a channel caused, and how wide it is. */
export function bandLines(companies: readonly Simulated[]): string[] {
  const all = companies.flatMap(heldBy);
  const unclicked = all.filter((one) => one.unclicked > 0);
  const width = (ends: (one: Held) => number) => percent(mean(all.map((one) => ends(one) / one.revenue)));
  const bands = shareWhere(all, ({ clicks, ceiling, truth }) => within(truth, clicks, ceiling));
  const without = shareWhere(all, ({ clicks, truth }) => truth < clicks - cent);
  const seen = shareWhere(unclicked, (one) => within(one.unclicked, 0, one.ceiling - one.clicks));
  return [
    `effect within what it may have caused: ${shareText(bandsHeld(companies))}; mean width ${width(({ caused: [least, most] }) => most - least)} of all revenue`,
    `effect from clicks to ceiling: ${shareText(bands)}; mean width ${width(({ clicks, ceiling }) => ceiling - clicks)} of all revenue`,
    `  below its clicks, of who would have come anyway: ${shareText(without)}`,
    `  what came of being seen, where there is some, from nothing to ceiling − clicks: ${shareText(seen)}`,
  ];
}
