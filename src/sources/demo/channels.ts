import { choice, choiceOf, type Choice } from "./random.ts";

export type ChannelName =
  | "paid_search"
  | "paid_social"
  | "display"
  | "organic_search"
  | "organic_social"
  | "email"
  | "referral"
  | "direct"
  | "events"
  | "partner";

export type FormName = "demo" | "contacto" | "guia";

/** A way in which leads come, and the truth about those that come by it. Factors are relative to the company's average. */
export interface Channel {
  readonly name: ChannelName;
  /** Share of the leads and of the people who visit and never become a lead. */
  readonly weight: number;
  readonly visits: number;
  readonly paid: boolean;
  readonly forms: Choice<FormName>;
  readonly segments: Choice<SegmentName>;
  readonly qualifies: number;
  readonly closes: number;
  readonly churns: number;
  /** Share of customers that pay by the year. */
  readonly yearly: number;
  /** Share of its leads that exist only because of it; the rest would have come another way. */
  readonly incremental: number;
  /** Share of its leads that left no touch on the web. */
  readonly offline: number;
}

export type SegmentName = "micro" | "pequeña" | "mediana";

/** What sets the sizes of company apart. */
export const segments: Readonly<
  Record<SegmentName, { price: number; qualifies: number; closes: number; churns: number }>
> = {
  micro: { price: 0.7, qualifies: 0.88, closes: 1.05, churns: 1.25 },
  pequeña: { price: 1.9, qualifies: 1.1, closes: 1, churns: 0.9 },
  mediana: { price: 5.4, qualifies: 1.2, closes: 0.85, churns: 0.6 },
};

const formMix = (demo: number, contacto: number, guia: number): Choice<FormName> => choiceOf({ demo, contacto, guia });
const sizeMix = (micro: number, pequeña: number, mediana: number): Choice<SegmentName> =>
  choiceOf({ micro, pequeña, mediana });

const usual = {
  paid: false,
  forms: formMix(22, 28, 50),
  segments: sizeMix(50, 36, 14),
  qualifies: 1,
  closes: 1,
  churns: 1,
  yearly: 0.38,
  offline: 0,
};

export const channels: readonly Channel[] = [
  {
    ...usual,
    name: "paid_search",
    weight: 22,
    visits: 22,
    paid: true,
    incremental: 0.45,
    forms: formMix(30, 32, 38),
    churns: 0.9,
  },
  {
    ...usual,
    name: "paid_social",
    weight: 20,
    visits: 22,
    paid: true,
    incremental: 0.8,
    forms: formMix(10, 14, 76),
    segments: sizeMix(72, 24, 4),
    qualifies: 1.7,
    closes: 1.1,
    churns: 2.7,
    yearly: 0.1,
  },
  {
    ...usual,
    name: "display",
    weight: 3,
    visits: 5,
    paid: true,
    incremental: 0.9,
    forms: formMix(12, 20, 68),
    qualifies: 0.9,
    closes: 0.85,
  },
  { ...usual, name: "organic_search", weight: 22, visits: 26, incremental: 0.5, qualifies: 0.95, churns: 0.8 },
  {
    ...usual,
    name: "organic_social",
    weight: 5,
    visits: 6,
    incremental: 0.5,
    forms: formMix(14, 22, 64),
    qualifies: 0.9,
  },
  { ...usual, name: "email", weight: 6, visits: 5, incremental: 0.35, forms: formMix(24, 16, 60), churns: 0.8 },
  {
    ...usual,
    name: "referral",
    weight: 5,
    visits: 3,
    incremental: 0.7,
    forms: formMix(34, 40, 26),
    closes: 1.35,
    churns: 0.55,
  },
  { ...usual, name: "direct", weight: 10, visits: 11, incremental: 0, forms: formMix(32, 38, 30), churns: 0.8 },
  {
    ...usual,
    name: "events",
    weight: 4,
    visits: 0,
    incremental: 0.8,
    forms: formMix(20, 35, 45),
    segments: sizeMix(28, 44, 28),
    churns: 0.7,
    offline: 0.2,
  },
  {
    ...usual,
    name: "partner",
    weight: 3,
    visits: 0,
    incremental: 0.9,
    forms: formMix(30, 60, 10),
    segments: sizeMix(24, 46, 30),
    closes: 1.45,
    churns: 0.5,
    offline: 0.6,
  },
];

/** The channel of a lead. */
export const leadChannels = choice(channels, (channel) => channel.weight);

/** The channel of a person who never becomes a lead. */
export const visitChannels = choice(channels, (channel) => channel.visits);

export const channelNamed = (name: ChannelName): Channel =>
  channels.find((channel) => channel.name === name) as Channel;

/** Odds that a lead qualifies for marketing, by the form that it filled. */
export const formQualifies: Readonly<Record<FormName, number>> = { demo: 0.5, contacto: 0.34, guia: 0.1 };

/** People who came by these channels are the ones whom display impressions move. */
export const movedByImpressions: ReadonlySet<ChannelName> = new Set(["direct", "organic_search"]);

/** The truth of the display story: how many people see impressions, and how much likelier they then become a lead. */
export const impressions = { channel: "display", reach: 0.25, lift: 2 } as const;

/** Share of the people who saw impressions among the leads of the channels that they move. */
export const exposedAmongMoved =
  (impressions.reach * impressions.lift) / (1 + impressions.reach * (impressions.lift - 1));
