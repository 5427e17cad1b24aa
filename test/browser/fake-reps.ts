import type { RepDetail, RepRequest } from "../../src/contract/rep.ts";
import { Problem } from "../../src/engine/problem.ts";
import { repStages, type Rep, type Reps, type RepsRequest, type RepStep, type Side } from "../../src/contract/reps.ts";

const side = (raw: number, value: number, spread: number, stands: Side["stands"]): Side => ({
  raw,
  value,
  interval: [Math.max(0, value - spread), value + spread],
  stands,
});

const stepOf = (stage: RepStep["stage"], at: number, falls: boolean): RepStep => ({
  stage,
  window: [30, 30, 60, 90][at] ?? 90,
  passed: falls ? 12 : 24,
  of: 80,
  rate: falls ? 0.15 : 0.3,
  team: 0.3,
  missing: falls ? 12 : 0,
  atStake: falls ? 18_000 : 0,
  certain: falls,
});

interface Told {
  readonly create: Side | null;
  readonly close: Side | null;
  readonly verdict: Rep["verdict"];
  readonly weakest?: Rep["weakest"];
  readonly train?: Rep["train"];
}

const rep = (name: string, { create, close, verdict, weakest = null, train = null }: Told): Rep => ({
  rep: name,
  name,
  team: "Norte",
  left: false,
  weeks: 50,
  sqls: 75,
  sqlsPerWeek: 1.5,
  opened: Math.round((create?.raw ?? 0) * 50),
  deals: close === null ? 0 : 60,
  closed: close === null ? 0 : 50,
  won: Math.round((close?.raw ?? 0) * 60),
  expected: 18,
  create,
  close,
  verdict,
  steps: repStages.map((stage, at) => stepOf(stage, at, stage === weakest)),
  weakest,
  train,
  revenue: 120_000,
  goal: { attainment: 0.8, verdict: "behind" },
});

/** Five who sell: one creates and does not close, one closes and does not open, one does both, one is new, one had nothing. */
const team: readonly Rep[] = [
  rep("Álvaro Quintana", {
    create: side(2.3, 2.2, 0.3, "above"),
    close: side(0.12, 0.16, 0.05, "below"),
    verdict: "creates-does-not-close",
    weakest: "opportunity",
    train: "opportunity",
  }),
  rep("Clara Santamaría", {
    create: side(1, 1, 0.2, "alike"),
    close: side(0.31, 0.3, 0.06, "alike"),
    verdict: "in-between",
  }),
  rep("Elena Pascual", { create: null, close: null, verdict: "too-few" }),
  rep("Nuria Bellido", {
    create: side(0.5, 0.55, 0.15, "below"),
    close: side(0.6, 0.48, 0.07, "above"),
    verdict: "closes-does-not-open",
    train: "prospecting",
  }),
  rep("Óscar Villanueva", {
    create: side(1.9, 1.8, 0.3, "above"),
    close: side(0.44, 0.41, 0.05, "above"),
    verdict: "creates-and-closes",
  }),
];

/** The map of a made-up team. */
export const repsOf = (request: RepsRequest): Reps => ({
  question: {
    ...request,
    opener: request.opener ?? "created_by",
    from: request.from ?? "2025-11-24",
    to: request.to ?? "2026-11-24",
    window: request.window ?? 90,
  },
  observedTo: "2026-11-23",
  currency: "EUR",
  level: 0.8,
  falseFlags: 0.05,
  usual: { create: 1.2, close: 0.29 },
  adjusted: ["channel", "segment"],
  dealValue: 4000,
  reps: [...team],
  others: null,
  warnings: [],
  freshness: [],
  took_ms: 1,
});

/** One of the made-up team, with a deal that is older than nearly all that were won. */
export const repOf = ({ rep: name, ...request }: RepRequest): RepDetail => {
  const map = repsOf(request);
  if (!team.some((each) => each.rep === name))
    throw new Problem("unknown-rep", `nobody is named ${name}`, "name another");
  return {
    map: {
      ...map,
      question: { ...map.question, only: name },
      reps: map.reps.filter((each) => each.rep === name),
      others: { count: 4, create: null, close: null },
    },
    risk: {
      usualDays: 70,
      open: 12,
      older: 1,
      deals: [
        {
          deal: "D17",
          stage: "Propuesta",
          product: "Nubia CRM",
          amount: 12_000,
          currency: "EUR",
          createdOn: "2026-06-01",
          age: 175,
          later: 0.01,
        },
      ],
    },
    goals: [],
  };
};
