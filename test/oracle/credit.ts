import { dayOf, earliest } from "./days.ts";
import { peopleOf as whoIsWho } from "./people.ts";
import type { CompanyFacts, Ground, Lead, Touch } from "./facts.ts";

export type Dims = Readonly<Record<string, string | null>>;
export type Model = "first" | "last" | "last_non_direct";

/** Who is who: merged leads with their survivor, leads with their persons, persons with the touches they did. */
export interface People {
  /** The lead that stands for a lead, itself unless it was merged into one that counts. */
  readonly survivor: (leadId: string) => string;
  readonly touches: (leadId: string) => readonly Touch[];
}

function survivorOf(leads: ReadonlyMap<string, Lead>, leadId: string): string {
  const seen = new Set<string>();
  let at = leads.get(leadId);
  while (at?.merged_into != null && !seen.has(at.lead_id)) {
    seen.add(at.lead_id);
    at = leads.get(at.merged_into);
  }
  return at === undefined || at.merged_into !== null ? leadId : at.lead_id;
}

export function peopleOf(facts: CompanyFacts): People {
  const leads = new Map(facts.lead.map((lead) => [lead.lead_id, lead]));
  const survivor = (leadId: string) => survivorOf(leads, leadId);
  const bare = { click_id: null, email: null, visitor: null };
  const groups = whoIsWho(
    {
      lead: facts.lead.map(({ lead_id, person_id }) => ({ ...bare, lead_id, person_id })),
      identity: facts.identity,
      touch: facts.touch.map(({ person_id, visitor }) => ({ ...bare, person_id, visitor })),
      person_link: [],
    },
    5,
  );
  const people = new Map(groups.flatMap((group, nth) => group.map((name) => [name, nth] as const)));
  const personOf = ({ person_id, visitor }: Touch) =>
    people.get(person_id === null ? `visitor ${visitor}` : `person ${person_id}`);
  return {
    survivor,
    touches(leadId) {
      const persons = new Set<number | undefined>();
      for (const lead of facts.lead)
        if (survivor(lead.lead_id) === leadId && lead.person_id !== null)
          persons.add(people.get(`person ${lead.person_id}`));
      return facts.touch
        .filter((touch) => persons.has(personOf(touch)) && personOf(touch) !== undefined)
        .toSorted((a, b) => (a.occurred_at < b.occurred_at ? -1 : 1));
    },
  };
}

/** Where an outcome is credited: the touch that the model picks among those done up to `until` (milliseconds), else what is recorded. */
export function creditOf(
  model: Model,
  touches: readonly Touch[],
  until: number | null,
  recorded: Dims,
  ground: Ground,
): Dims {
  const done = touches.filter((touch) => {
    if (until === null || touch.channel === null || touch.kind === "impression" || touch.kind === "email_open")
      return false;
    const at = Date.parse(touch.occurred_at);
    return at <= until && at > until - ground.lookBackDays * 86_400_000;
  });
  const picked =
    model === "first"
      ? done[0]
      : model === "last"
        ? done.at(-1)
        : (done.filter((touch) => touch.channel !== "direct").at(-1) ?? done.at(-1));
  const credited = picked === undefined ? recorded : { channel: picked.channel, campaign: picked.campaign };
  return {
    channel: credited["channel"] ?? null,
    campaign: credited["campaign"] ?? null,
    source: null,
    medium: null,
    ad: null,
  };
}

export interface Progress {
  readonly lead: Lead;
  readonly mqlAt: string | null;
  readonly sqlAt: string | null;
  readonly opportunityAt: string | null;
  readonly customerOn: string | null;
  readonly decidedAt: string | null;
  readonly decision: string | null;
  /** When sales was in contact first, since it is an MQL. */
  readonly contactedAt: string | null;
}

/** The lead that a customer's payments without a lead or deal belong to: the first one that names the customer. */
const ownerOf = (facts: CompanyFacts, customerId: string): Lead | undefined =>
  facts.lead
    .filter((lead) => lead.customer_id === customerId)
    .toSorted((a, b) => (a.created_at + a.lead_id < b.created_at + b.lead_id ? -1 : 1))[0];

/** Each lead that counts with the first time it reached each stage; reaching a stage passes those before it. */
export function progressOf(facts: CompanyFacts, people: People, { zone }: Ground): Progress[] {
  return facts.lead
    .filter((lead) => people.survivor(lead.lead_id) === lead.lead_id)
    .map((lead) => {
      const own = (leadId: string | null | undefined) => leadId != null && people.survivor(leadId) === lead.lead_id;
      const entries = facts.stage_entry.filter((entry) => entry.subject === "lead" && own(entry.subject_id));
      const deals = facts.deal.filter((deal) => own(deal.lead_id));
      const paid = facts.revenue.filter((payment) => {
        if (payment.amount <= 0) return false;
        const stated = payment.lead_id ?? facts.deal.find((deal) => deal.deal_id === payment.deal_id)?.lead_id;
        if (stated != null) return own(stated);
        const owner = ownerOf(facts, payment.customer_id);
        return owner !== undefined && payment.occurred_on >= dayOf(owner.created_at, zone) && own(owner.lead_id);
      });
      const entered = (stage: string) =>
        earliest(...entries.filter((entry) => entry.stage === stage).map((entry) => entry.entered_at));
      const opportunityAt = earliest(...deals.map((deal) => deal.created_at));
      const won = earliest(...deals.filter((deal) => deal.outcome === "won").map((deal) => deal.closed_at));
      const sqlAt = earliest(entered("sql"), opportunityAt);
      const decided = entries
        .filter((entry) => entry.outcome !== null)
        .toSorted((a, b) => (a.entered_at + a.outcome < b.entered_at + b.outcome ? -1 : 1))
        .at(-1);
      const mqlAt = earliest(entered("mql"), sqlAt);
      const together = people
        .touches(lead.lead_id)
        .filter(
          ({ kind, occurred_at }) => ["call", "meeting", "chat"].includes(kind) && occurred_at >= lead.created_at,
        );
      const spoken = earliest(...together.map((touch) => touch.occurred_at));
      return {
        lead,
        mqlAt,
        contactedAt: mqlAt === null || spoken === null ? null : spoken > mqlAt ? spoken : mqlAt,
        sqlAt,
        opportunityAt,
        customerOn: earliest(won === null ? null : dayOf(won, zone), ...paid.map((payment) => payment.occurred_on)),
        decidedAt: decided?.entered_at ?? null,
        decision: decided?.outcome ?? null,
      };
    });
}
