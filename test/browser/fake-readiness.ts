import type { Readiness } from "../../src/contract/readiness.ts";
import type { PreviewGroup, ScorePreview } from "../../src/contract/score.ts";

/** Steps of an invented company: one that rests on many, one on few, and one without anybody on the other side. */
export const readiness: Readiness = {
  from: "2025-11-24",
  to: "2026-11-24",
  window: 30,
  landmark: 0,
  lookBack: 90,
  level: 0.8,
  eligible: { leads: 1240, mqls: 312 },
  immature: 87,
  early: 0,
  steps: [
    {
      by: "page",
      steps: [
        {
          step: "/precios/planes-para-equipos-de-ventas",
          did: { leads: 300, mqls: 141 },
          didNot: { leads: 940, mqls: 171 },
          lift: 2.584,
          interval: [2.32, 2.88],
          small: false,
        },
        {
          step: "/blog",
          did: { leads: 22, mqls: 3 },
          didNot: { leads: 1218, mqls: 309 },
          lift: 0.5375,
          interval: [0.31, 1.16],
          small: true,
        },
        {
          step: "/demo",
          did: { leads: 312, mqls: 312 },
          didNot: { leads: 928, mqls: 0 },
          lift: null,
          interval: [410, null],
          small: true,
        },
      ],
    },
  ],
  pathsBy: "page",
  paths: [
    { steps: ["/blog", "/precios/planes-para-equipos-de-ventas"], mqls: 41, days: 6.5 },
    { steps: ["/precios/planes-para-equipos-de-ventas"], mqls: 38, days: 2.1 },
  ],
  gaps: [
    { from: "/blog", to: "/precios/planes-para-equipos-de-ventas", times: 44, days: 4 },
    { from: "/precios/planes-para-equipos-de-ventas", to: null, times: 79, days: 1.5 },
  ],
};

const group = (leads: number, accepted: number, decided: number, sqls: number): PreviewGroup => ({
  leads,
  accepted,
  decided,
  acceptance: decided === 0 ? null : accepted / decided,
  sqls,
  sqlRate: leads === 0 ? null : sqls / leads,
  examples: [],
});

/** What an invented rule would change. */
export const preview: ScorePreview = {
  from: "2025-11-01",
  to: "2026-12-01",
  effective: null,
  edits: [],
  months: [
    { month: "2026-10-01", before: 40, after: 52 },
    { month: "2026-11-01", before: 31, after: 29 },
  ],
  total: { before: 71, after: 81 },
  earlier: 12,
  later: 0,
  kept: group(60, 30, 41, 22),
  gained: group(21, 0, 0, 0),
  lost: group(11, 2, 9, 1),
  reasons: { hand_raise: 20, score: 50, stage: 11 },
  lines: [
    {
      part: "fit",
      line: 1,
      says: "segment mid or enterprise",
      asks: [{ name: "segment", values: ["mid", "enterprise"] }],
      atMost: null,
      leads: 31,
      points: 20,
      decisive: 12,
    },
    {
      part: "behaviour",
      line: 1,
      says: "page, on /precios*, 5 at most",
      asks: [
        { name: "kind", values: ["page"] },
        { name: "page", values: ["/precios*"] },
      ],
      atMost: 5,
      leads: 44,
      points: 17.5,
      decisive: 40,
    },
  ],
};
