import { plusDays } from "../oracle/days.ts";
import { dice, type Dice } from "../oracle/questions.ts";
import type { FactRow, Facts } from "../company.ts";

/** What one source says on one day. */
export interface DailyLoad {
  readonly source: string;
  readonly facts: Facts;
  /** Whether what it no longer states is gone. */
  readonly complete: boolean;
}

type Rows = Map<string, FactRow>;

/** A company on a day, as its systems would state it. */
interface World {
  readonly leads: Rows;
  readonly stages: Rows;
  readonly deals: Rows;
  readonly payments: Rows;
  readonly subscriptions: Rows;
  readonly spend: Rows;
  readonly rates: Rows;
  readonly touches: Rows;
  readonly goals: Rows;
  nth: number;
}

export const firstDay = "2026-01-01";
const channels = ["paid_search", "paid_social", "email", "direct", "referral", null];
const reps = ["Ana", "Berta", "Carla", null];
const campaigns = ["Spring", "Brand", null];
const currencies = ["EUR", "EUR", "USD"];

const instant = (day: string, draw: Dice): string =>
  new Date(Date.parse(day) + draw.below(86_400) * 1000).toISOString();
/** The day itself, or one up to three weeks before: a row that comes late. */
const perhapsLate = (day: string, draw: Dice): string => (draw.often(0.2) ? plusDays(day, -1 - draw.below(20)) : day);
const numbered = (world: World, letter: string): string => `${letter}${(world.nth += 1)}`;
const anyOf = (rows: Rows, draw: Dice, fits: (row: FactRow) => boolean = () => true): [string, FactRow] | undefined => {
  const all = [...rows].filter(([, row]) => fits(row));
  return all.length === 0 ? undefined : draw.one(all);
};

function comeIn(world: World, today: string, draw: Dice): void {
  for (let i = draw.below(4); i > 0; i--) {
    const id = numbered(world, "L");
    const person = `P${draw.below(30)}`;
    const at = instant(perhapsLate(today, draw), draw);
    world.leads.set(id, {
      lead_id: id,
      created_at: at,
      person_id: person,
      customer_id: draw.often(0.3) ? `C${draw.below(12)}` : null,
      channel: draw.one(channels),
      campaign: draw.one(campaigns),
      country: draw.one(["ES", "CO", null]),
      segment: draw.one(["small", "large", null]),
      rep: draw.one(reps),
      disqualified_as: null,
      merged_into: null,
    });
    if (draw.often(0.7)) {
      const touch = numbered(world, "T");
      const kind = draw.one(["click", "visit", "call", "impression"]);
      world.touches.set(touch, {
        touch_id: touch,
        occurred_at: draw.often(0.3) ? at : new Date(Date.parse(at) - draw.below(9) * 86_400_000).toISOString(),
        kind,
        person_id: person,
        channel: draw.one(channels),
        campaign: draw.one(campaigns),
      });
    }
  }
}

function moveOn(world: World, today: string, draw: Dice): void {
  for (let i = draw.below(3); i > 0; i--) {
    const found = anyOf(world.leads, draw);
    if (found === undefined) return;
    const entry = {
      subject: "lead",
      subject_id: found[0],
      stage: draw.one(["mql", "mql", "sql"]),
      entered_at: instant(perhapsLate(today, draw), draw),
      outcome: draw.one([null, null, "accepted", "rejected"]),
      reason: draw.one([null, "budget", "timing"]),
    };
    world.stages.set(JSON.stringify(entry), entry);
  }
}

function negotiate(world: World, today: string, draw: Dice): void {
  const from = anyOf(world.leads, draw);
  if (from !== undefined && draw.often(0.7)) {
    const id = numbered(world, "D");
    world.deals.set(id, {
      deal_id: id,
      created_at: instant(perhapsLate(today, draw), draw),
      outcome: "open",
      closed_at: null,
      lead_id: from[0],
      customer_id: draw.often(0.5) ? `C${draw.below(12)}` : null,
      amount: draw.often(0.9) ? 100 + draw.below(90_000) / 100 : null,
      currency: draw.one(currencies),
      rep: from[1]["rep"] ?? null,
      kind: draw.one(["new", "new", "expansion", null]),
    });
  }
  const open = anyOf(world.deals, draw, (row) => row["outcome"] === "open");
  if (open !== undefined && draw.often(0.6)) {
    const begun = String(open[1]["created_at"]);
    const closed = instant(perhapsLate(today, draw), draw);
    const row = { ...open[1], outcome: draw.one(["won", "lost"]), closed_at: closed > begun ? closed : begun };
    world.deals.set(open[0], row);
  }
}

