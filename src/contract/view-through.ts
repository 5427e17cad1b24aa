import { z } from "zod";
import { Freshness, Warning } from "./answer.ts";
import { Question } from "./question.ts";

/** By what the band is drawn, the first where nothing is said. */
export const bandSplits = ["channel", "campaign"] as const;

/** Whose band is wanted, for which days, under which model. */
export const ViewThroughRequest = z.strictObject({
  by: z.enum(bandSplits, `expected ${bandSplits.join(" or ")}`).optional(),
  ...Question.pick({ from: true, to: true, model: true, lookBack: true, asOf: true, currency: true }).shape,
});
export type ViewThroughRequest = z.infer<typeof ViewThroughRequest>;

/** One channel or campaign, each layer by itself: they are never added up. */
export const Band = z.object({
  value: z.string(),
  /** Its last name, of a campaign that has one beside its id. */
  name: z.string().nullable(),
  /** The floor: revenue credited to clicks and visits. */
  clicks: z.number(),
  /** What the model gives it more, or less, where recorded impressions and opened e-mails earn like clicks. */
  seen: z.number(),
  /** What its platform claims; null where it claims nothing. */
  claimed: z.number().nullable(),
  claimedConversions: z.number().nullable(),
  /** The leads of the days that named it when they were asked; null by campaign. */
  selfReported: z.number().nullable(),
  /** The most that it may have brought, without counting any revenue twice. */
  ceiling: z.number(),
  /** What it may have caused, at the least and at the most, whatever the others did: these do not add up. */
  caused: z.tuple([z.number(), z.number()]),
});
export type Band = z.infer<typeof Band>;

/** Revenue by what is known of where it came from, as a band. */
export const ViewThrough = z.object({
  question: ViewThroughRequest.extend({ by: z.enum(bandSplits), from: z.string(), to: z.string(), model: z.string() }),
  currency: z.string(),
  /** All revenue of the days. */
  revenue: z.number(),
  rows: z.array(Band),
  /** Of channels that are known, without a campaign; 0 by channel. */
  elsewhere: z.number(),
  /** What no click of a known origin explains: of direct visits, and of no touch at all. */
  unexplained: z.object({ direct: z.number(), none: z.number() }),
  /** What is left of that when every ceiling is reached. */
  gap: z.number(),
  /** What leads said when they were asked, with the channel that it means where that is known. */
  answers: z.array(z.object({ answer: z.string().nullable(), channel: z.string().nullable(), leads: z.number() })),
  warnings: z.array(Warning),
  freshness: z.array(Freshness),
});
export type ViewThrough = z.infer<typeof ViewThrough>;
