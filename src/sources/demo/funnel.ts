import { officeTime } from "./calendar.ts";
import { formQualifies, segments } from "./channels.ts";
import { wait, type Lead } from "./lead.ts";
import { between, chance, choiceOf, draw, type Random } from "./random.ts";
import type { World } from "./world.ts";

/** An entry of a lead, deal or customer into a stage. */
export interface StageEntry {
  readonly stage: string;
  readonly at: number;
  readonly actor: string;
  readonly outcome?: "accepted" | "rejected";
  readonly reason?: string;
}

/** How far a lead got, with the times of its steps. */
export interface Qualification {
  readonly entries: readonly StageEntry[];
  readonly mqlAt?: number;
  readonly contactedAt?: number;
  /** When sales said yes or no, or should have. */
  readonly decidedAt?: number;
  readonly sqlAt?: number;
  /** When an opportunity can open, if the lead is worth one. */
  readonly opportunityAt?: number;
}

/** The true odds of the steps; the rest of the simulation only shifts them. */
export const odds = {
  mql: 1,
  sql: 0.465,
  /** What is left of the odds of SQL once the hand-over broke. */
  broken: 0.4,
  acceptedWithoutSql: 0.12,
  rejectedOfRest: 0.62,
  skipsSql: 0.06,
  skipsAll: 0.004,
  secondChance: 0.06,
  stepsBack: 0.04,
} as const;

const automation = "Automatización";
const day = 86_400;

const rejections = choiceOf({
  "Sin presupuesto": 26,
  "No es el perfil": 24,
  "No contesta": 22,
  "Sin necesidad ahora": 18,
  "Ya tiene proveedor": 10,
});

const rejectionOf: Readonly<Record<string, string>> = {
  student: "Es estudiante",
  vendor: "Quiere vendernos",
  competitor: "Es competencia",
};

const known = (entries: readonly StageEntry[], world: World): StageEntry[] =>
  entries.filter((entry) => entry.at < world.calendar.cutoff);

function mqlOdds(lead: Lead): number {
  if (lead.disqualifiedAs === "test" || lead.disqualifiedAs === "duplicate") return 0;
  const fit = lead.disqualifiedAs === undefined ? 1 : 0.3;
  return Math.min(
    0.9,
    odds.mql * fit * formQualifies[lead.form] * lead.channel.qualifies * segments[lead.segment].qualifies,
  );
}

function mqlTime(lead: Lead, random: Random): number {
  return lead.createdAt + (lead.form === "guia" ? 3600 + wait(random, 8) : 60 + wait(random, 0.25));
}

function skipped(lead: Lead, world: World): Qualification {
  return {
    entries: [],
    opportunityAt: officeTime(world.calendar, world.random, lead.createdAt + wait(world.random, 3)),
  };
}

function rejected(lead: Lead, world: World, mql: StageEntry, contact: StageEntry, decidedAt: number): Qualification {
  const { random } = world;
  const times = { mqlAt: mql.at, contactedAt: contact.at, decidedAt };
  if (chance(random, odds.acceptedWithoutSql)) return { ...times, entries: [{ ...mql, outcome: "accepted" }, contact] };
  if (!chance(random, odds.rejectedOfRest)) return { mqlAt: mql.at, decidedAt, entries: [mql] };
  const reason = rejectionOf[lead.disqualifiedAs ?? ""] ?? draw(random, rejections);
  return { ...times, entries: [{ ...mql, outcome: "rejected", reason }, contact] };
}

function accepted(lead: Lead, world: World, mql: StageEntry, contact: StageEntry, decidedAt: number): Qualification {
  const { random, calendar } = world;
  const actor = lead.createdBy.name;
  const sqlAt = officeTime(calendar, random, decidedAt + 60 + wait(random, 1.5));
  const sql = { stage: "sql", at: sqlAt, actor };
  const yes = { ...mql, outcome: "accepted" } as const;
  const times = { mqlAt: mql.at, contactedAt: contact.at, decidedAt };
  if (chance(random, odds.skipsSql)) return { ...times, opportunityAt: sqlAt, entries: [yes, contact] };
  if (!chance(random, odds.stepsBack)) return { ...times, sqlAt, opportunityAt: sqlAt, entries: [yes, contact, sql] };
  const back = { ...mql, at: sqlAt + Math.floor(between(random, 4, 9) * day), actor, reason: "Falta un decisor" };
  const again = { ...sql, at: officeTime(calendar, random, back.at + Math.floor(between(random, 6, 20) * day)) };
  return { ...times, sqlAt, opportunityAt: again.at, entries: [yes, contact, sql, back, again] };
}

function retried(world: World, first: Qualification, lead: Lead): Qualification {
  const { random } = world;
  const [mql] = first.entries as [StageEntry];
  const no = { ...mql, outcome: "rejected", reason: draw(random, rejections) } as const;
  const later = mql.at + Math.floor(between(random, 12, 45) * day);
  const shift = later - mql.at;
  const nurture = { stage: "nurture", at: (first.decidedAt ?? mql.at) + 3600, actor: lead.createdBy.name };
  const moved = first.entries.map((entry) => ({ ...entry, at: entry.at + shift }));
  const move = (time: number | undefined): number => (time ?? mql.at) + shift;
  return {
    ...first,
    entries: [no, nurture, ...moved],
    sqlAt: move(first.sqlAt),
    opportunityAt: move(first.opportunityAt),
    decidedAt: move(first.decidedAt),
  };
}

function decide(lead: Lead, world: World, mqlAt: number): Qualification {
  const { random, calendar, breakDay } = world;
  const contactedAt = officeTime(calendar, random, mqlAt + 600 + wait(random, 0.9));
  const decidedAt = officeTime(calendar, random, contactedAt + 900 + wait(random, 1.6));
  const mql = { stage: "mql", at: mqlAt, actor: automation };
  const contact = { stage: "contacted", at: contactedAt, actor: lead.createdBy.name };
  const fit = lead.disqualifiedAs === undefined ? segments[lead.segment].qualifies * lead.createdBy.opens : 0;
  const isBroken = decidedAt >= calendar.at(breakDay, 0);
  const lost = isBroken && !chance(random, odds.broken);
  const worthy = chance(random, Math.min(0.85, (odds.sql * fit) / 1.07));
  if (lost && worthy) return { mqlAt, decidedAt, entries: [mql] };
  if (!worthy) return rejected(lead, world, mql, contact, decidedAt);
  const first = accepted(lead, world, mql, contact, decidedAt);
  return first.sqlAt !== undefined && chance(random, odds.secondChance) ? retried(world, first, lead) : first;
}

/** What marketing and sales make of a lead, up to the end of the span. */
export function qualify(lead: Lead, world: World): Qualification {
  const { random, calendar } = world;
  if (lead.disqualifiedAs === undefined && chance(random, odds.skipsAll)) return skipped(lead, world);
  if (!chance(random, mqlOdds(lead))) return { entries: [] };
  const mqlAt = mqlTime(lead, random);
  if (mqlAt >= calendar.cutoff) return { entries: [] };
  const whole = decide(lead, world, mqlAt);
  if ((whole.decidedAt ?? 0) < calendar.cutoff) return { ...whole, entries: known(whole.entries, world) };
  const entries = known(whole.entries, world).map(({ outcome: _outcome, reason: _reason, ...entry }) => entry);
  return { mqlAt, entries };
}