function earn(world: World, today: string, draw: Dice): void {
  const won = anyOf(world.deals, draw, (row) => row["outcome"] === "won");
  if (won !== undefined && draw.often(0.7)) {
    const id = numbered(world, "R");
    world.payments.set(id, {
      revenue_id: id,
      customer_id: won[1]["customer_id"] ?? `C${draw.below(12)}`,
      occurred_on: perhapsLate(today, draw),
      amount: 50 + draw.below(90_000) / 100,
      currency: draw.one(currencies),
      kind: draw.one(["new", "renewal", "expansion", null]),
      refund_of: null,
      deal_id: draw.often(0.6) ? won[0] : null,
      rep: won[1]["rep"] ?? null,
      tax: draw.often(0.5) ? draw.below(2000) / 100 : null,
    });
  }
  const sale = anyOf(world.payments, draw, (row) => Number(row["amount"]) > 0);
  if (sale !== undefined && draw.often(0.12)) {
    const id = numbered(world, "R");
    const amount = -Math.round(Number(sale[1]["amount"]) * 50) / 100;
    world.payments.set(id, {
      ...sale[1],
      revenue_id: id,
      occurred_on: today,
      kind: "refund",
      amount,
      refund_of: sale[0],
    });
  }
  if (draw.often(0.3)) {
    const kind = draw.one(["start", "start", "expansion", "contraction", "churn"]);
    const row = {
      customer_id: `C${draw.below(12)}`,
      occurred_on: perhapsLate(today, draw),
      kind,
      mrr_after: kind === "churn" ? 0 : 10 + draw.below(5000) / 100,
      currency: draw.one(["EUR", "USD"]),
      product: null,
    };
    world.subscriptions.set(`${row.customer_id} ${row.occurred_on} ${kind}`, row);
  }
}

/** The ad platform states the last three days anew, now and then with fewer rows. */
function advertise(world: World, today: string, draw: Dice): void {
  for (let back = 0; back < 3; back++) {
    const day = plusDays(today, -back);
    for (const campaign of campaigns) {
      const key = `${day} ${campaign}`;
      if (back > 0 && draw.often(0.7)) continue;
      world.spend.delete(key);
      if (draw.often(0.85))
        world.spend.set(key, {
          account: "meta",
          day,
          category: "media",
          channel: "paid_social",
          campaign,
          amount: draw.below(20_000) / 100,
          currency: draw.one(currencies),
          platform_leads: draw.below(4),
          amortise_months: null,
        });
    }
  }
  if (draw.often(0.1))
    world.spend.set(`tool ${today}`, {
      account: null,
      day: today,
      category: draw.one(["tools", "salaries"]),
      channel: null,
      campaign: null,
      amount: 120 + draw.below(9000) / 100,
      currency: "EUR",
      platform_leads: null,
      amortise_months: draw.one([null, 3, 12]),
    });
}

