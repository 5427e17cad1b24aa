import type { Catalogue, VariantEntry } from "../contract/catalogue.ts";
import { models, type Address, type Parsed } from "./address.ts";
import { splits } from "./attribution/loader.ts";
import { entryOf } from "./context.ts";
import { groupings } from "./retention/loader.ts";
import { lengths } from "./revenue/loader.ts";
import { matchRoute } from "./routes.ts";
import { parseTarget } from "./target.ts";

/** Drops and names what only the catalogue can tell to be wrong: variants, clocks, dimensions, other numbers. */
export function checked({ address, dropped }: Parsed, catalogue: Catalogue): Parsed {
  const wrong = wrongIn(address, catalogue);
  const keys = Object.keys(wrong) as (keyof typeof wrong)[];
  const known = Object.fromEntries(keys.map((key) => [key, undefined]));
  const named = keys.map((key) => `${names[key]}=${wrong[key]}`.slice(0, 60));
  return { address: { ...address, ...known }, dropped: [...dropped, ...named] };
}

/** What is checked, by its name in addresses. */
const names = {
  variant: "v",
  clock: "k",
  window: "w",
  by: "by",
  over: "why",
  against: "vs",
  explain: "x",
} as const satisfies Partial<Record<keyof Address, string>>;

type Checked = keyof typeof names;

function wrongIn(address: Address, catalogue: Catalogue): Partial<Record<Checked, string | number>> {
  const entry = entryOf(catalogue, matchRoute(address.path)?.id ?? "");
  const variant = entry?.variants.find(({ id }) => id === address.variant);
  const shown = variant ?? entry?.variants[0];
  const fits: Record<Checked, boolean> = {
    variant: variant !== undefined,
    clock: shown?.clocks.some((clock) => clock === address.clock) ?? false,
    window: isCohort(address, shown),
    by: (splitsOf(address) ?? shown?.by ?? []).some((split) => split === address.by),
    over: shown?.by.includes(address.over ?? "") ?? false,
    against: isAttribution(address)
      ? Object.hasOwn(models, address.against ?? "")
      : isNumber(address.against ?? "", catalogue),
    explain: entryOf(catalogue, parseTarget(address.explain ?? "")?.indicator ?? "") !== undefined,
  };
  const all = Object.keys(names) as Checked[];
  return Object.fromEntries(
    all.flatMap((key) => (address[key] === undefined || fits[key] ? [] : [[key, address[key]]])),
  );
}

/** What pages that are no indicator's can be split by. */
function splitsOf({ path }: Address): readonly string[] | undefined {
  const screen = matchRoute(path)?.screen;
  if (screen === "retention") return groupings;
  if (screen === "revenue") return lengths;
  return screen === "attribution" || screen === "funnel" ? splits : undefined;
}

const isAttribution = ({ path }: Address): boolean => matchRoute(path)?.screen === "attribution";

/** A window is of cohorts alone: by choice, or where the variant counts them by default. */
const isCohort = ({ clock }: Address, shown: VariantEntry | undefined): boolean =>
  (clock ?? shown?.clocks[0]) === "cohort" && (shown?.clocks.includes("cohort") ?? false);

/** Whether a text names an indicator of the catalogue, or a variant of it. */
function isNumber(text: string, catalogue: Catalogue): boolean {
  const [id = "", variant] = text.split(".");
  const entry = entryOf(catalogue, id);
  return entry !== undefined && (variant === undefined || entry.variants.some((each) => each.id === variant));
}
