import type { Calendar } from "./calendar.ts";
import type { Deal } from "./deal.ts";
import { between, below, chance, choiceOf, draw, type Random } from "./random.ts";

/** What a customer signed. */
export interface Contract {
  readonly day: number;
  /** Minor units a month, without tax. */
  readonly monthly: number;
  readonly yearly: boolean;
  /** True probability of leaving in a month, for who pays by the month. */
  readonly hazard: number;
}

export type ChangeKind = "start" | "expansion" | "contraction" | "churn" | "reactivation" | "pause" | "resume";

export interface Change {
  readonly day: number;
  readonly kind: ChangeKind;
  readonly after: number;
  readonly reason?: string;
}

export interface Invoice {
  /** Its place among the customer's invoices, from 1. */
  readonly place: number;
  readonly day: number;
  readonly kind: "new" | "renewal" | "expansion" | "one_off" | "refund" | "credit_note";
  /** Minor units without tax; negative for refunds and credit notes. */
  readonly net: number;
  readonly monthly: number;
  readonly refundOf?: number;
}

/** A later deal with a customer, by days. */
export interface LaterDeal {
  readonly kind: Exclude<Deal["kind"], "new">;
  readonly from: number;
  readonly to: number | undefined;
  readonly outcome: Deal["outcome"];
  readonly monthly: number;
}

export interface Subscription {
  readonly changes: readonly Change[];
  readonly invoices: readonly Invoice[];
  readonly deals: readonly LaterDeal[];
  readonly renewedOn: readonly number[];
  readonly churnedOn: readonly number[];
  /** Months lived while paying by the month, and how many of them ended with leaving. */
  readonly exposure: { readonly months: number; readonly left: number };
}

/** Monthly odds of what else happens to a subscription. */
export const odds = {
  base: 0.034,
  yearlyRelief: 0.75,
  expansion: 0.012,
  lostExpansion: 0.006,
  contraction: 0.005,
  pause: 0.003,
  comesBack: 0.1,
  refund: 0.011,
  service: 0.4,
} as const;

const reasons = choiceOf({
  "Poco uso": 30,
  Precio: 26,
  "Cierre del negocio": 16,
  "Cambio a la competencia": 16,
  "Falta una función": 12,
});

interface Life extends Contract {
  readonly calendar: Calendar;
  readonly random: Random;
  now: number;
  /** The month in which a paused or lost customer comes back; 0 while active, Infinity when never. */
  back: number;
  backAs: "resume" | "reactivation";
  months: number;
  changes: Change[];
  invoices: Invoice[];
  deals: LaterDeal[];
  renewedOn: number[];
  churnedOn: number[];
}

const share = (amount: number, factor: number): number => Math.max(100, Math.round((amount * factor) / 100) * 100);

function change(life: Life, day: number, kind: ChangeKind, after: number, reason?: string): void {
  life.changes.push(reason === undefined ? { day, kind, after } : { day, kind, after, reason });
}

function bill(life: Life, day: number, kind: Invoice["kind"], net: number): void {
  const { invoices, random, calendar } = life;
  const place = invoices.length + 1;
  invoices.push({ place, day, kind, net, monthly: life.now });
  if (!chance(random, odds.refund)) return;
  const on = day + 2 + below(random, 20);
  const back = Math.round(net * (life.yearly || chance(random, 0.5) ? between(random, 0.1, 0.5) : 1));
  const isCredit = chance(random, 0.25);
  if (on >= calendar.days) return;
  invoices.push({
    place: place + 1,
    day: on,
    kind: isCredit ? "credit_note" : "refund",
    net: -back,
    monthly: life.now,
    refundOf: place,
  });
}

function begin(life: Life): void {
  const { random, calendar, day } = life;
  change(life, day, "start", life.now);
  bill(life, day, "new", life.now * (life.yearly ? 12 : 1));
  const service = day + 7 + below(random, 25);
  if (chance(random, odds.service) && service < calendar.days)
    bill(life, service, "one_off", share(life.now, between(random, 0.8, 2)));
}

