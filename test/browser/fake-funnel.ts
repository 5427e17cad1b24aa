import { funnelStages, type Funnel, type FunnelRequest, type FunnelStep } from "../../src/contract/funnel.ts";

const reached = [1000, 240, 60, 52, 12, 11, 6];

const held = (stage: number): FunnelStep["held"] => ({
  window: 30,
  cohort:
    stage < 3
      ? {
          passed: (reached[stage + 1] ?? 0) / 2,
          of: (reached[stage] ?? 0) / 2,
          rate: (reached[stage + 1] ?? 0) / (reached[stage] ?? 1),
        }
      : { passed: 0, of: 0, rate: null },
  norm: { passed: 42, of: 100, rate: 0.42 },
  immature: 10,
  certain: stage < 2,
  missing: stage === 1 ? 18 : -4,
  atStake: stage === 1 ? 34_200 : null,
});

function stepOf(stage: FunnelStep["stage"], at: number): FunnelStep {
  const [all = 0, next = 0] = [reached[at], reached[at + 1]];
  const out = Math.floor((all - next) / 3);
  const kind = at === 0 ? "disqualified" : at < 3 ? "rejected" : at < 4 ? "lost" : "churned";
  const exits = [
    { kind, reason: "Precio", leads: out, days: at === 0 ? null : 4.5, value: at === 0 ? null : out * 1900 },
  ] as const;
  return {
    stage,
    reached: all,
    inferred: 0,
    wentOn: next,
    out: { leads: out, days: 4.5, value: out * 1900 },
    inside: { leads: all - next - out, days: 31, value: null },
    exits: out === 0 ? [] : [...exits],
    value: 190 * 4 ** Math.min(at, 4),
    sale: 0.025,
    held: at === funnelStages.length - 1 ? null : held(at),
  };
}

const source = (name: string | null, costPerLead: number | null, worth: number | null): Funnel["sources"][number] => ({
  name,
  leads: 400,
  sale: [0.02, 0.1, 0.2, 0.25, 1],
  value: [worth, 400, 1900, 2000, 8000],
  churn: worth === null ? null : 0.03,
  monthly: worth === null ? null : 300,
  customerMonths: 200,
  spend: costPerLead === null ? null : costPerLead * 400,
  costPerLead,
  affordable: worth,
  interval: worth === null ? null : [worth / 2, worth * 2],
  returned: worth === null || costPerLead === null ? null : worth / costPerLead,
});

/** The path of a thousand leads that are lost between MQL and SQL, and a channel whose leads are cheap and worth little. */
export const funnelOf = (request: FunnelRequest): Funnel => ({
  question: {
    ...request,
    by: request.by ?? "channel",
    from: request.from ?? "2026-08-24",
    to: request.to ?? "2026-11-24",
  },
  norm: { from: "2025-08-24", to: "2026-08-24", leads: 4100 },
  observedTo: "2026-11-23",
  currency: "EUR",
  level: 0.95,
  months: 36,
  worthBy: "subscription",
  steps: funnelStages.map(stepOf),
  worst: "mql",
  sources: [source("Google Ads", 49.5, 253.6), source("Meta Ads", 17.4, 42.8), source(null, null, null)],
  flips: [{ cheaper: "Meta Ads", dearer: "Google Ads", worth: 0.17, interval: [0.08, 0.37], returnsLess: false }],
  warnings: [],
  freshness: [],
  took_ms: 1,
});
