import type { Calendar } from "./calendar.ts";
import { movedByImpressions } from "./channels.ts";
import { columns } from "./columns.ts";
import { csvLine } from "./csv.ts";
import type { Files } from "./files.ts";
import type { Qualification, StageEntry } from "./funnel.ts";
import type { Journey } from "./journey.ts";
import type { Lead } from "./lead.ts";
import { purpose } from "./random.ts";
import { add, addEffect, type RepTally, type Tally } from "./tally.ts";
import { hexDigits, keyOf } from "./touch-line.ts";
import type { World } from "./world.ts";

/** Writes the stage entries of something. */
export function recordStages(
  files: Files,
  calendar: Calendar,
  subject: "lead" | "deal" | "customer",
  id: string,
  entries: readonly StageEntry[],
): void {
  for (const { stage, at, actor, outcome, reason } of entries)
    files.stage_entry.add(
      csvLine(columns.stage_entry, {
        subject,
        subject_id: id,
        stage,
        entered_at: calendar.instant(at),
        actor,
        outcome,
        reason,
        inferred: false,
      }),
      1,
    );
}

/** Writes a lead and its stages. */
export function recordLead(
  world: World,
  files: Files,
  lead: Lead,
  qualification: Qualification,
  isCustomer: boolean,
): void {
  const { calendar } = world;
  const id = keyOf("L", lead.index);
  const isMerged = lead.person !== lead.index;
  const row = csvLine(columns.lead, {
    lead_id: id,
    created_at: calendar.instant(lead.createdAt),
    person_id: keyOf("P", lead.person),
    customer_id: isCustomer ? keyOf("C", lead.index) : undefined,
    channel: lead.channel.name,
    source: lead.campaign.source,
    medium: lead.campaign.medium,
    campaign: lead.campaign.name,
    ad: lead.ad,
    landing_page: lead.offline ? undefined : lead.campaign.landing,
    form: lead.offline ? undefined : lead.form,
    country: lead.country,
    segment: lead.segment,
    rep: lead.rep.name,
    created_by: lead.createdBy.name,
    sourcer: lead.sourcer?.name,
    disqualified_as: lead.disqualifiedAs,
    self_reported_source: lead.selfReported,
    merged_into: isMerged ? keyOf("L", lead.person) : undefined,
  });
  files.lead.add(row, 1);
  recordStages(files, calendar, "lead", id, qualification.entries);
}

/** Writes the names under which the person is known: their browsers and their hashed address. */
export function recordIdentity(world: World, files: Files, lead: Lead, visitors: readonly string[]): void {
  const person = keyOf("P", lead.person);
  const seen = world.calendar.instant(lead.createdAt);
  world.random.restart(purpose.merge, -1 - lead.index);
  let lines = `email,${hexDigits(world.random, 5)},${person},${seen}\n`;
  for (const visitor of visitors) lines += `visitor,${visitor},${person},${seen}\n`;
  files.identity.add(lines, visitors.length + 1);
}

function countQualification(world: World, tally: Tally, lead: Lead, { mqlAt, sqlAt, decidedAt }: Qualification): void {
  if (mqlAt === undefined) return;
  const { calendar, breakDay } = world;
  const channel = tally.channels[lead.channel.name];
  const day = calendar.dayOf(mqlAt);
  const isSql = sqlAt !== undefined && sqlAt < calendar.cutoff;
  add(tally.months.mqls, calendar.month(day));
  channel.mqls += 1;
  tally.counts.mqls += 1;
  if (isSql) {
    const month = calendar.month(calendar.dayOf(sqlAt));
    add(tally.months.sqls, month);
    add(tally.teams[lead.rep.team].sqls, month);
    add((tally.reps[lead.rep.index] as RepTally).sqls, month);
    channel.sqls += 1;
    tally.counts.sqls += 1;
  }
  const part = day >= breakDay ? tally.hole.after : day >= 30 && day < breakDay - 30 ? tally.hole.before : undefined;
  if (part === undefined || decidedAt === undefined) return;
  part.mqls += 1;
  if (isSql) part.sqls += 1;
}

function countMoved(tally: Tally, lead: Lead, journey: Journey): void {
  if (!movedByImpressions.has(lead.channel.name) || journey.touches === 0) return;
  const part = journey.exposed ? tally.moved.exposed : tally.moved.unexposed;
  part.people += 1;
  part.leads += 1;
  if (journey.exposed) add(tally.seenLeads, lead.day);
}

/** Counts a lead. */
export function countLead(
  world: World,
  tally: Tally,
  lead: Lead,
  qualification: Qualification,
  journey: Journey,
): void {
  const channel = tally.channels[lead.channel.name];
  const month = world.calendar.month(lead.day);
  add(tally.months.leads, month);
  if (lead.channel.paid) add(tally.months.paidLeads, month);
  channel.leads += 1;
  if (lead.disqualifiedAs === undefined) channel.viable += 1;
  else tally.counts.disqualifiedLeads += 1;
  if (lead.person !== lead.index) tally.counts.mergedLeads += 1;
  addEffect(tally, lead, "leads");
  if (lead.ad !== undefined)
    add(
      (tally.adLeads.get(lead.campaign) as Float64Array[])[
        (lead.campaign.ads as readonly string[]).indexOf(lead.ad)
      ] as Float64Array,
      lead.day,
    );
  countQualification(world, tally, lead, qualification);
  countMoved(tally, lead, journey);
}
