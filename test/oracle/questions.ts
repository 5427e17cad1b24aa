import type { VariantEntry } from "../../src/contract/catalogue.ts";
import type { Filter, Question } from "../../src/contract/question.ts";
import type { Cell, Slice } from "./cell.ts";
import { plusDays, plusMonths } from "./days.ts";

/** Draws that follow from a seed. */
export function dice(seed: number): {
  below: (sides: number) => number;
  one: <T>(of: readonly T[]) => T;
  often: (share: number) => boolean;
} {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (sides: number) => Math.floor(next() * sides);
  return { below, one: (of) => of[below(of.length)] as (typeof of)[number], often: (share) => next() < share };
}
export type Dice = ReturnType<typeof dice>;

const grains = ["day", "week", "month", "quarter", "year"] as const;

/** Dimensions that the companies fill, and what they fill them with. */
export const filled: Readonly<Record<string, readonly (string | null)[]>> = {
  channel: ["paid_search", "paid_social", "email", "direct", "referral", null],
  campaign: ["Spring", "Brand", null],
  country: ["ES", "CO", null],
  segment: ["small", "large", null],
  product: ["CRM", "Mail", null],
  rep: ["Ana", "Berta", "Carla", null],
  team: ["North", "South", null],
  manager: ["Mar", null],
  kind: ["new", "expansion", "renewal", "refund", "visit", null],
  outcome: ["open", "won", "lost"],
  decision: ["accepted", "rejected", null],
  disqualified_as: ["test", "student", null],
  category: ["media", "agency", "tools", "salaries", "product"],
  account: ["meta", "google", null],
  currency: ["EUR", "USD", "COP", null],
};

const narrowing: Readonly<Record<string, readonly string[]>> = {
  "cost-per-lead": ["category", "account"],
  "customer-acquisition-cost": ["category", "account"],
};

function filter(variant: VariantEntry, indicator: string, draw: Dice): Record<string, Filter> {
  const dimension = draw.one([...variant.by, ...(narrowing[indicator] ?? [])].filter((each) => each in filled));
  const all = filled[dimension] ?? [null];
  const values = [...new Set([draw.one(all), draw.one(all)])];
  return { [dimension]: draw.often(0.5) ? values : { not: values } };
}

function range(draw: Dice, grain: Question["grain"]): { from: string; to: string } {
  const from = plusDays("2025-12-20", draw.below(120));
  return { from, to: plusDays(from, grain === "day" ? 1 + draw.below(30) : 1 + draw.below(220)) };
}

/** A dimension to split by: often the channel, on which most depends. */
const split = (dimensions: readonly string[], draw: Dice): string | undefined =>
  dimensions.includes("channel") && draw.often(0.4) ? "channel" : draw.one(dimensions);

/** A question about a variant: of so many splits, with or without a grain, and everything else as the dice fall. */
export function questionOf(
  indicator: string,
  variant: VariantEntry,
  splits: number,
  grained: boolean,
  draw: Dice,
): Question {
  const dimensions = variant.by.filter((each) => each in filled);
  const by = [...new Set(Array.from({ length: splits }, () => split(dimensions, draw)))].filter(
    (each) => each !== undefined,
  );
  const grain = grained ? draw.one(grains) : undefined;
  const clock = draw.one(variant.clocks);
  return {
    indicator,
    variant: variant.id,
    ...(by.length === 0 ? {} : { by }),
    ...(grain === undefined ? {} : { grain }),
    ...range(draw, grain),
    ...(dimensions.length > 0 && draw.often(0.3) ? { where: filter(variant, indicator, draw) } : {}),
    clock,
    ...(clock === "cohort" && draw.often(0.5) ? { window: 1 + draw.below(60) } : {}),
    model: draw.one(["first", "last", "last_non_direct"]),
    ...(draw.often(0.2) ? { currency: "USD" } : {}),
  };
}

const slices = ({ indicator, where }: Question): Slice[] =>
  Object.entries(where ?? {}).map(([dimension, wanted]) => ({
    dimension,
    values: Array.isArray(wanted) ? wanted : wanted.not,
    not: !Array.isArray(wanted),
    narrows: narrowing[indicator]?.includes(dimension) ?? false,
  }));

/** First day of the period of a grain, and of the next one. */
export function period(grain: NonNullable<Question["grain"]>, day: string): { start: string; next: string } {
  const month = Number(day.slice(5, 7));
  const monday = plusDays(day, -((new Date(day).getUTCDay() + 6) % 7));
  const months = (start: string, many: number) => ({ start, next: plusMonths(start, many) });
  if (grain === "day") return { start: day, next: plusDays(day, 1) };
  if (grain === "week") return { start: monday, next: plusDays(monday, 7) };
  if (grain === "month") return months(`${day.slice(0, 7)}-01`, 1);
  if (grain === "year") return months(`${day.slice(0, 4)}-01-01`, 12);
  return months(`${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`, 3);
}

const later = (a: string, b: string) => (a > b ? a : b);
const sooner = (a: string, b: string) => (a < b ? a : b);

/** What a row of the answer stands for. */
export function cellOf(
  question: Question,
  today: string,
  window: number | undefined,
  key: Cell["key"],
  start: string | null,
): Cell {
  const [from = "", to = ""] = [question.from, question.to];
  const { next } = start === null || question.grain === undefined ? { next: to } : period(question.grain, start);
  return {
    from: start === null ? from : later(from, start),
    to: sooner(to, next),
    key,
    slices: slices(question),
    clock: question.clock ?? "period",
    window,
    today,
  };
}
