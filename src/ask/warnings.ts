import type { Freshness, Row, Warning } from "../contract/answer.ts";
import { creditedDimensions } from "../facts/derived/credit.ts";
import { looksAtLeads } from "../facts/mql/rule.ts";
import { factOfTenure } from "./customers-by.ts";
import { factName } from "./dimensions.ts";
import type { Context, Draft } from "./draft.ts";
import { notConserved } from "./conservation/violations.ts";

/** Facts that feed a derived table beside the one it is named after. */
const feeds: Readonly<Record<string, readonly string[]>> = {
  lead_progress: ["lead", "stage_entry", "deal", "revenue"],
  handover: ["lead", "stage_entry", "deal", "touch"],
  acquisition: ["revenue", "deal", "customer"],
  revenue_of_leads: ["revenue", "deal", "lead"],
  deals_of_leads: ["deal", "lead"],
  expected_revenue: ["lead", "stage_entry", "deal", "revenue"],
  expected_bookings: ["lead", "stage_entry", "deal"],
};

const tablesOf = (draft: Draft): string[] => Object.values(draft.variant.parts).map((measure) => measure.table.name);

/** Whether touches earn credit in an answer. */
function isCredited({ plan }: Draft): boolean {
  const split = [...plan.keys, ...plan.slices.map((slice) => slice.dimension)];
  return split.some((each) => (creditedDimensions as readonly string[]).includes(each));
}

/** The facts that an answer rests on. */
export function factsOf(draft: Draft, context: Context): string[] {
  const tables = tablesOf(draft);
  const credited = isCredited(draft);
  const scored = tables.includes("lead_progress") && looksAtLeads(context.definitions.mql);
  const known: typeof feeds = { ...feeds, tenure: [factOfTenure(context)], stay: [factOfTenure(context)] };
  const facts = tables.flatMap((table) => known[table] ?? [factName(table)]);
  return [...new Set([...facts, ...(credited || scored ? ["touch"] : [])])];
}

export function freshness(draft: Draft, context: Context): Freshness[] {
  const { ledger } = context;
  const facts = factsOf(draft, context);
  const used = ledger.sources.filter((each) => facts.includes(each.fact));
  return [...new Set(used.map((each) => each.source))].map((source) => {
    const own = used.filter((each) => each.source === source);
    return { source, loadedAt: own[0]?.loadedAt ?? "", rows: own.reduce((sum, each) => sum + each.rows, 0) };
  });
}

function rejectedRows(draft: Draft, context: Context): Warning[] {
  const { ledger } = context;
  const facts = [...factsOf(draft, context), "(line)"];
  const count = facts.reduce((sum, fact) => sum + (ledger.rejected[fact] ?? 0), 0);
  if (count === 0) return [];
  return [
    {
      code: "rejected-rows",
      message: `${count} ${count === 1 ? "row" : "rows"} of the sources broke a rule and ${count === 1 ? "is" : "are"} not counted`,
      count,
    },
  ];
}

function mixedZones(draft: Draft, context: Context): Warning[] {
  const { ledger, settings } = context;
  const zones = [...new Set([settings.time_zone, ...ledger.zones])];
  if (!factsOf(draft, context).includes("spend") || zones.length < 2) return [];
  return [
    {
      code: "mixed-zones",
      message: `days of spend are cut in several time zones, ${zones.join(", ")}: what was spent near midnight may stand on a neighbouring day`,
      count: zones.length,
    },
  ];
}

function smallNumbers(rows: readonly Row[]): Warning[] {
  const count = rows.filter((row) => row.flags.includes("small-n")).length;
  return count === 0
    ? []
    : [
        {
          code: "small-n",
          message: `${count} ${count === 1 ? "row rests" : "rows rest"} on fewer than 30 cases`,
          count,
        },
      ];
}

