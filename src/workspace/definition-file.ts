import { z } from "zod";
import { isDay } from "../engine/time.ts";
import type { CostCategory } from "../facts/spend.ts";
import {
  indicator,
  type Clock,
  type Indicator,
  type IndicatorSettings,
  type Variant,
  type Words,
} from "../indicators/definition.ts";
import { parseExpression } from "../indicators/expression/parse.ts";
import { Mistake } from "../indicators/expression/syntax.ts";
import { variantOf } from "../indicators/expression/variant.ts";
import { overridden, type VariantChange } from "../indicators/overridden.ts";
import { settingsOfOne } from "./settings.ts";
import { checked, readYaml, type FileKind, type Stated } from "./yaml-file.ts";

const text = z.string().min(1);
const words = z.union(
  [
    text.transform((one): Words => ({ es: one, en: one })),
    z.strictObject({ es: text.optional(), en: text.optional() }),
  ],
  "expected a text, or one for each language: {es: …, en: …}",
);
const clock = z.enum(["period", "cohort"]);
const window = z.int().min(1).max(3660);

const common = {
  title: words.optional(),
  description: words.optional(),
  owner: text.optional(),
  effective: z.string().refine(isDay, "expected a day such as 2026-01-01").optional(),
  costs: settingsOfOne.marketing_costs,
  ...settingsOfOne,
};

const Own = z.strictObject({
  ...common,
  title: words,
  better: z.enum(["higher", "lower"]),
  value: text,
  clock: clock.optional(),
  window: window.optional(),
});

const Override = z.strictObject({
  ...common,
  default: text.optional(),
  variants: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]*$/, "expected an id such as per-mql"),
      z.strictObject({
        title: text.optional(),
        value: text.optional(),
        clock: clock.optional(),
        window: window.optional(),
      }),
    )
    .default({}),
});

type Common = z.output<z.ZodObject<typeof common>>;

/** What a file of `indicators/` may be named, before `.yaml`. */
export const isDefinitionId = (id: string): boolean => /^[a-z][a-z0-9-]{0,62}$/.test(id);

export const definitionFile = (id: string): FileKind => ({
  file: `indicators/${id}.yaml`,
  code: "definition-invalid",
  largest: 50_000,
});

/** Reads the text of a file of `indicators/`; a mistake is a Problem with its line and column. */
export const readDefinition = (content: string, id: string): Stated => readYaml(content, definitionFile(id));

const inOne = (written: Words | undefined, language: "es" | "en"): string | undefined =>
  written?.[language] ?? written?.es ?? written?.en;

function settingsOf({ costs, ...rest }: Common): IndicatorSettings {
  const { marketing_costs = costs, acquisition_costs = costs, ...others } = rest;
  const lists: [string, CostCategory[] | string[] | undefined][] = [
    ["marketing_costs", marketing_costs],
    ["acquisition_costs", acquisition_costs],
    ["paid_channels", others.paid_channels],
  ];
  const { include_product_cost, gross_margin, conversion_window_days, model, revenue } = others;
  const all = [
    ...lists,
    ...Object.entries({ include_product_cost, gross_margin, conversion_window_days, model, revenue }),
  ];
  return Object.fromEntries(all.filter(([, each]) => each !== undefined)) as IndicatorSettings;
}

/** Builds from an expression; its mistakes are told where the file has them. */
function placed<T>({ problemAt }: Stated, path: readonly string[], build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (error instanceof Mistake) throw problemAt(path, error.message, error.at);
    throw error;
  }
}

function refuseWindow(
  stated: Stated,
  path: readonly string[],
  wanted: { clock?: Clock | undefined; window?: number | undefined },
) {
  if (wanted.window !== undefined && wanted.clock !== "cohort")
    throw stated.problemAt([...path, "window"], "a window belongs to the cohort clock: add `clock: cohort`");
}

/** What every definition of a company says beside its variants. */
const heading = (id: string, given: Common, language: "es" | "en") => ({
  id,
  own: true,
  owner: given.owner ?? null,
  effective: given.effective ?? null,
  settings: settingsOf(given),
  titles: given.title ?? {},
  descriptions: given.description ?? {},
  title: inOne(given.title, language) ?? id,
  description: inOne(given.description, language) ?? "",
});

function ownIndicator(stated: Stated, id: string, language: "es" | "en"): Indicator {
  const given = checked(stated, Own);
  const own = heading(id, given, language);
  refuseWindow(stated, [], given);
  const variant = placed(stated, ["value"], () =>
    variantOf(parseExpression(given.value), {
      id: "value",
      title: own.title,
      clock: given.clock ?? "period",
      window: given.window,
    }),
  );
  return indicator({ ...own, better: given.better, version: 1, variants: [variant] });
}

type Given = z.output<typeof Override>["variants"][string];

function changeOf(stated: Stated, id: string, given: Given, shipped: readonly Variant[]): VariantChange {
  const path = ["variants", id];
  const [before] = shipped.filter((each) => each.id === id);
  if (before === undefined && (given.value === undefined || given.title === undefined))
    throw stated.problemAt(
      path,
      `there is no variant ${id} to change (${[...new Set(shipped.map((each) => each.id))].join(", ")}); a new one needs a title and a value`,
    );
  const wanted = { clock: given.clock ?? before?.clocks[0] ?? "period", window: given.window ?? before?.window };
  refuseWindow(stated, path, { clock: wanted.clock, window: given.window });
  if (given.clock !== undefined && before !== undefined && given.value === undefined)
    placed(stated, [...path, "clock"], () => refuseClock(before, given.clock));
  const { value } = given;
  const title = given.title ?? before?.title ?? id;
  const made =
    value === undefined
      ? undefined
      : placed(stated, [...path, "value"], () => variantOf(parseExpression(value), { id, title, ...wanted }));
  return { id, title: given.title, clock: given.clock, window: given.window, made };
}

function refuseClock(variant: Variant, wanted: Clock | undefined): void {
  if (wanted === "cohort" && Object.values(variant.parts).some((measure) => measure.kind === "balance"))
    throw new Mistake(0, `${variant.id} is of what is held at the ends of a period; it has no cohort clock`);
}

function override(stated: Stated, shipped: Indicator, language: "es" | "en"): Indicator {
  if (shipped.variants.length === 0)
    throw stated.problemAt([], `${shipped.id} is made of the other indicators; change those, or the goals`);
  const given = checked(stated, Override);
  const changes = Object.entries(given.variants).map(([id, each]) => changeOf(stated, id, each, shipped.variants));
  const changed = overridden(shipped, changes, given.default);
  if (changed === undefined)
    throw stated.problemAt(
      ["default"],
      `there is no variant ${given.default}; use one of ${[...new Set(shipped.variants.map((each) => each.id))].join(", ")}`,
    );
  const { own: _, title, description, ...rest } = heading(shipped.id, given, language);
  return indicator({
    ...changed,
    ...rest,
    title: given.title === undefined ? shipped.title : title,
    description: given.description === undefined ? shipped.description : description,
  });
}

/** The indicator that a definition means: one of the company's own, or a shipped one as the company changes it. */
export const indicatorOf = (
  stated: Stated,
  id: string,
  shipped: Indicator | undefined,
  language: "es" | "en",
): Indicator => (shipped === undefined ? ownIndicator(stated, id, language) : override(stated, shipped, language));
