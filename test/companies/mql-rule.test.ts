import { expect, test } from "vitest";
import { raw } from "../../src/engine/sql.ts";
import { company, rows, values, type Company, type Facts } from "../company.ts";

const qualified = async (one: Company) => {
  const found = await one.database.use((connection) =>
    connection.rows(raw("SELECT * FROM qualification WHERE known_to IS NULL ORDER BY lead_id")),
  );
  return Object.fromEntries(
    found.map((row) => [
      row["lead_id"],
      [row["qualified_at"], row["reason"], row["definition"], row["score"], row["fit"], row["touch_id"]],
    ]),
  );
};

const rule = `hand_raise: {forms: [demo, contact]}
fit:
  - {where: {segment: [mid, enterprise]}, points: 20}
  - {where: {country: [ES, MX]}, points: 10}
behaviour:
  - {kind: form, points: 15}
  - {kind: page, url: "/pricing*", points: 10}
  - {kind: email_click, points: 3, at_most: 2}
half_life_days: 30
threshold: 50
`;

// By hand: fit is 30 for `buyer` (mid, ES). Points: form 15 (on the day), pricing 10. 30 + 15 = 45 on the 1st; on the 31st the form is worth
// 15 ÷ 2 = 7.5 and the page 10: 47.5. A second page of that day makes 57.5 ≥ 50.
const people: Facts = {
  lead: rows`
    lead_id  created_at            person_id  segment     country  form
    buyer    2026-05-01T10:00:00Z  P1         mid         ES       ebook
    hands    2026-05-01T10:00:00Z  P2         small       FR       -
    asked    2026-05-01T10:00:00Z  P3         small       FR       demo
    stage    2026-05-01T10:00:00Z  P4         small       FR       -
    mails    2026-05-01T10:00:00Z  P5         enterprise  MX       -
    before   2026-05-01T10:00:00Z  P6         mid         ES       -
    cold     2026-05-01T10:00:00Z  P7         mid         ES       -
    deal     2026-05-01T10:00:00Z  P8         small       FR       -`,
  stage_entry: rows`
    subject  subject_id  stage  entered_at
    lead     stage       mql    2026-05-20T10:00:00Z
    lead     buyer       mql    2026-06-20T10:00:00Z`,
  deal: rows`
    deal_id  created_at            outcome  lead_id
    D1       2026-05-09T10:00:00Z  open     deal`,
  touch: rows`
    touch_id  occurred_at           kind         person_id  visitor  form     url
    T1        2026-05-01T10:00:00Z  form         P1         -        ebook    -
    T2        2026-05-31T10:00:00Z  page         P1         -        -        https://x.com/pricing/plans/?a=1
    T3        2026-05-31T11:00:00Z  page         -          V1       -        /pricing
    T4        2026-05-31T11:30:00Z  page         P1         -        -        /blog/pricing
    T5        2026-05-03T10:00:00Z  form         P2         -        contact  -
    T6        2026-05-02T10:00:00Z  email_click  P5         -        -        -
    T7        2026-05-03T10:00:00Z  email_click  P5         -        -        -
    T8        2026-05-04T10:00:00Z  email_click  P5         -        -        -
    T9        2026-05-04T11:00:00Z  form         P5         -        ebook    -
    T10       2026-04-30T10:00:00Z  form         P6         -        ebook    -
    T11       2026-05-01T09:00:00Z  form         P6         -        ebook    -
    T12       2026-01-31T10:00:00Z  form         P7         -        ebook    -
    T13       2026-01-30T10:00:00Z  form         P7         -        ebook    -
    T14       2026-05-02T10:00:00Z  email_open   P7         -        -        -`,
  identity: rows`
    alias_kind  alias  person_id
    visitor     V1     P1`,
};

test("a hand raised, enough points or the stage make an MQL, whichever comes first", async () => {
  const one = await company(people, { mql: rule });
  expect(await qualified(one)).toEqual({
    asked: ["2026-05-01T10:00:00Z", "hand_raise", 2, null, null, null],
    // Created with two forms behind it, of which one is a day old: 30 + 15 + 15 × 0.97716 = 59.6574.
    before: ["2026-05-01T10:00:00Z", "score", 2, 59.6574, 30, null],
    buyer: ["2026-05-31T11:00:00Z", "score", 2, 57.5, 30, "T3"],
    hands: ["2026-05-03T10:00:00Z", "hand_raise", 2, null, null, "T5"],
    // 30 + 15 + 3 + 3 × 0.97716 = 50.93148: the third mail click is one too many.
    mails: ["2026-05-04T11:00:00Z", "score", 2, 50.93148, 30, "T9"],
    stage: ["2026-05-20T10:00:00Z", "stage", 2, null, null, null],
  });
  const asked = { indicator: "marketing-qualified-leads", from: "2026-05-01", to: "2026-07-01" };
  expect((await one.api.ask(asked)).total.value).toBe(7);
  const { parts } = await one.api.explain({ question: asked });
  expect(parts[0]?.rows.map((row) => [row["lead_id"], row["mql_reason"], row["mql_inferred"]])).toContainEqual([
    "deal",
    null,
    true,
  ]);
  one.close();
});

