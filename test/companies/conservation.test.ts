import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { CheckReport } from "../../src/contract/check.ts";
import { checksOf, verdictsOf } from "../../src/ask/conservation/conservation.ts";
import { usualDimensions } from "../../src/ask/conservation/splits.ts";
import { books } from "../../src/ask/conservation/books.ts";
import { raw } from "../../src/engine/sql.ts";
import { ruleIds } from "../../src/methods/attribution/index.ts";
import { company, rows, type Company, type Facts } from "../company.ts";
import { companies, today, zones } from "../oracle/companies.ts";
import { dice } from "../oracle/questions.ts";

const facts = {
  rep: rows`
    rep   team
    Ana   North
    Luis  South`,
  lead: rows`
    lead_id  created_at            person_id  channel  rep   merged_into
    L1       2026-05-01T10:00:00Z  P1         email    Ana   -
    L2       2026-05-02T10:00:00Z  P2         -        Luis  -
    L3       2026-05-03T10:00:00Z  P1         email    -     L1
    L4       2026-05-04T10:00:00Z  -          -        -     L9`,
  touch: rows`
    touch_id  occurred_at           kind   person_id  channel
    T1        2026-04-30T10:00:00Z  click  P1         paid_search
    T2        2026-05-01T09:00:00Z  visit  P1         direct`,
  deal: rows`
    deal_id  created_at            closed_at             outcome  amount  currency  lead_id  rep
    D1       2026-05-10T10:00:00Z  2026-05-20T10:00:00Z  won      100.10  EUR       L1       Ana
    D2       2026-05-10T10:00:00Z  2026-05-21T10:00:00Z  won      200.20  USD       L2       Luis
    D3       2026-05-11T10:00:00Z  -                     open     300     EUR       -        -`,
  revenue: rows`
    revenue_id  customer_id  occurred_on  amount  tax   currency  kind    deal_id  rep
    R1          C1           2026-05-21   121     21    EUR       new     D1       Ana
    R2          C1           2026-06-21   -12.1   -2.1  EUR       refund  -        Ana
    R3          C2           2026-06-22   0.03    -     USD       -       -        -`,
  subscription_change: rows`
    customer_id  occurred_on  kind       mrr_after  currency  product
    C1           2026-05-21   start      10         EUR       CRM
    C1           2026-06-21   expansion  15         EUR       CRM
    C1           2026-08-21   churn      0          EUR       CRM
    C2           2026-06-22   start      20         USD       -`,
  spend: rows`
    day         category  amount  currency  channel      amortise_months
    2026-01-31  tools     1000    EUR       -            12
    2026-05-01  media     0.1     EUR       paid_search  -
    2026-05-01  media     0.2     USD       paid_search  -`,
  rate: rows`
    day         currency  rate
    2026-05-01  USD       0.9
    2026-05-21  USD       0.9
    2026-06-22  USD       0.9`,
};

let open: Company[] = [];
afterEach(() => {
  for (const each of open) each.close();
  open = [];
});

async function checked(loaded: Facts = facts): Promise<Company> {
  const one = await company(loaded, { checked: true });
  open.push(one);
  return one;
}

const change = (one: Company, ...statements: string[]) =>
  one.database.use(async (connection) => {
    for (const statement of statements) await connection.run(raw(statement));
  });

const broken = ({ violations }: CheckReport): string[] => [...new Set(violations.map((each) => each.check))].toSorted();

test("every book by hand: 1,000.10 EUR and 0.20 USD of spend, 90 EUR and 0.03 USD of revenue, 3 leads, 2 won deals, 2 customers", async () => {
  const { checks, violations } = await (await checked()).api.check({});
  expect(violations).toEqual([]);
  const of = (check: string, dimension: string | null) =>
    new Set(checks.filter((each) => each.check === check && each.dimension === dimension).map((each) => each.found));
  expect(of("spend", "channel, team, currency")).toEqual(new Set(["0.200000 USD, 1000.100000 EUR"]));
  expect(of("revenue", "channel, team, currency")).toEqual(new Set(["0.030000 USD, 90.000000 EUR"]));
  expect(of("won-value", "channel, team, currency")).toEqual(new Set(["100.100000 EUR, 200.200000 USD"]));
  expect(of("leads", "channel, team")).toEqual(new Set(["3"]));
  expect(of("won-deals", null)).toEqual(new Set(["2"]));
  expect(of("new-customers", null)).toEqual(new Set(["2"]));
  expect(of("credit", null)).toEqual(
    new Set([
      ["2 customer", "2 sql", "3 deal", "3 lead", "3 revenue"]
        .concat("2 mql")
        .flatMap((each) => [...ruleIds, "steps", "names"].map((model) => `${each} by ${model}`))
        .toSorted()
        .join(", "),
    ]),
  );
});

