import { z } from "zod";
import { categories, channels, type Category } from "../facts/channels/channels.ts";
import { hostOf } from "../facts/channels/clean.ts";
import { clickIds } from "../facts/channels/click-ids.ts";
import { noChannelSettings, type ChannelSettings, type OwnRule } from "../facts/channels/grouping.ts";

const oneOrMore = <T extends z.ZodType<string>>(each: T) =>
  z.union([each.transform((one) => [one]), z.array(each).min(1)], {
    error: (issue) => `expected ${typeof issue.input === "object" ? "texts" : "a text"}, one or a list`,
  });
const pattern = z.string().min(1);
const expectedClick = `expected one of ${Object.keys(clickIds).join(", ")}, or a list of them`;
const clickId = z.string().refine((each) => each.toLowerCase() in clickIds);
const id = z.string().regex(/^[a-z][a-z0-9_]*$/, "expected a name in small letters, digits and _, such as trade_fairs");
const host = z
  .string()
  .refine(
    (each) => hostOf(each) !== null && /^[^/:*]+$/.test(each),
    "expected a host such as shop.example.com; it stands for those below it too",
  );

const Rule = z
  .strictObject({
    channel: id,
    source: oneOrMore(pattern).optional(),
    medium: oneOrMore(pattern).optional(),
    campaign: oneOrMore(pattern).optional(),
    referrer: oneOrMore(pattern).optional(),
    click_id: z
      .union([clickId.transform((one) => [one]), z.array(clickId).min(1)], { error: expectedClick })
      .optional(),
  })
  .refine((rule) => Object.entries(rule).some(([name, value]) => name !== "channel" && value !== undefined), {
    error: "a rule needs at least one of source, medium, campaign, referrer, click_id",
  });

const withoutUndefined = (rule: z.output<typeof Rule>): OwnRule =>
  Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)) as unknown as OwnRule;

/** `channels:` of an embudo.yaml: a company's own rules, names of channels and hosts. */
export const Channels = z
  .strictObject({
    rules: z.array(Rule).default([]),
    rename: z.partialRecord(z.enum(channels), id).default({}),
    hosts: z
      .partialRecord(
        z.enum(categories.filter((each): each is Exclude<Category, "direct"> => each !== "direct")),
        z.array(host),
      )
      .default({}),
  })
  .transform(({ rules, ...rest }): ChannelSettings => ({ rules: rules.map(withoutUndefined), ...rest }))
  .default(noChannelSettings);
