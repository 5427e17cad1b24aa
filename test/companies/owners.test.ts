import { expect, test } from "vitest";
import { company, part, rows, times, values } from "../company.ts";

const year = { from: "2026-01-01", to: "2027-01-01" };

test("owner at creation, sourcer and closer are kept apart when a deal changes hands on the day before its close (T26)", async () => {
  const one = await company(
    {
      deal: rows`
        deal_id  created_at            outcome  closed_at             rep   created_by  sourcer
        D1       2026-05-01T10:00:00Z  open     -                     Ana   Ana         Sol
        D2       2026-05-02T10:00:00Z  lost     2026-05-20T10:00:00Z  Ana   Ana         Ana`,
    },
    { now: "2026-05-29T12:00:00Z" },
  );
  one.at("2026-05-30T12:00:00Z");
  await one.load({
    deal: rows`
      deal_id  created_at            outcome  closed_at             rep   created_by  sourcer
      D1       2026-05-01T10:00:00Z  won      2026-05-30T10:00:00Z  Luis  Ana         Sol
      D2       2026-05-02T10:00:00Z  lost     2026-05-20T10:00:00Z  Ana   Ana         Ana`,
  });
  const won = async (by: string, asOf?: string) =>
    part(
      await one.api.ask({
        indicator: "win-ratio",
        variant: "created",
        by: [by],
        ...year,
        ...(asOf === undefined ? {} : { asOf }),
      }),
      "won",
    );
  expect(await won("rep")).toEqual({ Luis: 1, Ana: 0 });
  expect(await won("created_by")).toEqual({ Ana: 1 });
  expect(await won("sourcer")).toEqual({ Sol: 1, Ana: 0 });
  const opened = async (by: string, asOf?: string) =>
    values(
      await one.api.ask({
        indicator: "opportunities-created",
        by: [by],
        ...year,
        ...(asOf === undefined ? {} : { asOf }),
      }),
    );
  expect(await opened("rep")).toEqual({ Luis: 1, Ana: 1 });
  expect(await opened("created_by")).toEqual({ Ana: 2 });
  expect(await opened("rep", "2026-05-29T13:00:00Z")).toEqual({ Ana: 2 });
  one.close();
});

test("a rate over several stages is the same on any grain, and its parts add up over any cut of a long range (T10)", async () => {
  const one = await company(
    {
      lead: times(48, (nth) => ({
        lead_id: `L${nth}`,
        created_at: `2026-${String(Math.ceil(nth / 4)).padStart(2, "0")}-${String(1 + ((nth * 7) % 28)).padStart(2, "0")}T10:00:00Z`,
      })),
      stage_entry: times(24, (nth) => ({
        subject: "lead",
        subject_id: `L${nth * 2}`,
        stage: "mql",
        entered_at: `2026-12-${String(nth).padStart(2, "0")}T10:00:00Z`,
      })),
      deal: times(12, (nth) => ({
        deal_id: `D${nth}`,
        lead_id: `L${nth * 4}`,
        created_at: "2026-12-28T10:00:00Z",
        outcome: nth % 2 === 0 ? "won" : "open",
        closed_at: nth % 2 === 0 ? "2026-12-29T10:00:00Z" : null,
      })),
    },
    { now: "2027-02-01T12:00:00Z" },
  );
  const question = { indicator: "marketing-qualified-leads", variant: "rate", window: 3660 } as const;
  const total = { mqls: 24, leads: 48 };
  for (const grain of [undefined, "day", "week", "month", "quarter", "year"] as const) {
    const answer = await one.api.ask({ ...question, ...year, ...(grain === undefined ? {} : { grain }) });
    expect(answer.total.parts).toMatchObject(total);
    const sum = (name: string) => answer.rows.reduce((all, row) => all + (row.parts[name] ?? 0), 0);
    expect({ grain, mqls: sum("mqls"), leads: sum("leads") }).toEqual({ grain, ...total });
  }
  for (const cut of ["2026-02-03", "2026-07-01", "2026-11-30"]) {
    const [left, right] = [
      await one.api.ask({ ...question, from: year.from, to: cut }),
      await one.api.ask({ ...question, from: cut, to: year.to }),
    ];
    for (const name of ["mqls", "leads"] as const)
      expect((left.total.parts[name] ?? 0) + (right.total.parts[name] ?? 0)).toBe(total[name]);
  }
  one.close();
});

test("who returns, upgrades or buys another product by subscription is not a new customer (T17)", async () => {
  const { api, close } = await company({
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency  kind       product
      R1          C1           2025-02-01   50      EUR       new        CRM
      R2          C1           2026-05-01   50      EUR       one_off    CRM
      R3          C2           2025-03-01   50      EUR       new        CRM
      R4          C2           2026-05-02   80      EUR       expansion  Mail
      R5          C3           2026-05-03   10      EUR       new        CRM`,
    subscription_change: rows`
      customer_id  occurred_on  kind          mrr_after  currency  product
      C1           2025-02-01   start         50         EUR       CRM
      C1           2025-09-01   churn         0          EUR       CRM
      C1           2026-05-01   reactivation  50         EUR       CRM
      C2           2025-03-01   start         50         EUR       CRM
      C2           2026-05-02   start         80         EUR       Mail
      C3           2026-05-03   start         10         EUR       CRM`,
  });
  const may = { from: "2026-05-01", to: "2026-06-01" };
  expect((await api.ask({ indicator: "customers", variant: "new", ...may })).total.value).toBe(1);
  const retention = (await api.ask({ indicator: "customer-retention", variant: "logo", ...may })).total;
  expect(retention).toMatchObject({ value: 1, parts: { at_start: 1, retained: 1 } });
  close();
});