test("the usual splits go by a dimension of every table that any book is joined with", () => {
  const joined = (dimensions: readonly string[]) =>
    books.map(({ measure }) => [
      ...new Set(
        dimensions.flatMap((dimension) => {
          const found = measure.table.dimensions[dimension];
          return typeof found === "object" ? [JSON.stringify([found.table.name, found.on, found.where])] : [];
        }),
      ),
    ]);
  const all = books.flatMap(({ measure }) => Object.keys(measure.table.dimensions));
  expect(joined(usualDimensions)).toEqual(joined(all));
});

/** What is done to the store, how it is undone, and which checks it turns red. */
const mutations: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
  [
    "a deleted row of credit",
    [
      "CREATE TEMP TABLE gone AS SELECT * FROM credit WHERE outcome = 'lead' AND outcome_id = 'L2'",
      "DELETE FROM credit WHERE outcome = 'lead' AND outcome_id = 'L2'",
    ],
    ["INSERT INTO credit SELECT * FROM gone"],
    ["credit"],
  ],
  [
    "a journey without what was recorded of its outcome, though that earns nothing",
    [
      "CREATE TEMP TABLE unrecorded AS SELECT * FROM credit WHERE outcome = 'lead' AND outcome_id = 'L1' AND step = 0",
      "DELETE FROM credit WHERE outcome = 'lead' AND outcome_id = 'L1' AND step = 0",
    ],
    ["INSERT INTO credit SELECT * FROM unrecorded"],
    ["credit"],
  ],
  [
    "a doubled row of credit",
    ["INSERT INTO credit SELECT * FROM credit WHERE outcome = 'lead' AND outcome_id = 'L1' AND step = 2"],
    [
      `DELETE FROM credit WHERE rowid = (SELECT max(rowid) FROM credit
       WHERE outcome = 'lead' AND outcome_id = 'L1' AND step = 2)`,
    ],
    ["credit", "leads"],
  ],
  [
    "credit for another outcome than there is, as many as there are",
    ["UPDATE credit SET outcome_id = 'R9' WHERE outcome = 'revenue' AND outcome_id = 'R1'"],
    ["UPDATE credit SET outcome_id = 'R1' WHERE outcome_id = 'R9'"],
    ["credit"],
  ],
  [
    "a lead without its progress",
    ["UPDATE lead_progress SET known_to = known_from WHERE lead_id = 'L4'"],
    ["UPDATE lead_progress SET known_to = NULL WHERE lead_id = 'L4'"],
    ["lead-progress", "leads"],
  ],
  [
    "a doubled rep",
    ["INSERT INTO rep SELECT * FROM rep WHERE rep = 'Luis'"],
    ["DELETE FROM rep WHERE rowid = (SELECT max(rowid) FROM rep WHERE rep = 'Luis')"],
    ["leads", "unique-rep", "won-deals", "won-value"],
  ],
  [
    "a doubled rate",
    ["INSERT INTO rate SELECT * FROM rate WHERE day = '2026-05-01'"],
    ["DELETE FROM rate WHERE rowid = (SELECT max(rowid) FROM rate WHERE day = '2026-05-01')"],
    ["unique-rate"],
  ],
  [
    "a month of an amortised bill that is a cent too much",
    [
      `CREATE OR REPLACE VIEW accrued_spend AS SELECT *, day AS spent_on FROM spend WHERE amortise_months IS NULL
       UNION ALL SELECT spend.* REPLACE (CAST(amount / 12 + 0.01 AS DECIMAL(18,6)) AS amount), spend.day
       FROM spend, generate_series(0, 11) WHERE amortise_months IS NOT NULL`,
    ],
    [],
    ["spend"],
  ],
  [
    "a customer who paid and was never acquired",
    ["UPDATE acquisition SET known_to = known_from WHERE customer_id = 'C2'"],
    ["UPDATE acquisition SET known_to = NULL WHERE customer_id = 'C2'"],
    ["acquisition", "credit"],
  ],
  [
    "a customer who pays each month and is not held to",
    ["UPDATE subscription SET known_to = known_from WHERE customer_id = 'C2'"],
    ["UPDATE subscription SET known_to = NULL WHERE customer_id = 'C2'"],
    ["subscription", "tenure"],
  ],
  [
    "a subscription that goes on after it ended",
    ["UPDATE subscription SET valid_to = NULL WHERE customer_id = 'C1' AND mrr = 15"],
    ["UPDATE subscription SET valid_to = '2026-08-21' WHERE customer_id = 'C1' AND mrr = 15"],
    ["subscription-ends", "tenure"],
  ],
  [
    "a customer under contract who is none",
    ["UPDATE tenure SET known_to = known_from WHERE customer_id = 'C2'"],
    ["UPDATE tenure SET known_to = NULL WHERE customer_id = 'C2'"],
    ["tenure"],
  ],
];