/** What changes about what was already said. */
function correct(world: World, today: string, draw: Dice): void {
  const changed = (rows: Rows, share: number, how: (row: FactRow) => FactRow | undefined): void => {
    const found = draw.often(share) ? anyOf(rows, draw) : undefined;
    if (found === undefined) return;
    const row = how(found[1]);
    if (row === undefined) rows.delete(found[0]);
    else rows.set(found[0], row);
  };
  const survivor = anyOf(world.leads, draw)?.[0] ?? null;
  changed(world.leads, 0.25, (row) => (row["lead_id"] === survivor ? row : { ...row, merged_into: survivor }));
  changed(world.leads, 0.2, (row) => ({ ...row, disqualified_as: draw.one(["test", "student"]) }));
  changed(world.leads, 0.2, (row) => ({ ...row, channel: draw.one(channels), country: "MX" }));
  changed(world.leads, 0.1, () => undefined);
  changed(world.deals, 0.2, (row) => ({ ...row, outcome: "open", closed_at: null }));
  changed(world.deals, 0.2, (row) => ({ ...row, amount: 100 + draw.below(9000) / 100 }));
  changed(world.deals, 0.1, () => undefined);
  changed(world.stages, 0.1, () => undefined);
  changed(world.payments, 0.15, (row) => ({ ...row, amount: Number(row["amount"]) * 2 }));
  changed(world.payments, 0.15, () => undefined);
  changed(world.subscriptions, 0.1, (row) => ({ ...row, mrr_after: 7 }));
  changed(world.rates, 0.3, (row) => ({ ...row, rate: (8000 + draw.below(3000)) / 10_000 }));
  const late = [...world.rates].find(([day]) => day.startsWith(plusDays(today, -1)));
  if (late !== undefined && draw.often(0.3)) world.rates.set(late[0], { ...late[1], rate: 1.25 });
  changed(world.goals, 0.2, (row) => ({ ...row, target: 1 + draw.below(40) }));
}

const goals: readonly FactRow[] = ["leads", "win-ratio", "sales-revenue", "cost-per-lead"].flatMap((indicator) =>
  ["2026-01-01", "2026-02-01", "2026-03-01"].map((period_start) => ({
    indicator,
    scope_kind: "company",
    period_start,
    grain: "month",
    target: indicator === "win-ratio" ? 0.4 : 12,
  })),
);

const rates: readonly FactRow[] = Array.from({ length: 200 }, (_, nth) => ({
  day: plusDays(firstDay, nth - 60),
  currency: "USD",
  rate: (8000 + (nth % 37) * 25) / 10_000,
}));

const begun = (): World => ({
  leads: new Map(),
  stages: new Map(),
  deals: new Map(),
  payments: new Map(),
  subscriptions: new Map(),
  spend: new Map(),
  rates: new Map(rates.map((row) => [`${row["day"]} USD`, row])),
  touches: new Map(),
  goals: new Map(goals.map((row) => [`${row["indicator"]} ${row["period_start"]}`, row])),
  nth: 0,
});

const listed = (rows: Rows): FactRow[] => [...rows.values()];

const team = [
  { rep: "Ana", team: "North", manager: "Mar" },
  { rep: "Berta", team: "North", manager: null },
  { rep: "Dora", team: "South", manager: "Mar" },
];

/** Each system has its turn; what it states is all that it knows, and the ad platform's is all of its last days. */
const sources: readonly ((world: World, today: string) => DailyLoad)[] = [
  ({ leads, stages, deals }) => ({
    source: "crm",
    complete: true,
    facts: { lead: listed(leads), stage_entry: listed(stages), deal: listed(deals), rep: team },
  }),
  ({ spend, rates: known }, today) => ({
    source: "ads",
    complete: false,
    facts: { spend: listed(spend).filter((row) => String(row["day"]) > plusDays(today, -6)), rate: listed(known) },
  }),
  ({ payments, subscriptions }) => ({
    source: "books",
    complete: true,
    facts: { revenue: listed(payments), subscription_change: listed(subscriptions) },
  }),
  ({ touches, goals: wanted }) => ({
    source: "web",
    complete: false,
    facts: { touch: listed(touches), goal: listed(wanted) },
  }),
];
const turns = [1, 0, 2, 3, 0, 1, 2, 0, 3];

/** What the systems of a company say on each of so many days: rows late, restated, merged, refunded, deleted, reopened. */
export function history(seed: number, days: number): { day: string; load: DailyLoad }[] {
  const draw = dice(seed);
  const world = begun();
  return Array.from({ length: days }, (_, nth) => {
    const day = plusDays(firstDay, nth);
    for (const happen of [comeIn, moveOn, negotiate, earn, advertise, correct]) happen(world, day, draw);
    const load = sources[turns[nth % turns.length] ?? 0]?.(world, day);
    if (load === undefined) throw new Error("no source has its turn");
    return { day, load };
  });
}
