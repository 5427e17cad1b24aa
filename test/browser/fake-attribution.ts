import type { AttributedRow, Attribution, AttributionRequest, Setting } from "../../src/contract/attribution.ts";
import type { ViewThrough, ViewThroughRequest } from "../../src/contract/view-through.ts";

const models = [
  "last_non_direct",
  "first",
  "last",
  "linear",
  "position",
  "w",
  "time_decay",
  "shapley",
  "markov",
  "custom",
];
const settings: Setting[] = models.map((model) => ({ id: model, model, lookBack: 90, direct: "counts" }));

/** What each channel costs, and what it earned under the first model and adds under each further one. */
const channels: readonly (readonly [name: string, costs: number, credited: number, more: number])[] = [
  ["Google Ads", 43_450, 161_200, -2000],
  ["Meta Ads", 27_700, 39_800, -4000],
  ["Email", 0, 22_000, 6000],
];

const returnOf = (credited: number, costs: number): number | null => (costs === 0 ? null : (credited - costs) / costs);

function rowOf(name: string | null, costs: number, credited: (at: number) => number, chosen: number): AttributedRow {
  const results = settings.map((_, at) => ({ credited: credited(at), value: returnOf(credited(at), costs) }));
  const values = results.flatMap(({ value }) => value ?? []);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const at = (wanted: number) => settings.filter((_, nth) => values[nth] === wanted).map(({ id }) => id);
  return {
    name,
    costs,
    chosen: results[chosen] ?? { credited: 0, value: null },
    results,
    range: values.length === 0 ? null : { low, high, lowest: at(low), highest: at(high) },
    caused: values.length === 0 ? null : [costs / 2, costs * 4],
    customers: name === null ? 0 : 12.5,
    verdict: values.length === 0 ? null : low < 0 && high > 0 ? "contested" : "robust",
  };
}

/** An invented comparison of models, in which one channel is robust and another contested. */
export function attributionOf(request: AttributionRequest): Attribution {
  const { by = "channel", of = "revenue", from = "2026-11-01", to = "2026-11-24", model = "last_non_direct" } = request;
  const chosen = Math.max(0, models.indexOf(model));
  const rows = channels.map(([name, costs, credited, more]) =>
    rowOf(name, costs, (at) => credited + at * more, chosen),
  );
  const rest = rowOf(null, 0, () => 22_100, chosen);
  const sum = (at: number) => [...rows, rest].reduce((all, { results }) => all + (results[at]?.credited ?? 0), 0);
  return {
    question: { ...request, by, of, from, to },
    formula: "(revenue × 0.78 − costs) ÷ costs",
    unit: "ratio",
    better: "higher",
    currency: "MXN",
    settings,
    chosen: model,
    rows: [...rows, rest],
    total: { ...rowOf(null, 71_150, sum, chosen), customers: 37.5, verdict: null },
    pairs: [
      { better: "Google Ads", worse: "Meta Ads", verdict: "contested", otherwise: ["first", "last", "w", "custom"] },
    ],
    rules: models.slice(0, 8).map((each) => ({ model: each, shares: [0.4, 0.2, 0.2, 0.1, 0.1] })),
    paths: [{ channels: ["organic_search", "email", "direct"], n: 38 }],
    warnings: [],
    freshness: [{ source: "crm", loadedAt: "2026-11-23T08:05:00Z", rows: 48_210 }],
    took_ms: 3,
  };
}

/** Invented bands: one platform claims more than its clicks earned, another claims nothing. */
export function viewsOf(request: ViewThroughRequest): ViewThrough {
  const { by = "channel", from = "2026-11-01", to = "2026-11-24", model = "last_non_direct" } = request;
  const caused: [number, number] = [0, 200_000];
  const band = { name: null, caused, seen: 0, claimedConversions: null, selfReported: by === "channel" ? 4 : null };
  return {
    question: { ...request, by, from, to, model },
    currency: "MXN",
    revenue: 245_100,
    rows: [
      { ...band, value: "Google Ads", clicks: 161_200, claimed: 190_000, claimedConversions: 61, ceiling: 177_000 },
      { ...band, value: "Meta Ads", clicks: 39_800, seen: 3000, claimed: 51_000, ceiling: 45_900 },
      { ...band, value: "Email", clicks: 22_000, claimed: null, ceiling: 22_000 },
    ],
    elsewhere: 0,
    unexplained: { direct: 12_000, none: 10_100 },
    gap: 200,
    answers: [],
    warnings: [],
    freshness: [],
  };
}
