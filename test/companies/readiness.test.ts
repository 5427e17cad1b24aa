import { expect, test } from "vitest";
import { ratioOfProportionsInterval } from "../../src/methods/uncertainty/ratio-of-proportions.ts";
import { company, times, type FactRow } from "../company.ts";

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 4, day, hour)).toISOString();

// 40 leads of May 10th. 1–10 looked at prices on the 9th, 8 of them became MQLs on the 12th. 11–40 did not, 6 of them did on the
// 15th. 36–40 looked at prices on the 14th, after they came in. 38 was rich in touches; 41 came in on May 20th and is too young.
const lead = [
  ...times(40, (n) => ({ lead_id: `L${n}`, created_at: at(10), person_id: `P${n}` })),
  { lead_id: "young", created_at: at(20), person_id: "P41" },
];
const stage = (n: number, day: number): FactRow => ({
  subject: "lead",
  subject_id: `L${n}`,
  stage: "mql",
  entered_at: at(day),
});
const stage_entry = [...times(8, (n) => stage(n, 12)), ...times(6, (n) => stage(n + 10, 15))];
const touch: FactRow[] = [
  ...times(10, (n) => ({
    touch_id: `A${n}`,
    occurred_at: at(9),
    kind: "page",
    person_id: `P${n}`,
    url: "/pricing",
    channel: "email",
  })),
  ...times(10, (n) => ({
    touch_id: `B${n}`,
    occurred_at: at(9, 12),
    kind: "page",
    person_id: `P${n}`,
    url: "/pricing/",
    channel: "direct",
  })),
  ...times(5, (n) => ({
    touch_id: `C${n}`,
    occurred_at: at(14),
    kind: "page",
    person_id: `P${n + 35}`,
    url: "/pricing",
    channel: "direct",
  })),
  ...times(6, (n) => ({
    touch_id: `D${n}`,
    occurred_at: at(11),
    kind: "click",
    person_id: `P${n + 10}`,
    channel: "email",
  })),
  ...times(6, (n) => ({
    touch_id: `E${n}`,
    occurred_at: at(16),
    kind: "click",
    person_id: `P${n + 10}`,
    channel: "video",
  })),
  { touch_id: "F1", occurred_at: at(9), kind: "impression", person_id: "P20", channel: "display" },
];

test("lift is the share of MQLs among those who did a step by the time they came in, over that of those who did not", async () => {
  const one = await company({ lead, stage_entry, touch }, { now: "2026-05-31T12:00:00Z" });
  const asked = { from: "2026-05-01", to: "2026-06-01", window: 6 };
  const found = await one.api.readiness({ ...asked, by: "page" });
  expect(found).toMatchObject({ eligible: { leads: 40, mqls: 14 }, immature: 1, early: 0, window: 6, landmark: 0 });
  const interval = ratioOfProportionsInterval({ successes: 8, of: 10 }, { successes: 6, of: 30 }, 0.8);
  expect(found.steps).toEqual([
    {
      by: "page",
      steps: [
        {
          step: "/pricing",
          did: { leads: 10, mqls: 8 },
          didNot: { leads: 30, mqls: 6 },
          lift: 4,
          interval,
          small: true,
        },
      ],
    },
  ]);
  expect(found.paths).toEqual([{ steps: ["/pricing"], mqls: 8, days: 3 }]);
  expect(found.gaps).toEqual([{ from: "/pricing", to: null, times: 8, days: 3 }]);

  const channels = await one.api.readiness({ ...asked, by: "channel" });
  expect(channels.steps[0]?.steps.map(({ step, did }) => [step, did.leads])).toEqual([
    ["direct", 10],
    ["email", 10],
  ]);
  expect(channels.paths).toEqual([
    { steps: ["email", "direct"], mqls: 8, days: 3 },
    { steps: ["email"], mqls: 6, days: 4 },
  ]);
  expect(channels.gaps).toEqual([
    { from: "direct", to: null, times: 8, days: 2.9 },
    { from: "email", to: "direct", times: 8, days: 0.1 },
    { from: "email", to: null, times: 6, days: 4 },
  ]);
  const kinds = (await one.api.readiness(asked)).steps.find(({ by }) => by === "kind");
  expect(kinds?.steps.map(({ step }) => step).toSorted()).toEqual(["impression", "page"]);
  one.close();
});

test("a later landmark takes in steps after they came in, and leaves out who was an MQL before it", async () => {
  const one = await company({ lead, stage_entry, touch }, { now: "2026-05-31T12:00:00Z" });
  const found = await one.api.readiness({ from: "2026-05-01", to: "2026-06-01", window: 6, landmark: 4, by: "page" });
  expect(found).toMatchObject({ eligible: { leads: 32, mqls: 6 }, immature: 1, early: 8 });
  // Of the ten who looked early two are left, and five looked on the 14th: none of the seven became an MQL.
  expect(found.steps[0]?.steps[0]).toMatchObject({
    did: { leads: 7, mqls: 0 },
    didNot: { leads: 25, mqls: 6 },
    lift: 0,
  });
  await expect(one.api.readiness({ from: "2026-06-01", to: "2026-06-01" })).rejects.toMatchObject({
    code: "empty-range",
  });
  one.close();
});
