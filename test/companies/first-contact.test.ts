import { expect, test } from "vitest";
import { company, rows, times, values, type FactRow } from "../company.ts";

const stage = (lead: string, entered_at: string): FactRow => ({
  subject: "lead",
  subject_id: lead,
  stage: "mql",
  entered_at,
});
const call = (person: string, occurred_at: string, kind = "call"): FactRow => ({
  touch_id: `${person} ${occurred_at}`,
  person_id: person,
  occurred_at,
  kind,
});
const question = { indicator: "sales-qualified-leads", variant: "days-to-first-contact" } as const;
const may = { from: "2026-05-01", to: "2026-06-01" } as const;
const until = (day: string): FactRow[] => [{ day, category: "media", amount: 1, currency: "EUR" }];

const facts = {
  lead: rows`
    lead_id  created_at            person_id  rep    merged_into
    L1       2026-05-01T08:00:00Z  P1         Ana    -
    L2       2026-05-01T08:00:00Z  P2         Ana    -
    L3       2026-05-01T08:00:00Z  P3         Berta  -
    L4       2026-05-01T08:00:00Z  P4         Berta  -
    L5       2026-05-01T08:00:00Z  P5         Berta  -
    L6       2026-05-02T08:00:00Z  P6         -      L3
    L7       2026-05-01T08:00:00Z  P7         Ana    -`,
  stage_entry: [
    ...["L1", "L2", "L3", "L4"].map((each) => stage(each, "2026-05-04T12:00:00Z")),
    stage("L7", "2026-05-30T12:00:00Z"),
  ],
  touch: [
    // After 3 hours, though an e-mail was opened and an event visited before; what came before the lead is of another time.
    call("P1", "2026-05-04T12:30:00Z", "email_open"),
    call("P1", "2026-05-04T12:40:00Z", "event"),
    call("P1", "2026-04-20T12:00:00Z"),
    call("P1", "2026-05-04T15:00:00Z", "meeting"),
    call("P1", "2026-05-04T18:00:00Z"),
    // In contact before it became an MQL: at once.
    call("P2", "2026-05-03T12:00:00Z", "chat"),
    // After a day and a half, with the person of the lead that was merged into it.
    call("P6", "2026-05-06T00:00:00Z"),
    // No MQL is handed over to nobody.
    call("P5", "2026-05-06T00:00:00Z"),
    // An MQL of May that was called in June.
    call("P7", "2026-06-02T12:00:00Z"),
  ],
  spend: until("2026-09-01"),
};

test("days from MQL to the first call, meeting or chat, in parts of a day", async () => {
  const { api, close } = await company(facts);
  const answer = await api.ask({ ...question, ...may });
  expect(answer.question).toMatchObject({ clock: "cohort", window: 30 });
  // 0, 3 hours, 1.5 days and 3 days; L4 was never called.
  expect(answer.total).toMatchObject({ value: (0.125 + 1.5) / 2, n: 4, parts: { contacted: 4, mqls: 5 } });
  expect(values(await api.ask({ ...question, ...may, by: ["rep"] }))).toEqual({ Ana: 0.125, Berta: 1.5 });
  close();
});

test("by the period clock it is of those first contacted in the period", async () => {
  const { api, close } = await company(facts);
  const monthly = { ...question, clock: "period", grain: "month", from: "2026-05-01", to: "2026-07-01" } as const;
  expect(values(await api.ask(monthly))).toEqual({ "2026-05-01": 0.125, "2026-06-01": 3 });
  close();
});

test("of a young cohort those still to be called are counted where they are expected, to the part of the day", async () => {
  const [old, young] = ["2026-05-04T06:00:00Z", "2026-06-26T06:00:00Z"];
  const lead = (id: string, created_at: string): FactRow => ({ lead_id: id, created_at, person_id: id });
  const olds = times(20, (nth) => lead(`old${nth}`, old));
  const youngs = times(20, (nth) => lead(`young${nth}`, young));
  const name = ({ lead_id }: FactRow) => String(lead_id);
  const { api, close } = await company(
    {
      lead: [...olds, ...youngs],
      stage_entry: [...olds.map((each) => stage(name(each), old)), ...youngs.map((each) => stage(name(each), young))],
      touch: [
        // Of the old ones 5 were called after 6 hours, 5 on day 10 in the morning and 10 on day 10 in the evening.
        ...olds.slice(0, 5).map((each) => call(name(each), "2026-05-04T12:00:00Z")),
        ...olds.slice(5, 10).map((each) => call(name(each), "2026-05-14T06:00:00Z")),
        ...olds.slice(10).map((each) => call(name(each), "2026-05-14T18:00:00Z")),
        // Of the young ones 4 were called after 3 hours; they are watched for 4 days.
        ...youngs.slice(0, 4).map((each) => call(name(each), "2026-06-26T09:00:00Z")),
      ],
      spend: until("2026-06-30"),
    },
    { now: "2026-06-30T12:00:00Z" },
  );
  const { rows: months } = await api.ask({ ...question, grain: "month", from: "2026-05-01", to: "2026-07-01" });
  // The other 16 are expected on day 10, a third of them in the morning: half of 20 are there in the evening, 4 + 5⅓ before.
  expect(months.map((row) => [row.observed, row.value])).toEqual([
    [null, 10.25],
    [0.125, 10.5],
  ]);
  close();
});

test("where no contact is recorded there is nothing to say", async () => {
  const { touch: _, ...silent } = facts;
  const { api, close } = await company(silent);
  expect((await api.ask({ ...question, ...may })).total).toMatchObject({ value: null, flags: ["not-recorded"] });
  close();
});
