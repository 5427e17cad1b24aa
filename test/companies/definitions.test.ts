import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Problem } from "../../src/engine/problem.ts";
import { company, rows, values, type Company, type Facts } from "../company.ts";

const facts: Facts = {
  lead: rows`
    lead_id  created_at            channel         disqualified_as
    L1       2026-01-05T10:00:00Z  paid_search     -
    L2       2026-01-06T10:00:00Z  organic_search  student
    L3       2026-02-05T10:00:00Z  paid_search     -
    L4       2026-02-06T10:00:00Z  paid_search     -
    L5       2026-02-07T10:00:00Z  email           test`,
  spend: rows`
    day         category  amount  currency
    2026-01-10  media     100     EUR
    2026-01-10  salaries  900     EUR
    2026-02-10  media     60      EUR
    2026-02-10  agency    40      EUR
    2026-02-10  tools     20      EUR`,
};

const viable = `title: {es: Coste por lead viable, en: Cost per viable media lead}
description: What a lead cost that can buy.
owner: Ana
better: lower
value: spend(category = "media") / leads(disqualified_as = null)
`;

const january = { from: "2026-01-01", to: "2026-02-01" };
const february = { from: "2026-02-01", to: "2026-03-01" };

async function problem(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("a company's own indicator", () => {
  let one: Company;
  beforeAll(async () => {
    one = await company(facts, { indicators: { "cost-per-viable-lead": viable } });
  });
  afterAll(() => one.close());

  test("is what its expression says: 100 ÷ 1 in January, 60 ÷ 2 in February, 160 ÷ 3 in all", async () => {
    const question = {
      indicator: "cost-per-viable-lead",
      grain: "month",
      from: "2026-01-01",
      to: "2026-03-01",
    } as const;
    const answer = await one.api.ask(question);
    expect(values(answer)).toEqual({ "2026-01-01": 100, "2026-02-01": 30 });
    expect(answer.total).toMatchObject({ value: 160 / 3, n: 3, parts: { spend: 160, leads: 3 } });
    expect(answer.indicator).toMatchObject({
      version: 1,
      unit: "money",
      better: "lower",
      owner: "Ana",
      effective: null,
    });
  });

  test("says the same as the shipped one of that meaning, split and filtered", async () => {
    for (const more of [
      {},
      { by: ["channel"] },
      { where: { channel: ["email"] } },
      { where: { category: ["media"] } },
    ]) {
      const own = await one.api.ask({ indicator: "cost-per-viable-lead", ...more });
      const shipped = await one.api.ask({ indicator: "cost-per-lead", variant: "viable", ...more });
      expect([own.rows, own.total, own.sql]).toEqual([shipped.rows, shipped.total, shipped.sql]);
    }
  });

  test("opens like any other", async () => {
    const opened = await one.api.explain({ question: { indicator: "cost-per-viable-lead", ...february } });
    expect(opened).toMatchObject({ formula: "spend ÷ leads", math: "60 ÷ 2 = 30" });
    expect(opened.parts.map(({ rowCount }) => rowCount)).toEqual([1, 2]);
    expect(opened.parts[1]?.definition).toBe("count of rows where disqualified_as is empty, dated by created_on");
  });

  test("comes after the shipped ones in the catalogue", async () => {
    const { indicators } = await one.api.catalogue();
    expect(indicators.at(-1)).toMatchObject({
      id: "cost-per-viable-lead",
      title: "Coste por lead viable",
      titles: { es: "Coste por lead viable", en: "Cost per viable media lead" },
      own: true,
      owner: "Ana",
      nine: null,
      version: 1,
      history: [{ version: 1, effective: null, owner: "Ana", since: null, own: true }],
      variants: [{ id: "value", formula: "spend ÷ leads" }],
    });
    expect(indicators.filter(({ nine }) => nine !== null)).toHaveLength(9);
  });
});

describe("an override of a shipped indicator", () => {
  const asked = async (id: string, text: string, question: object, more: Facts = {}) => {
    const one = await company({ ...facts, ...more }, { indicators: { [id]: text } });
    const answer = await one.api.ask({ indicator: id, ...question });
    one.close();
    return answer;
  };

  test("of the costs that count", async () => {
    const loaded = { variant: "loaded", ...february };
    expect((await asked("spend", "owner: Ana\n", { variant: "marketing", ...february })).total.value).toBe(120);
    expect((await asked("cost-per-lead", "costs: [media, agency]\n", loaded)).total).toMatchObject({
      value: 100 / 3,
      parts: { costs: 100, leads: 3 },
    });
    expect((await asked("cost-per-lead", "acquisition_costs: [media]\n", loaded)).total.value).toBe(40);
  });

  test("of the channels that cost", async () => {
    expect((await asked("cost-per-lead", "paid_channels: [email]\n", february)).total.value).toBe(60);
  });

  test("of the variant that comes first", async () => {
    const answer = await asked("cost-per-lead", "default: blended\n", february);
    expect([answer.question.variant, answer.total.value]).toEqual(["blended", 20]);
  });

  test("of a variant's expression, and with a variant of its own", async () => {
    const text = `variants:
  paid: {value: spend / leads}
  per-student: {title: Per student, value: 'spend / leads(disqualified_as = "student")'}
`;
    expect((await asked("cost-per-lead", text, february)).total.value).toBe(40);
    expect((await asked("cost-per-lead", text, { variant: "per-student", ...january })).total.value).toBe(1000);
  });

  test("of window and clock", async () => {
    const more = {
      stage_entry: rows`
        subject  subject_id  stage  entered_at
        lead     L1          mql    2026-02-20T10:00:00Z
        lead     L3          mql    2026-02-08T10:00:00Z`,
    };
    const rate = { variant: "rate", from: "2026-01-01", to: "2026-03-01" };
    const observed = async (text: string, question: object = rate) =>
      (await asked("marketing-qualified-leads", text, question, more)).total.parts["mqls"];
    expect(await observed("owner: Ana\n")).toBe(1);
    expect(await observed("variants: {rate: {window: 60}}\n")).toBe(2);
    const inFebruary = { variant: "rate", ...february };
    expect(await observed("owner: Ana\n", inFebruary)).toBe(1);
    expect(await observed("variants: {rate: {clock: period}}\n", inFebruary)).toBe(2);
  });

  test("of the revenue that counts and of the margin", async () => {
    const more = {
      deal: [
        {
          deal_id: "D1",
          created_at: "2026-02-01T10:00:00Z",
          outcome: "won",
          closed_at: "2026-02-02T10:00:00Z",
          amount: 500,
          currency: "EUR",
          channel: "email",
        },
      ],
      revenue: [
        {
          revenue_id: "R1",
          customer_id: "C1",
          occurred_on: "2026-02-03",
          amount: 240,
          currency: "EUR",
          channel: "email",
        },
      ],
    };
    const value = async (text: string) => (await asked("marketing-roi", text, february, more)).total.value;
    expect(await value("owner: Ana\n")).toBe((240 - 120) / 120);
    expect(await value("gross_margin: 0.5\n")).toBe(0);
    expect(await value("revenue: bookings\n")).toBe((500 - 120) / 120);
  });

  test("of the model", async () => {
    const more = {
      lead: [{ lead_id: "L9", created_at: "2026-02-20T10:00:00Z", person_id: "P1" }],
      touch: rows`
        touch_id  occurred_at           kind   person_id  channel
        T1        2026-02-01T10:00:00Z  click  P1         paid_search
        T2        2026-02-02T10:00:00Z  visit  P1         email`,
    };
    const byChannel = async (text: string) => values(await asked("leads", text, { by: ["channel"] }, more));
    expect(await byChannel("owner: Ana\n")).toEqual({ email: 1 });
    expect(await byChannel("model: first\n")).toEqual({ paid_search: 1 });
  });
});

describe("the version in force answers", () => {
  let one: Company;
  beforeAll(async () => {
    one = await company(facts, { now: "2026-02-15T12:00:00Z", indicators: { "cost-per-viable-lead": viable } });
    one.at("2026-03-10T12:00:00Z");
    await one.define({
      "cost-per-viable-lead": `${viable.replace("Ana", "Luis").replace(/^value.*$/m, "value: spend / leads")}effective: 2026-02-01\n`,
    });
  });
  afterAll(() => one.close());
  const question = { indicator: "cost-per-viable-lead" };

  test("old days by the old one, new days by the new one", async () => {
    const [old, recent] = [
      await one.api.ask({ ...question, ...january }),
      await one.api.ask({ ...question, ...february }),
    ];
    expect([old.total.value, old.indicator.version, old.indicator.owner]).toEqual([100, 1, "Ana"]);
    expect([recent.total.value, recent.indicator.version, recent.indicator.effective]).toEqual([40, 2, "2026-02-01"]);
    expect(recent.warnings.map(({ code }) => code)).not.toContain("definition-changed");
    expect(old.warnings).toContainEqual({
      code: "definition-changed",
      message:
        "definition 1 answers, which was in force on the last day; --definition 2 asks by the one in force since 2026-02-01",
      count: 2,
    });
  });

  test("a range over both is answered by the one of its last day, and says so", async () => {
    const both = await one.api.ask({ ...question, grain: "month", from: "2026-01-01", to: "2026-03-01" });
    expect(values(both)).toEqual({ "2026-01-01": 500, "2026-02-01": 40 });
    expect(both.warnings).toContainEqual({
      code: "definition-changed",
      message: "definition 2 answers all of it and is in force since 2026-02-01; --definition 1 asks by the one before",
      count: 1,
    });
  });

  test("another is asked for by its number", async () => {
    expect((await one.api.ask({ ...question, ...february, definition: 1 })).total.value).toBe(30);
    expect((await one.api.ask({ ...question, ...january, definition: 2 })).total.value).toBe(500);
    expect(await problem(one.api.ask({ ...question, definition: 3 }))).toMatchObject({
      code: "unknown-definition",
      remedy: "use one of 1, 2, or leave it out for the one in force",
    });
  });

  test("as of an instant the definitions known then answer, bit-equal", async () => {
    const again = await company(facts, { now: "2026-02-15T12:00:00Z", indicators: { "cost-per-viable-lead": viable } });
    again.at("2026-03-09T12:00:00Z");
    const ask = async (asOf: object) => {
      const { rows: own, total, indicator, warnings } = await again.api.ask({ ...question, ...february, ...asOf });
      const { cell, formula, math } = await again.api.explain({ question: { ...question, ...february, ...asOf } });
      return { own, total, indicator, warnings, cell, formula, math };
    };
    const then = await ask({});
    again.at("2026-03-10T12:00:00Z");
    await again.define({
      "cost-per-viable-lead": viable.replace('spend(category = "media")', "spend"),
      "cost-per-lead": "costs: [media]\n",
    });
    expect(await ask({ asOf: "2026-03-09T12:00:00Z" })).toEqual(then);
    expect(await ask({ asOf: "2026-03-11T12:00:00Z", definition: 2 })).not.toEqual(then);
    const catalogue = await again.api.catalogue();
    expect(
      catalogue.indicators.at(-1)?.history.map(({ version, effective, since }) => [version, effective, since]),
    ).toEqual([
      [1, null, null],
      [2, "2026-03-10", "2026-03-10T12:00:00Z"],
    ]);
    expect(
      catalogue.indicators.find(({ id }) => id === "cost-per-lead")?.history.map(({ version, own }) => [version, own]),
    ).toEqual([
      [1, false],
      [2, true],
    ]);
    again.close();
  });

  test("one that was taken away is no longer offered, and of a shipped one the shipped meaning is back", async () => {
    const gone = await company(facts, {
      now: "2026-03-01T12:00:00Z",
      indicators: { mine: viable, "cost-per-lead": "default: blended\n" },
    });
    gone.at("2026-03-05T12:00:00Z");
    await gone.define({});
    gone.at("2026-03-06T12:00:00Z");
    expect(await problem(gone.api.ask({ indicator: "mine" }))).toMatchObject({ code: "unknown-indicator" });
    expect((await gone.api.ask({ indicator: "mine", ...february })).total.value).toBe(30);
    expect((await gone.api.ask({ indicator: "mine", asOf: "2026-03-04T12:00:00Z" })).total.value).toBe(160 / 3);
    expect((await gone.api.ask({ indicator: "cost-per-lead" })).question.variant).toBe("paid");
    expect((await gone.api.ask({ indicator: "cost-per-lead", ...february })).question.variant).toBe("blended");
    gone.close();
  });
});

test("a comment is no new version", async () => {
  const one = await company(facts, { indicators: { mine: viable } });
  one.at("2026-12-01T12:00:00Z");
  await one.define({ mine: `# for the board\n${viable.replace("owner: Ana\n", "")}\nowner:    "Ana"\n` });
  const { indicators } = await one.api.catalogue();
  expect(indicators.at(-1)?.history).toHaveLength(1);
  one.close();
});
