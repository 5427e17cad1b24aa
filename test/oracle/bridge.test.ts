import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Question } from "../../src/contract/question.ts";
import { company, type Company, type Facts } from "../company.ts";
import { companies, today } from "./companies.ts";
import { dice, type Dice } from "./questions.ts";

type Lead = Readonly<Record<string, string | number | boolean | null>>;

/** One way to count leads, as a question and as a loop reads it. */
interface Way {
  readonly question: Question;
  readonly day: string;
  readonly viable: boolean;
  readonly country: string | null | undefined;
  readonly range: { readonly from: string; readonly to: string };
}

const kinds = [
  { indicator: "leads", variant: "all", day: "created_on", viable: false },
  { indicator: "leads", variant: "viable", day: "created_on", viable: true },
  { indicator: "marketing-qualified-leads", variant: "count", day: "mql_on", viable: false },
  { indicator: "sales-qualified-leads", variant: "count", day: "sql_on", viable: false },
] as const;

function drawn(draw: Dice): Way {
  const { indicator, variant, day, viable } = draw.one(kinds);
  const country = draw.one(["ES", "CO", null, undefined, undefined]);
  const range = draw.one([
    { from: "2026-01-01", to: "2026-05-01" },
    { from: "2026-03-01", to: "2026-08-01" },
  ]);
  const where = country === undefined ? {} : { where: { country: [country] } };
  return { question: { indicator, variant, ...range, ...where }, day, viable, country, range };
}

/** The first reason for which a lead does not count, or nothing. */
function reasonAgainst(lead: Lead, { day, viable, country, range }: Way): string | undefined {
  const on = lead[day] ?? null;
  if (viable && lead["disqualified_as"] !== null) return "disqualified";
  if (country !== undefined && lead["country"] !== country) return "filter:country";
  if (on === null) return "not-reached";
  return String(on) >= range.from && String(on) < range.to ? undefined : "another-period";
}

/** The buckets, lead by lead. */
function plainly(leads: readonly Lead[], left: Way, right: Way): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const lead of leads) {
    const [one, other] = [reasonAgainst(lead, left), reasonAgainst(lead, right)];
    if (one !== undefined && other !== undefined) continue;
    const bucket = one === other ? "both same" : one === undefined ? `left ${other}` : `right ${one}`;
    (found[bucket] ??= []).push(String(lead["lead_id"]));
  }
  return found;
}

async function bridged({ api }: Company, left: Way, right: Way): Promise<Record<string, string[]>> {
  const request = { question: left.question, against: right.question, limit: 1000 };
  const { bridge } = await api.explain({ ...request, limit: 0 });
  const lists = (bridge?.buckets ?? []).map(async ({ side, reason }) => {
    const listed = await api.explain({ ...request, bucket: { side, reason } });
    return [`${side} ${reason}`, listed.bridge?.rows.map((row) => row.key) ?? []] as const;
  });
  return Object.fromEntries(await Promise.all(lists));
}

const sorted = (buckets: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(buckets)
    .map(([bucket, keys]) => `${bucket}: ${keys.toSorted().join(" ")}`)
    .toSorted();

test(
  "for any company, a bridge between two ways to count leads is what a loop over the leads says",
  { timeout: 60_000 },
  async () => {
    const property = fc.asyncProperty(companies, fc.integer(), async (facts, seed) => {
      const one = await company(facts as unknown as Facts, { now: `${today}T12:00:00Z` });
      const all = { indicator: "leads", variant: "all", from: "2025-01-01", to: "2027-12-31" };
      const { parts } = await one.api.explain({ question: all, limit: 1000 });
      const draw = dice(seed);
      for (let nth = 0; nth < 6; nth += 1) {
        const [left, right] = [drawn(draw), drawn(draw)];
        expect(sorted(await bridged(one, left, right))).toEqual(sorted(plainly(parts[0]?.rows ?? [], left, right)));
      }
      one.close();
    });
    await fc.assert(property, { seed: 13, numRuns: 2, endOnFailure: true });
  },
);