function immature(draft: Draft, rows: readonly Row[]): Warning[] {
  const count = rows.filter((row) => row.flags.includes("immature")).length;
  if (count === 0) return [];
  const { window, horizon } = draft.plan;
  const time =
    window === undefined ? `the ${horizon} days within which 95 % got there` : `the window of ${window} days`;
  const young = `${count} ${count === 1 ? "row is" : "rows are"} younger than ${time}`;
  const guessed = rows.some((row) => row.flags.includes("estimated"));
  const whose = count === 1 ? "its" : "their";
  const message = `${young}; ${guessed ? `${whose} value is what is expected by then` : `more of them may get there${window === undefined ? "; a window compares them at equal age" : ""}`}`;
  return [{ code: "immature-cohort", message, count }];
}

const percent = (share: number | null): string =>
  share === null ? "an unknown share" : `${Math.round(share * 100)} %`;

/** What to say of two cohorts that have had unequal time, where their values are only of what was seen so far. */
export function unequalAges(before: Row, now: Row): Warning[] {
  const young = [before, now].some((row) => row.flags.includes("immature") && !row.flags.includes("estimated"));
  if (!young || before.maturity === now.maturity) return [];
  const message = `this cohort has had ${percent(now.maturity)} of its time and the one that it is compared with ${percent(before.maturity)}: part of their difference is age`;
  return [{ code: "unequal-maturity", message }];
}

/** Spend of campaigns that no lead or customer is credited to. */
function unmatchedSpend(draft: Draft, rows: readonly Row[]): Warning[] {
  const cost = ["spend", "costs"].find((part) => part in draft.variant.parts);
  if (cost === undefined || !draft.plan.keys.some((key) => key === "campaign" || key === "ad")) return [];
  const all = rows.reduce((sum, row) => sum + (row.parts[cost] ?? 0), 0);
  const unmatched = rows.filter((row) => (row.n ?? 0) === 0).reduce((sum, row) => sum + (row.parts[cost] ?? 0), 0);
  if (all === 0 || unmatched === 0) return [];
  const share = Math.round((unmatched / all) * 1000) / 10;
  return [
    { code: "unmatched-spend", message: `${share} % of the spend belongs to campaigns without a result`, count: share },
  ];
}

/** Visits that are nobody's earn no credit for what their visitor does on another day. */
function withoutConsent(draft: Draft, { ledger: { nobodys } }: Context): Warning[] {
  const isOfTouches = tablesOf(draft).every((each) => each === "touch");
  if (nobodys === 0 || isOfTouches || !isCredited(draft)) return [];
  const message = `${nobodys} touches without consent are nobody's: they earn no credit for what their visitors did on another day`;
  return [{ code: "without-consent", message, count: nobodys }];
}

const many = 20;

/** A share without a single failure usually means that the failures were not loaded. */
function onlySuccesses(draft: Draft, total: Row): Warning[] {
  if (draft.variant.others.length === 0 || !draft.variant.share || total.value !== 1 || (total.n ?? 0) < many)
    return [];
  const message = `every one of the ${total.n} counted succeeded; check that those that did not are loaded too`;
  return [{ code: "only-successes", message, count: total.n ?? 0 }];
}

const valueText = (value: string | null): string => value ?? "(none)";

/** A filter that leaves nothing over is more often a value written differently than a true zero. */
function nothingCounts({ plan }: Draft, total: Row): Warning[] {
  const asked = plan.slices.filter((slice) => slice.values.length > 0);
  if (asked.length === 0 || Object.values(total.parts).some((part) => part !== null && part !== 0)) return [];
  const filters = asked.map(
    ({ dimension, values, not }) => `${dimension} ${not ? "≠" : "="} ${values.map(valueText).join(", ")}`,
  );
  const dimensions = [...new Set(asked.map(({ dimension }) => dimension))].join(" or ");
  const message = `nothing counts under ${filters.join(" and ")}: check how the value is written, split by ${dimensions} lists what there is`;
  return [{ code: "nothing-counts", message }];
}

export function warnings(draft: Draft, context: Context, rows: readonly Row[], total: Row): Warning[] {
  return [
    ...notConserved(draft, factsOf(draft, context), context.violations),
    ...draft.notes,
    ...nothingCounts(draft, total),
    ...onlySuccesses(draft, total),
    ...rejectedRows(draft, context),
    ...mixedZones(draft, context),
    ...unmatchedSpend(draft, rows),
    ...withoutConsent(draft, context),
    ...immature(draft, rows),
    ...smallNumbers(rows),
  ];
}