function leave(life: Life, day: number, month: number): void {
  const { random } = life;
  change(life, day, "churn", 0, draw(random, reasons));
  life.churnedOn.push(day);
  life.backAs = "reactivation";
  life.back = chance(random, odds.comesBack) ? month + 2 + below(random, 5) : Number.POSITIVE_INFINITY;
}

function grow(life: Life, day: number, monthsLeft: number): void {
  const { random } = life;
  const more = share(life.now, between(random, 0.12, 0.6));
  const from = Math.max(life.day, day - 10 - below(random, 30));
  if (chance(random, odds.expansion)) {
    life.now += more;
    change(life, day, "expansion", life.now);
    bill(life, day, "expansion", more * monthsLeft);
    life.deals.push({ kind: "expansion", from, to: day, outcome: "won", monthly: more });
  } else if (chance(random, odds.lostExpansion)) {
    life.deals.push({ kind: "expansion", from, to: day, outcome: "lost", monthly: more });
  }
}

function shrinks(life: Life, day: number, probability: number): boolean {
  if (!chance(life.random, probability)) return false;
  life.now = share(life.now, between(life.random, 0.55, 0.9));
  change(life, day, "contraction", life.now, "Menos puestos");
  return true;
}

function monthByMonth(life: Life, day: number, month: number): void {
  const { random } = life;
  life.months += 1;
  if (chance(random, life.hazard)) return leave(life, day, month);
  if (chance(random, odds.pause)) {
    change(life, day, "pause", 0, "Temporada baja");
    life.backAs = "resume";
    life.back = month + 1 + below(random, 3);
    return;
  }
  const isSmaller = shrinks(life, day, odds.contraction);
  bill(life, day, "renewal", life.now);
  if (!isSmaller) grow(life, day, 1);
}

function yearByYear(life: Life, day: number, month: number): void {
  const left = 12 - (month % 12);
  if (left < 12) return grow(life, day, left);
  const stays = Math.pow(1 - life.hazard, 12 * odds.yearlyRelief);
  const leaves = !chance(life.random, stays);
  life.deals.push({ kind: "renewal", from: day - 30, to: day, outcome: leaves ? "lost" : "won", monthly: life.now });
  if (leaves) return leave(life, day, month);
  life.renewedOn.push(day);
  shrinks(life, day, odds.contraction * 12);
  bill(life, day, "renewal", life.now * 12);
}

function comeBack(life: Life, day: number, month: number): void {
  life.back = 0;
  change(life, day, life.backAs, life.now);
  bill(life, day, "renewal", life.now * (life.yearly ? 12 - (month % 12) : 1));
}

function openRenewal(life: Life, month: number): void {
  const { calendar } = life;
  const due = calendar.addMonths(life.day, Math.ceil(month / 12) * 12);
  if (life.yearly && life.back === 0 && due - 30 < calendar.days)
    life.deals.push({ kind: "renewal", from: due - 30, to: undefined, outcome: "open", monthly: life.now });
}

/** The life of a contract until the end of the span. Who pays by the year can leave only when the year is over. */
export function subscribe(contract: Contract, calendar: Calendar, random: Random): Subscription {
  const life: Life = {
    ...contract,
    calendar,
    random,
    now: contract.monthly,
    back: 0,
    backAs: "resume",
    months: 0,
    changes: [],
    invoices: [],
    deals: [],
    renewedOn: [],
    churnedOn: [],
  };
  begin(life);
  let month = 1;
  for (
    let day = calendar.addMonths(contract.day, 1);
    day < calendar.days;
    day = calendar.addMonths(contract.day, ++month)
  ) {
    if (life.back > month) continue;
    if (life.back === month) comeBack(life, day, month);
    else if (contract.yearly) yearByYear(life, day, month);
    else monthByMonth(life, day, month);
  }
  openRenewal(life, month);
  return { ...life, exposure: { months: life.months, left: contract.yearly ? 0 : life.churnedOn.length } };
}
