import type { People, Progress } from "./credit.ts";
import { dayOf, daysFrom } from "./days.ts";
import type { CompanyFacts, Ground } from "./facts.ts";

/** How a lead or a deal left its stage after so many days; null while it is there. */
interface Stay {
  readonly age: number;
  readonly way: "won" | "deal" | "lost" | null;
}

/** The probability of winning for one that is open still after so many days, by following everybody else day by day. */
function chanceAfter(age: number, stays: readonly Stay[], ofDeals: number): number {
  let [open, chance] = [1, 0];
  for (let day = age + 1; day <= Math.max(0, ...stays.map((stay) => stay.age)); day++) {
    const atRisk = stays.filter((stay) => stay.age >= day);
    const left = (way: Stay["way"]) => atRisk.filter((stay) => stay.age === day && stay.way === way).length;
    if (atRisk.length === 0) break;
    chance += (open * (left("won") + left("deal") * ofDeals)) / atRisk.length;
    open *= 1 - (left("won") + left("deal") + left("lost")) / atRisk.length;
  }
  return chance;
}

/** Each lead that is open, with the share of an average customer that is expected of it. */
export function openLeads(
  facts: CompanyFacts,
  people: People,
  progress: readonly Progress[],
  { zone }: Ground,
  observedTo: string,
): { readonly leadId: string; readonly chance: number }[] {
  const day = (instant: string | null) => (instant === null ? null : dayOf(instant, zone));
  const stay = (entered: string, left: string | null, way: Stay["way"]): Stay[] => {
    if (entered > observedTo) return [];
    const gone = left !== null && left <= observedTo;
    return [{ age: Math.max(0, daysFrom(entered, gone ? left : observedTo)), way: gone ? way : null }];
  };
  const known = progress.filter(({ lead }) => lead.disqualified_as === null);
  const dealsOf = (leadId: string) =>
    facts.deal.filter((deal) => deal.lead_id !== null && people.survivor(deal.lead_id) === leadId);
  const leads = known.flatMap(({ lead, opportunityAt, customerOn, decision, decidedAt }) => {
    const [created, opportunity] = [dayOf(lead.created_at, zone), day(opportunityAt)];
    if (opportunity !== null && (customerOn === null || opportunity <= customerOn))
      return stay(created, opportunity, "deal");
    if (customerOn !== null) return stay(created, customerOn, "won");
    return stay(created, decision === "rejected" ? day(decidedAt) : null, "lost");
  });
  const deals = progress.flatMap(({ lead, customerOn }) =>
    dealsOf(lead.lead_id)
      .filter(
        (deal) => (deal.kind ?? "new") === "new" && (customerOn === null || dayOf(deal.created_at, zone) <= customerOn),
      )
      .flatMap((deal) =>
        stay(
          dayOf(deal.created_at, zone),
          deal.outcome === "open" ? null : day(deal.closed_at),
          deal.outcome as "won" | "lost",
        ),
      ),
  );
  const ofDeals = chanceAfter(-1, deals, 0);
  return known.flatMap(({ lead, customerOn, decision }) => {
    if (customerOn !== null) return [];
    const own = dealsOf(lead.lead_id);
    const opened = own
      .filter((deal) => deal.outcome === "open")
      .map((deal) => dayOf(deal.created_at, zone))
      .toSorted()
      .at(-1);
    if (opened === undefined && (own.length > 0 || decision === "rejected")) return [];
    const age = daysFrom(opened ?? dayOf(lead.created_at, zone), observedTo);
    if (age < 0) return [];
    return [{ leadId: lead.lead_id, chance: chanceAfter(age, opened === undefined ? leads : deals, ofDeals) }];
  });
}