describe.each(mutations)("%s", (_, done, undone, red) => {
  test(`turns red ${red.join(", ")}, and nothing else`, async () => {
    const one = await checked();
    expect(broken(await one.api.check({}))).toEqual([]);
    await change(one, ...done);
    expect(broken(await one.api.check({}))).toEqual(red);
    await change(one, ...undone);
    if (undone.length > 0) expect(broken(await one.api.check({}))).toEqual([]);
  });
});

test("a violation is on the catalogue, and an error on the answers that rest on it and on no others", async () => {
  const one = await checked();
  await change(one, "INSERT INTO rep SELECT * FROM rep WHERE rep = 'Luis'");
  await one.api.check({});
  const { violations } = (await one.api.catalogue()).workspace;
  expect(violations.map((each) => each.message)).toContain("keys of rep: expected 2, found 3");
  expect(violations.map((each) => each.message)).toContain(
    "won deals by channel, team (model last_non_direct): expected 2, found 3",
  );
  const errors = async (indicator: string, by: string[] = []) =>
    (await one.api.ask({ indicator, by })).warnings
      .filter((each) => each.severity === "error")
      .map((each) => each.code);
  expect(await errors("leads", ["team"])).toEqual(["not-conserved"]);
  expect(await errors("win-ratio")).toEqual(["not-conserved"]);
  expect(await errors("spend")).toEqual([]);
  expect(await errors("sales-revenue")).toEqual([]);
  expect(await errors("sales-revenue", ["team"])).toEqual(["not-conserved"]);
});

/** The loads whose facts were checked. */
const kept = ({ database }: Company): Promise<number[]> =>
  database.use(async (connection) => {
    const found = await connection.rows(raw("SELECT DISTINCT load_id, checked_at FROM conservation ORDER BY ALL"));
    return found.map((row) => Number(row["load_id"]));
  });

test("each load is checked once; what a stopped process left unchecked is checked before the first answer", async () => {
  const one = await checked();
  expect(await kept(one)).toEqual([]);
  await Promise.all([one.api.ask({ indicator: "leads" }), one.api.catalogue()]);
  expect(await kept(one)).toEqual([1]);
  await one.load({
    lead: rows`
    lead_id  created_at
    L7       2026-05-01T10:00:00Z`,
  });
  await one.api.ask({ indicator: "leads" });
  await one.api.ask({ indicator: "leads", asOf: "2026-11-23T12:00:00Z" });
  expect(await kept(one)).toEqual([1, 2]);
});

test("a goal that is set by hand asks for no new checks", async () => {
  const one = await checked();
  await one.api.catalogue();
  await one.load(
    {
      goal: rows`
    indicator  scope_kind  period_start  grain  target
    leads      company     2026-05-01    month  5`,
    },
    { source: "(goals)" },
  );
  await one.api.catalogue();
  expect(await kept(one)).toEqual([1]);
});

test("an empty company has nothing to check and nothing wrong", async () => {
  const one = await checked({});
  expect((await one.api.check({})).violations).toEqual([]);
  expect((await one.api.catalogue()).workspace.violations).toEqual([]);
});

test(
  "whatever a company holds lands exactly once, by every dimension, model and grain",
  { timeout: 240_000 },
  async () => {
    const property = fc.asyncProperty(companies, zones, fc.nat(), async (drawn, zone, seed) => {
      const one = await company({}, { settings: { time_zone: zone }, now: `${today}T12:00:00Z` });
      await one.load(drawn as unknown as Facts);
      const { often } = dice(seed);
      const verdicts = await one.database.use(async (connection) => {
        const checks = await checksOf(connection, true);
        const single = checks.filter(({ dimension, grain }) => dimension === null || grain === null || often(0.1));
        return verdictsOf(connection, single);
      });
      one.close();
      expect(verdicts.filter((each) => !each.holds)).toEqual([]);
      expect(verdicts.length).toBeGreaterThan(200);
    });
    await fc.assert(property, { seed: 20_261_124, numRuns: Number(process.env["ORACLE_RUNS"] ?? 2) });
  },
);
