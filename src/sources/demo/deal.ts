import { officeTime } from "./calendar.ts";
import { segments } from "./channels.ts";
import type { StageEntry } from "./funnel.ts";
import { wait, type Lead } from "./lead.ts";
import { currencies, priceList, type Currency } from "./places.ts";
import { anyProduct, type Product } from "./products.ts";
import { between, chance, choiceOf, draw, logNormal, type Random } from "./random.ts";
import type { Rep } from "./team.ts";
import type { World } from "./world.ts";

/** An opportunity as it stands at the end of the span. */
export interface Deal {
  /** Its place among the lead's deals, from 1. */
  readonly place: number;
  readonly kind: "new" | "expansion" | "renewal";
  readonly createdAt: number;
  readonly outcome: "open" | "won" | "lost";
  readonly closedAt: number | undefined;
  /** Minor units for a year. */
  readonly amount: number;
  readonly currency: Currency;
  readonly product: Product;
  readonly stage: string;
  readonly probability: number | undefined;
  readonly rep: Rep;
  readonly createdBy: Rep;
  readonly sourcer: Rep | undefined;
  readonly competitor: string | undefined;
  readonly lostReason: string | undefined;
  readonly entries: readonly StageEntry[];
}

/** What a deal is about, before anybody knows how it ends. */
export interface Offer {
  readonly product: Product;
  readonly currency: Currency;
  /** Minor units a month. */
  readonly monthly: number;
}

export const odds = { opportunity: 0.92, won: 0.266, never: 0.04, parallel: 0.04, retry: 0.06 } as const;

const steps = [
  { stage: "Descubrimiento", from: 0, probability: 0.1 },
  { stage: "Demo", from: 0.18, probability: 0.25 },
  { stage: "Propuesta", from: 0.5, probability: 0.45 },
  { stage: "Negociación", from: 0.8, probability: 0.7 },
];
/** How probable it is that a deal in a stage is won, and that one is of who is a customer already. */
export const stepOdds = Object.fromEntries(steps.map(({ stage, probability }) => [stage, probability]));
export const laterOdds = 0.6;
const stepsBack = 0.04;
const reassigned = 0.08;
const day = 86_400;

const competitors = choiceOf({ "": 58, Cuentiva: 14, Gestoplus: 12, Facturel: 9, "Hojas de cálculo": 7 });
const competitorCloses: Readonly<Record<string, number>> = {
  "": 1.12,
  Cuentiva: 0.7,
  Gestoplus: 0.85,
  Facturel: 0.9,
  "Hojas de cálculo": 1.1,
};
const lostReasons = choiceOf({
  Precio: 31,
  "Sin respuesta": 24,
  "Eligió a la competencia": 18,
  "Falta una función": 13,
  "Proyecto aplazado": 14,
});

/** What the lead is offered, in the currency of its country. */
export function offer(lead: Lead, random: Random, product: Product): Offer {
  const currency = draw(random, currencies[lead.country]);
  const euros = logNormal(random, product.price * segments[lead.segment].price, 0.32);
  return { product, currency, monthly: Math.max(1, Math.round(euros * priceList[currency])) * 100 };
}

function walked(world: World, createdAt: number, lag: number, actor: string): StageEntry[] {
  const { random, calendar } = world;
  const entries = steps.map(({ stage, from }) => ({
    stage,
    at: from === 0 ? createdAt : Math.floor(createdAt + lag * (from + between(random, 0, 0.12))),
    actor,
  }));
  if (chance(random, stepsBack)) {
    const from = createdAt + lag * 0.65;
    entries.push(
      { stage: "Demo", at: Math.floor(from), actor },
      { stage: "Propuesta", at: Math.floor(from + lag * 0.1), actor },
    );
    entries.sort((a, b) => a.at - b.at);
  }
  return entries.filter((entry) => entry.at < calendar.cutoff);
}

function ending(random: Random, wins: number): { lag: number; outcome: Deal["outcome"]; reach: number } {
  if (chance(random, odds.never)) return { lag: 900 * day, outcome: "open", reach: between(random, 0.02, 0.3) };
  if (chance(random, wins)) return { lag: logNormal(random, 27 * day, 0.6), outcome: "won", reach: 1 };
  return { lag: logNormal(random, 40 * day, 0.75), outcome: "lost", reach: between(random, 0.15, 1) };
}

function winOdds(lead: Lead, rep: Rep, competitor: string): number {
  const factors =
    lead.channel.closes * segments[lead.segment].closes * rep.closes * (competitorCloses[competitor] as number);
  return Math.min(0.75, odds.won * factors);
}

function negotiate(lead: Lead, world: World, place: number, from: number, terms: Offer, wins = 1): Deal {
  const { random, calendar, team } = world;
  const createdBy = team.heir(random, lead.createdBy, calendar.dayOf(from));
  const competitor = draw(random, competitors);
  const end = ending(random, winOdds(lead, createdBy, competitor) * wins);
  const due = officeTime(calendar, random, from + 1800 + Math.floor(end.lag));
  const closedAt = end.outcome !== "open" && due < calendar.cutoff ? due : undefined;
  const other = chance(random, reassigned) ? team.assign(random, lead.region, calendar.dayOf(from)) : createdBy;
  const rep = team.heir(random, other, closedAt === undefined ? calendar.days : calendar.dayOf(closedAt));
  const outcome = closedAt === undefined ? "open" : end.outcome;
  const path = walked(world, from, Math.max(1800, due - from), rep.name).filter(
    (entry) => entry.at <= from + (due - from) * end.reach,
  );
  const last = steps.find((step) => step.stage === path.at(-1)?.stage) ?? steps[0];
  const stage = outcome === "open" ? (last?.stage as string) : outcome === "won" ? "Ganada" : "Perdida";
  const final = closedAt === undefined ? [] : [{ stage, at: closedAt, actor: rep.name }];
  return {
    place,
    kind: "new",
    createdAt: from,
    outcome,
    closedAt,
    amount: terms.monthly * 12,
    currency: terms.currency,
    product: terms.product,
    stage,
    probability: outcome === "open" ? last?.probability : undefined,
    rep,
    createdBy,
    sourcer: lead.sourcer,
    competitor: competitor === "" ? undefined : competitor,
    lostReason: outcome === "lost" ? draw(random, lostReasons) : undefined,
    entries: [...path, ...final],
  };
}

/** The deals of a lead that is worth an opportunity from a time on: at most one is won. */
export function pursue(lead: Lead, world: World, opportunityAt: number): Deal[] {
  const { random, calendar } = world;
  if (!chance(random, odds.opportunity)) return [];
  const from = officeTime(calendar, random, opportunityAt + 600 + wait(random, 1.2));
  if (from >= calendar.cutoff) return [];
  const first = negotiate(lead, world, 1, from, offer(lead, random, lead.product));
  const again = chance(random, odds.parallel)
    ? { from: from + Math.floor(between(random, 1, 10) * day), wins: 0 }
    : first.outcome === "lost" && chance(random, odds.retry)
      ? { from: (first.closedAt as number) + Math.floor(between(random, 30, 110) * day), wins: 0.8 }
      : undefined;
  if (again === undefined) return [first];
  const start = officeTime(calendar, random, again.from);
  return start < calendar.cutoff
    ? [first, negotiate(lead, world, 2, start, offer(lead, random, draw(random, anyProduct)), again.wins)]
    : [first];
}

/** A won deal of a lead, if there is one. */
export const wonOf = (deals: readonly Deal[]): Deal | undefined => deals.find((deal) => deal.outcome === "won");
