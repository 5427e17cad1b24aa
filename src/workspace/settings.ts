import { z } from "zod";
import { isDay } from "../engine/time.ts";
import { weekdays, type WorkWeek } from "../engine/working-days.ts";
import { costCategories } from "../facts/spend.ts";
import { modelIds } from "../methods/attribution/index.ts";
import { checked, kept, readYaml, type FileKind, type Stated } from "./yaml-file.ts";
import { Channels } from "./channel-settings.ts";
import { Scoreboards } from "./scoreboards.ts";
import { Sites } from "./sites.ts";

const names = z.union([
  z
    .string()
    .min(1)
    .transform((one) => [one]),
  z.array(z.string().min(1)).min(1),
]);
const categories = z.array(z.enum(costCategories));
const bases = z.enum(["bookings", "billings", "recognised", "cash"]);
const days = z.number().int().min(1).max(3650);
const models = z.enum(modelIds);
const weight = z.number().int().min(0).max(1000).default(0);
const margin = z.number().gt(0).max(1);

/** Whether a time zone of that name exists. */
export const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** The workspace's `embudo.yaml`: what a company's words mean. Unknown keys are refused, so that no typing error is a default. */
const Words = z.strictObject({
  name: z.string().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/, "expected an ISO 4217 code such as EUR"),
  time_zone: z.string().refine(isZone, "expected a time zone such as America/Bogota"),
  languages: z
    .array(z.enum(["es", "en"]))
    .min(1)
    .default(["es", "en"]),
  locale: z.string().default("es-ES"),
  /** The names of the stages that make a lead an MQL or an SQL. */
  stages: z
    .strictObject({ mql: names.default(["mql"]), sql: names.default(["sql"]) })
    .default({ mql: ["mql"], sql: ["sql"] }),
  /** Which revenue counts; bookings are won deals, the others are what the revenue fact holds. */
  revenue: bases.optional(),
  paid_channels: z
    .array(z.string().min(1))
    .default([
      "paid_search",
      "paid_social",
      "display",
      "video",
      "affiliates",
      "cross_network",
      "paid_shopping",
      "paid_other",
    ]),
  /** How a channel is derived where no source gives one. */
  channels: Channels,
  acquisition_costs: categories.optional(),
  marketing_costs: categories.default(["media", "agency", "content", "events", "tools", "research"]),
  include_product_cost: z.boolean().default(false),
  gross_margin: margin.default(1),
  model: models.default("last_non_direct"),
  /** How long after a lead came in what it brings counts as its own, where a definition leaves that to the company. */
  conversion_window_days: days.default(90),
  look_back_days: days.default(90),
  /** An alias (a device, an e-mail, a switchboard's number) of more people, or with more touches, is nobody's in particular. */
  shared: z
    .strictObject({
      people: z.number().int().min(1).max(1000).default(5),
      touches: z.number().int().min(1).max(1_000_000).default(10_000),
    })
    .default({ people: 5, touches: 10_000 }),
  /** What makes a customer one, and how many days one without a contract may stay away before it is lost. */
  retention: z
    .strictObject({ by: z.enum(["contracts", "purchases"]).optional(), inactivity_days: days.default(90) })
    .default({ inactivity_days: 90 }),
  /** By how many days older a touch must be to weigh half as much under `time_decay`. */
  half_life_days: z.number().gt(0).max(3650).default(7),
  /** What the touches in each role weigh under `custom`; `other` is shared by those that have none. */
  custom_weights: z
    .strictObject({ first: weight, lead: weight, opportunity: weight, last: weight, other: weight })
    .refine(({ first, last, other }) => first + last + other > 0, "first, last or other must weigh something")
    .default({ first: 40, lead: 0, opportunity: 0, last: 40, other: 20 }),
  /** The days on which the company works, and those on which it does not all the same: the pace of goals. */
  working_days: z.array(z.enum(weekdays)).min(1).default(["mon", "tue", "wed", "thu", "fri"]),
  holidays: z.array(z.string().refine(isDay, "expected a day such as 2026-12-25")).default([]),
  /** What a team or a person looks at, by name. */
  scoreboards: Scoreboards,
  /** The websites and programs that events are taken from. */
  sites: Sites,
  /** Each source by name: its `kind` and what that kind needs. */
  sources: z.record(z.string().regex(/^[a-z][a-z0-9_-]*$/i), z.looseObject({ kind: z.string() })).default({}),
});

const Settings = Words.refine(({ sites, sources }) => Object.keys(sites).length === 0 || !("web" in sources), {
  path: ["sources", "web"],
  message: "what the sites send is the source web; give this source another name",
});
export type Settings = z.infer<typeof Settings>;

/** The settings that may be another for one indicator alone. */
export const settingsOfOne = {
  marketing_costs: categories.optional(),
  acquisition_costs: categories.optional(),
  paid_channels: z.array(z.string().min(1)).optional(),
  include_product_cost: z.boolean().optional(),
  gross_margin: margin.optional(),
  conversion_window_days: days.optional(),
  model: models.optional(),
  revenue: bases.optional(),
};

/** Settings with the means to point at the place in the file where something is wrong. */
export interface SettingsFile extends Pick<Stated, "problemAt"> {
  readonly settings: Settings;
  /** What the file says itself, without defaults and without its sources and sites. */
  readonly stated: Readonly<Record<string, unknown>>;
}

const settingsFile = (file: string): FileKind => ({ file, code: "settings-invalid", largest: 1_000_000 });

/** What settings say of the company's words, without where its data comes from. */
function words(content: unknown): Readonly<Record<string, unknown>> {
  const { sources: _, sites: __, ...rest } = content as Record<string, unknown>;
  return rest;
}

/** Reads the text of an `embudo.yaml`; a mistake is a Problem with its line and column. */
export function parseSettings(text: string, file: string): SettingsFile {
  const yaml = readYaml(text, settingsFile(file));
  const settings = checked(yaml, Settings);
  return { settings, stated: words(yaml.content), problemAt: yaml.problemAt };
}

/** The company's working days. */
export const workWeek = ({ working_days, holidays }: Settings): WorkWeek => ({ days: working_days, holidays });

/** Settings as they were once stated; what has been added to Embudo since has its default. */
export const settingsAsStated = (stated: unknown): Settings =>
  checked(kept(stated, settingsFile("embudo.yaml")), Settings);

const without = (all: readonly string[], left: string): string[] => all.filter((each) => each !== left);

const acquisitionCosts = ({ acquisition_costs, include_product_cost }: Settings): readonly string[] =>
  acquisition_costs ?? (include_product_cost ? costCategories : without(costCategories, "product"));

/** The lists and numbers that measures and formulas refer to by name. */
export function references(settings: Settings): {
  lists: Record<string, readonly string[]>;
  numbers: Record<string, number>;
} {
  return {
    lists: {
      paid_channels: settings.paid_channels,
      marketing_costs: settings.marketing_costs,
      acquisition_costs: acquisitionCosts(settings),
    },
    numbers: {
      gross_margin: settings.gross_margin,
      conversion_window_days: settings.conversion_window_days,
      half_life_days: settings.half_life_days,
      ...Object.fromEntries(Object.entries(settings.custom_weights).map(([role, each]) => [`weight_${role}`, each])),
    },
  };
}