test("a touch counts for so many days before the instant as the look-back says, the last of them exclusive", async () => {
  const mql = "behaviour: [{kind: form, points: 10}]\nthreshold: 20\nlook_back_days: 10\n";
  const touch = rows`
    touch_id  occurred_at           kind  person_id
    T1        2026-05-01T10:00:00Z  form  P1
    T2        2026-05-11T10:00:00Z  form  P1
    T3        2026-05-21T09:59:59Z  form  P1`;
  const lead = rows`
    lead_id  created_at            person_id
    L1       2026-05-02T10:00:00Z  P1`;
  const one = await company({ lead, touch }, { mql });
  expect(await qualified(one)).toEqual({ L1: ["2026-05-21T09:59:59Z", "score", 2, 20, 0, "T3"] });
  one.close();
});

test("without a rule the CRM's stage decides, as the first version", async () => {
  const one = await company(people);
  expect(await qualified(one)).toEqual({
    buyer: ["2026-06-20T10:00:00Z", "stage", 1, null, null, null],
    stage: ["2026-05-20T10:00:00Z", "stage", 1, null, null, null],
  });
  one.close();
});

test("each instant is judged by the rule of its time: a new rule leaves closed periods alone, and judges those who stand by it from its day on", async () => {
  const one = await company(people, { now: "2026-05-31T00:00:00Z" });
  const months = {
    indicator: "marketing-qualified-leads",
    grain: "month",
    from: "2026-05-01",
    to: "2026-07-01",
  } as const;
  const before = values(await one.api.ask(months));
  one.at("2026-06-15T12:00:00Z");
  await one.define({}, rule);
  // At the start of the 15th `buyer` has 30 + 15 × 2^(−44 ÷ 30) + 2 × 10 × 2^(−14 ÷ 30) = 49.9: below 50.
  expect(await qualified(one)).toEqual({
    buyer: ["2026-06-20T10:00:00Z", "stage", 2, null, null, null],
    stage: ["2026-05-20T10:00:00Z", "stage", 1, null, null, null],
  });
  expect(values(await one.api.ask(months))).toEqual(before);
  expect((await one.api.ask(months)).warnings).toMatchObject([{ code: "mql-rule-changed", count: 2 }]);
  expect((await one.api.ask({ ...months, to: "2026-06-01" })).warnings).toEqual([]);
  one.at("2026-06-16T12:00:00Z");
  await one.define({}, `${rule.replace("threshold: 50", "threshold: 45")}effective: 2026-06-16\n`);
  // A day later 30 + 15 × 2^(−45 ÷ 30) + 2 × 10 × 2^(−15 ÷ 30) = 30 + 5.303301 + 2 × 7.071068 (each rounded), and 45 are enough.
  expect((await qualified(one))["buyer"]).toEqual(["2026-06-16T00:00:00Z", "score", 3, 49.445435, 30, null]);
  one.at("2026-06-17T12:00:00Z");
  await one.define({}, `${rule}effective: 2026-01-01\n`);
  expect((await qualified(one))["hands"]).toEqual(["2026-05-03T10:00:00Z", "hand_raise", 4, null, null, "T5"]);
  one.close();
});

test("a new rule that reaches back is a change of definition to the ledger, and as of before it the old one answers", async () => {
  const one = await company(people, { now: "2026-06-01T00:00:00Z" });
  one.at("2026-06-15T12:00:00Z");
  await one.define({}, `${rule}effective: 2026-01-01\n`);
  const may = { indicator: "marketing-qualified-leads", from: "2026-05-01", to: "2026-06-01" };
  const since = "2026-06-10T00:00:00Z";
  const count = async (more: object) => (await one.api.ask({ ...may, ...more })).total.value;
  // By stage: `stage` and, by its deal, `deal`. By the rule: those and `asked`, `before`, `buyer`, `hands`, `mails`.
  expect([await count({ asOf: since }), await count({})]).toEqual([2, 7]);
  const { changes } = await one.api.explain({ question: may, since });
  expect(changes?.difference).toBe(5);
  expect(changes?.changes.map(({ cause, difference, rows: moved }) => [cause, difference, moved])).toEqual([
    ["definition", 5, 5],
  ]);
  one.close();
});

test("a merged lead has the touches of both, and a shared device is nobody's", async () => {
  const mql = "behaviour: [{kind: page, points: 10}]\nthreshold: 30\n";
  const one = await company(
    {
      lead: rows`
        lead_id  created_at            person_id  merged_into
        L1       2026-05-01T10:00:00Z  P1         -
        L2       2026-05-02T10:00:00Z  P2         L1
        L3       2026-05-02T10:00:00Z  P3         -`,
      touch: rows`
        touch_id  occurred_at           kind  person_id  visitor
        T1        2026-05-03T10:00:00Z  page  P1         -
        T2        2026-05-04T10:00:00Z  page  P2         -
        T3        2026-05-05T10:00:00Z  page  P2         -
        T4        2026-05-06T10:00:00Z  page  -          kiosk
        T5        2026-05-07T10:00:00Z  page  -          kiosk
        T6        2026-05-08T10:00:00Z  page  -          kiosk`,
      identity: rows`
        alias_kind  alias  person_id
        visitor     kiosk  P3
        visitor     kiosk  P4
        visitor     kiosk  P5
        visitor     kiosk  P6
        visitor     kiosk  P7
        visitor     kiosk  P8`,
    },
    { mql },
  );
  expect(await qualified(one)).toEqual({ L1: ["2026-05-05T10:00:00Z", "score", 2, 30, 0, "T3"] });
  one.close();
});
