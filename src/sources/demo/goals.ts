import { columns } from "./columns.ts";
import { csvLine, type Cell } from "./csv.ts";
import type { Files } from "./files.ts";
import { productCost } from "./products.ts";
import { between, purpose } from "./random.ts";
import { atStart, type RepTally, type Series, type Tally } from "./tally.ts";
import { director } from "./team.ts";
import type { World } from "./world.ts";

const monthsAhead = 2;
const monthlyGrowth = 1.02;
const setDaysBefore = 5;
/** Nobody sets a goal below this share of the scope's usual month: it is only just beginning. */
const leastPersonal = 0.15;
/** No goal lets a customer cost more than so many times the usual. */
const dearestCustomer = 1.4;

type Trend = (series: Series) => number;
type Goal = Readonly<Partial<Record<(typeof columns.goal)[number], Cell>>>;

/** Around a month: the mean of it and its neighbours, of whole months only; later ones go on from the last three. */
function trendAt(month: number, wholeMonths: number): Trend {
  const last = wholeMonths - 1;
  const middle = Math.min(month, last - 1);
  const from = Math.max(0, middle - 1);
  const to = Math.min(last, middle + 1);
  const further = monthlyGrowth ** Math.max(0, month - last);
  return (series) => (series.slice(from, to + 1).reduce((sum, value) => sum + value, 0) / (to - from + 1)) * further;
}

const ratio = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined);
const total = (series: Series): number => series.reduce((sum, value) => sum + value, 0);

function companyTargets(tally: Tally, trend: Trend, base: Series): Record<string, number | undefined> {
  const { months } = tally;
  const usualCost = ratio(total(months.cost), total(months.newCustomers));
  const monthCost = ratio(trend(months.cost), trend(months.newCustomers)) ?? Number.POSITIVE_INFINITY;
  const margin = trend(months.revenue) * (1 - productCost);
  return {
    "cost-per-lead": ratio(trend(months.media) / 100, trend(months.paidLeads)),
    "marketing-qualified-leads": trend(months.mqls),
    "customer-acquisition-cost":
      usualCost === undefined ? undefined : Math.min(monthCost, usualCost * dearestCustomer) / 100,
    "customer-retention": 1 - (ratio(total(months.churned), total(base)) ?? 0.025),
    "marketing-roi": ratio(margin - trend(months.marketing), trend(months.marketing)),
    "sales-qualified-leads": trend(months.sqls),
    "win-ratio": ratio(total(months.wonYoung), total(months.opportunities)),
    "sales-revenue": trend(months.revenue) / 100,
  };
}

const isMoney: ReadonlySet<string> = new Set(["cost-per-lead", "customer-acquisition-cost", "sales-revenue"]);
const isRatio: ReadonlySet<string> = new Set(["customer-retention", "marketing-roi", "win-ratio"]);
const isLowerBetter: ReadonlySet<string> = new Set(["cost-per-lead", "customer-acquisition-cost"]);

/** A number that somebody would set as a goal: two digits, or thousandths of a ratio. */
function rounded(indicator: string, value: number): number {
  if (isRatio.has(indicator)) return Math.round(value * 1000) / 1000;
  const size = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.max(1, Math.round(value / size) * size);
}

function companyGoals(world: World, tally: Tally, month: number, base: Series): Goal[] {
  const targets = companyTargets(tally, trendAt(month, world.calendar.months - 1), base);
  return Object.entries(targets).flatMap(([indicator, value]) => {
    const noise = between(world.random, 0.95, 1.05);
    if (value === undefined) return [];
    const firmness =
      indicator === "customer-retention" ? 1 : isLowerBetter.has(indicator) ? 1.01 * noise : 0.99 * noise;
    const target = rounded(indicator, value * firmness);
    return [{ indicator, scope_kind: "company", target, currency: isMoney.has(indicator) ? "EUR" : undefined }];
  });
}

/** Whose goal it is, and what the indicator came to month by month. */
interface Scoped {
  readonly kind: "team" | "rep";
  readonly scope: string;
  readonly indicator: string;
  readonly series: Series;
  /** What one of the series is worth in the goal's unit. */
  readonly unit: number;
}

function scopedGoals({ kind, scope, indicator, series, unit }: Scoped, trend: Trend, noise: number): Goal[] {
  const value = trend(series) * unit;
  if (value <= 0 || value < (total(series) / series.length) * unit * leastPersonal) return [];
  const currency = isMoney.has(indicator) ? "EUR" : undefined;
  return [{ indicator, scope_kind: kind, scope, target: rounded(indicator, value * noise), currency }];
}

function personalGoals({ calendar, random, team }: World, tally: Tally, month: number): Goal[] {
  const trend = trendAt(month, calendar.months - 1);
  const here = team.reps.filter((rep) => rep.endedOn === undefined || calendar.monthStart(month) < rep.endedOn);
  const goalsOf = (indicator: string, part: "revenue" | "sqls", unit: number): Goal[] =>
    [
      ...team.teams.map((scope) => ({ kind: "team" as const, scope, series: tally.teams[scope][part] })),
      ...here.map(({ name, index }) => ({
        kind: "rep" as const,
        scope: name,
        series: (tally.reps[index] as RepTally)[part],
      })),
    ].flatMap((one) => scopedGoals({ ...one, indicator, unit }, trend, between(random, 0.93, 1.09)));
  const opened = team.teams.flatMap((scope) =>
    scopedGoals(
      { kind: "team", scope, indicator: "opportunities-created", series: tally.teams[scope].opportunities, unit: 1 },
      trend,
      between(random, 0.93, 1.09),
    ),
  );
  return [...goalsOf("sales-revenue", "revenue", 0.01), ...goalsOf("sales-qualified-leads", "sqls", 1), ...opened];
}

/** Writes the goals of every month, close to what the simulation yields; last, because they follow from it. */
export function recordGoals(world: World, files: Files, tally: Tally): void {
  const { calendar, random } = world;
  const base = atStart(tally);
  for (let month = 0; month < calendar.months + monthsAhead; month++) {
    random.restart(purpose.goal, month);
    const first = calendar.monthStart(month);
    const shared = {
      period_start: calendar.day(first),
      grain: "month",
      set_by: director,
      set_at: calendar.instant(calendar.at(Math.min(calendar.days - 1, Math.max(0, first - setDaysBefore)), 9 * 3600)),
    };
    for (const goal of [...companyGoals(world, tally, month, base), ...personalGoals(world, tally, month)])
      files.goal.add(csvLine(columns.goal, { ...shared, ...goal }), 1);
  }
}
