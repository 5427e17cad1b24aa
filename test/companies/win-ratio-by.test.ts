import { expect, test } from "vitest";
import { company, part, rows, values, type Facts } from "../company.ts";

const may = { indicator: "win-ratio", from: "2026-05-01", to: "2026-06-01" };

/**
 * Eight deals of May, all older than 90 days by November. Ana opened the first four and won two of them; Luis took over D4 on
 * the day before he won it. Sol found those of the web.
 */
const facts: Facts = {
  rep: rows`
    rep    team
    Ana    North
    Luis   South`,
  deal: rows`
    deal_id  created_at            outcome  closed_at             amount  currency  segment  source  product  rep   created_by  sourcer  competitor  lost_reason
    D1       2026-05-02T10:00:00Z  won      2026-05-20T10:00:00Z  999     EUR       small    web     CRM      Ana   Ana         Sol      -           -
    D2       2026-05-02T10:00:00Z  won      2026-06-02T10:00:00Z  1000    EUR       small    web     CRM      Ana   Ana         Sol      Acme        -
    D3       2026-05-03T10:00:00Z  lost     2026-05-20T10:00:00Z  2999    EUR       small    fair    ERP      Ana   Ana         -        Acme        price
    D4       2026-05-03T10:00:00Z  won      2026-05-30T10:00:00Z  3000    EUR       large    fair    ERP      Luis  Ana         -        -           -
    D5       2026-05-04T10:00:00Z  lost     2026-05-30T10:00:00Z  3000    USD       large    fair    ERP      Luis  Luis        -        Acme        price
    D6       2026-05-04T10:00:00Z  open     -                     0       EUR       large    web     CRM      Luis  Luis        Sol      -           -
    D7       2026-05-05T10:00:00Z  lost     2026-06-30T10:00:00Z  -       -         large    web     CRM      Luis  Luis        Sol      -           silence
    D8       2026-05-05T10:00:00Z  won      2026-09-30T10:00:00Z  0.5     EUR       large    web     CRM      Luis  Luis        Sol      -           -`,
  rate: [{ day: "2026-01-01", currency: "USD", rate: 0.9 }],
};

const known: readonly [by: string, closed: Record<string, number | null>, byAge: Record<string, number | null>][] = [
  ["rep", { Ana: 2 / 3, Luis: 1 / 3 }, { Ana: 2 / 3, Luis: 1 / 5 }],
  ["created_by", { Ana: 3 / 4, Luis: 0 }, { Ana: 3 / 4, Luis: 0 }],
  ["sourcer", { Sol: 2 / 3, "(none)": 1 / 3 }, { Sol: 2 / 5, "(none)": 1 / 3 }],
  ["team", { North: 2 / 3, South: 1 / 3 }, { North: 2 / 3, South: 1 / 5 }],
  ["segment", { small: 2 / 3, large: 1 / 3 }, { small: 2 / 3, large: 1 / 5 }],
  ["source", { web: 2 / 3, fair: 1 / 3 }, { web: 2 / 5, fair: 1 / 3 }],
  ["product", { CRM: 2 / 3, ERP: 1 / 3 }, { CRM: 2 / 5, ERP: 1 / 3 }],
  ["competitor", { Acme: 1 / 3, "(none)": 2 / 3 }, { Acme: 1 / 3, "(none)": 2 / 5 }],
  [
    "size",
    {
      "0–1 EUR": null,
      "300–1000 EUR": 1,
      "1000–3000 EUR": 1 / 2,
      "3000–10000 EUR": 1,
      "3000–10000 USD": 0,
      "(none)": 0,
    },
    { "0–1 EUR": 0, "300–1000 EUR": 1, "1000–3000 EUR": 1 / 2, "3000–10000 EUR": 1, "3000–10000 USD": 0, "(none)": 0 },
  ],
];

test("the win ratio by who owned, opened and found the deals, and by what they were, of those closed by June and by age", async () => {
  const { api, close } = await company(facts);
  for (const [by, closed, byAge] of known) {
    const asked = { ...may, by: [by] };
    const seen = await api.ask({ ...asked, variant: "closed", clock: "cohort", window: 60 });
    expect([by, values(seen)]).toEqual([by, closed]);
    expect([by, values(await api.ask(asked))]).toEqual([by, byAge]);
    const counted = Object.values(part(await api.ask(asked), "created"));
    expect([by, counted.reduce((sum, each) => (sum ?? 0) + (each ?? 0), 0)]).toEqual([by, 8]);
  }
  close();
});

test("by lost reason each shows 0 %, and the answer says that a won deal has none", async () => {
  const { api, close } = await company(facts);
  const answer = await api.ask({ ...may, by: ["lost_reason"] });
  expect(part(answer, "created")).toEqual({ "(none)": 5, price: 2, silence: 1 });
  expect(answer.warnings.find(({ code }) => code === "losses-only")?.message).toContain("each lost_reason shows 0 %");
  const fair = await api.ask({ ...may, by: ["competitor"] });
  expect(fair.warnings.some(({ code }) => code === "losses-only")).toBe(false);
  close();
});

test("a size that only won deals have is refused: what was lost may have been emptied of its amount", async () => {
  const emptied = (facts["deal"] ?? []).map((deal) => (deal["outcome"] === "won" ? deal : { ...deal, amount: 0 }));
  const { api, close } = await company({ ...facts, deal: emptied });
  await expect(api.ask({ ...may, by: ["size"] })).rejects.toMatchObject({ code: "one-sided-dimension" });
  close();
});
