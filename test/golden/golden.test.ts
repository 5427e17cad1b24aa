import { afterAll, beforeAll, expect, test } from "vitest";
import type { Answer } from "../../src/contract/answer.ts";
import type { Question } from "../../src/contract/question.ts";
import { raw } from "../../src/engine/sql.ts";
import { company, keyOf, rows, type Company } from "../company.ts";

let one: Company;
beforeAll(async () => {
  one = await company({
    spend: rows`
      day         category  amount  currency  channel
      2026-05-02  media     300     EUR       paid_search
      2026-05-03  media     100     USD       display
      2026-05-04  media     50      EUR       -
      2026-05-04  salaries  900     EUR       -`,
    rate: rows`
      day         currency  rate
      2026-05-03  USD       0.9`,
    lead: rows`
      lead_id  created_at            channel
      L1       2026-05-02T10:00:00Z  paid_search
      L2       2026-05-09T10:00:00Z  paid_search
      L3       2026-05-10T10:00:00Z  email
      L4       2026-05-11T10:00:00Z  -`,
    stage_entry: rows`
      subject  subject_id  stage  entered_at
      lead     L1          mql    2026-05-04T10:00:00Z
      lead     L2          mql    2026-07-01T10:00:00Z`,
    subscription_change: rows`
      customer_id  occurred_on  kind         mrr_after  currency
      Acme         2026-03-10   start        100        EUR
      Acme         2026-05-10   expansion    130        EUR
      Bolt         2026-03-20   start        80         EUR
      Bolt         2026-05-20   churn        0          EUR
      Cima         2026-05-05   start        60         EUR`,
  });
});
afterAll(() => one.close());

const questions: readonly [file: string, title: string, question: Question][] = [
  [
    "ratio-over-two-facts",
    "What does a lead cost, by channel? Spend and leads are added up apart and joined afterwards.",
    { indicator: "cost-per-lead", variant: "blended", by: ["channel"], from: "2026-05-01", to: "2026-06-01" },
  ],
  [
    "balance-by-month",
    "How much recurring revenue stays, month by month? Each customer at the start and at the end of each month.",
    { indicator: "customer-retention", variant: "net-revenue", grain: "month", from: "2026-04-01", to: "2026-07-01" },
  ],
  [
    "cohort-with-window",
    "Of the leads of May, how many became MQLs within 30 days?",
    { indicator: "marketing-qualified-leads", variant: "rate", window: 30, from: "2026-05-01", to: "2026-06-01" },
  ],
];

/** A page to read: the question, the SQL that runs as it stands, and the rows that it gives. */
function page(title: string, question: Question, { sql, rows: found }: Answer): string {
  const lines = found.map((row) => {
    const parts = Object.entries(row.parts).map(([part, value]) => `${part} ${value}`);
    return `-- ${[keyOf(row) || "total", ...parts, `= ${row.value ?? `no value (${row.flags.join(", ")})`}`].join("  ")}`;
  });
  return [`-- ${title}`, `-- ${JSON.stringify(question)}`, "", sql.trimEnd(), "", ...lines, ""].join("\n");
}

test.each(questions)("%s", async (file, title, question) => {
  const answer = await one.api.ask(question);
  await expect(page(title, question, answer)).toMatchFileSnapshot(`./${file}.golden.sql`);
  const ran = await one.database.use((connection) => connection.rows(raw(answer.sql)));
  expect(ran.map((row) => row["value"])).toEqual(answer.rows.map((row) => row.value));
});
