import { expect, test } from "vitest";
import { company, rows, times, values } from "../company.ts";

const may = { from: "2026-05-01", to: "2026-06-01" };

test("pipeline created counts what was created, though it was won or lost since (T1)", async () => {
  const { api, close } = await company({
    deal: rows`
      deal_id  created_at            outcome  closed_at             amount  currency
      D1       2026-05-02T10:00:00Z  won      2026-05-09T10:00:00Z  100     EUR
      D2       2026-05-02T10:00:00Z  lost     2026-05-10T10:00:00Z  200     EUR
      D3       2026-05-02T10:00:00Z  open     -                     400     EUR
      D4       2026-04-30T10:00:00Z  open     2026-07-01T10:00:00Z  800     EUR
      D5       2026-05-20T10:00:00Z  open     -                     -       -`,
  });
  const created = await api.ask({ indicator: "opportunities-created", variant: "value", ...may });
  expect(created.total).toMatchObject({ value: 700, parts: { created_value: 700, created: 4 } });
  const held = await api.ask({ indicator: "pipeline-value", grain: "month", from: "2026-04-01", to: "2026-06-01" });
  expect(held.rows.map((row) => [row.period, row.value, row.n])).toEqual([
    ["2026-04-01", 800, 1],
    ["2026-05-01", 1200, 3],
  ]);
  close();
});

test("a rep with nothing closed has no value, and one without deals appears too (T2)", async () => {
  const { api, close } = await company({
    rep: rows`
      rep    team
      Ana    North
      Berta  North
      Carla  South`,
    deal: rows`
      deal_id  created_at            outcome  closed_at             rep
      D1       2026-05-02T10:00:00Z  won      2026-05-09T10:00:00Z  Ana
      D2       2026-05-02T10:00:00Z  lost     2026-05-10T10:00:00Z  Ana
      D3       2026-05-02T10:00:00Z  open     -                     Berta`,
  });
  const byRep = await api.ask({ indicator: "win-ratio", variant: "closed", by: ["rep"], ...may });
  expect(values(byRep)).toEqual({ Ana: 0.5, Berta: null, Carla: null });
  expect(byRep.rows.find((row) => row.key["rep"] === "Carla")?.flags).toEqual(["no-denominator"]);
  expect(values(await api.ask({ indicator: "win-ratio", variant: "closed", by: ["team"], ...may }))).toEqual({
    North: 0.5,
    South: null,
  });
  expect(
    values(await api.ask({ indicator: "win-ratio", variant: "closed", by: ["rep"], where: { rep: ["Ana"] }, ...may })),
  ).toEqual({ Ana: 0.5 });
  close();
});

test("a probability in percent is refused, never multiplied (T2)", async () => {
  const one = await company({});
  const { facts } = await one.load({
    deal: rows`
      deal_id  created_at            outcome  probability
      D1       2026-05-02T10:00:00Z  open     0.4
      D2       2026-05-02T10:00:00Z  open     40`,
  });
  expect(facts[0]).toMatchObject({ loaded: 1, rejected: 1 });
  one.close();
});

test("3 won and 7 lost of 100 created: 30 % of those closed, 3 % of those created (T12)", async () => {
  const { api, close } = await company({
    deal: times(100, (nth) => ({
      deal_id: `D${nth}`,
      created_at: "2026-05-02T10:00:00Z",
      outcome: nth <= 3 ? "won" : nth <= 10 ? "lost" : "open",
      closed_at: nth <= 10 ? "2026-05-20T10:00:00Z" : null,
    })),
  });
  expect((await api.ask({ indicator: "win-ratio", variant: "closed", ...may })).total).toMatchObject({
    value: 0.3,
    n: 10,
  });
  expect((await api.ask({ indicator: "win-ratio", variant: "created", ...may })).total).toMatchObject({
    value: 0.03,
    n: 100,
  });
  close();
});

test("a reopened deal counts once, by its last close; before, it counted as it was known (T14)", async () => {
  const one = await company({}, { now: "2026-05-15T12:00:00Z" });
  const deal = { deal_id: "D1", created_at: "2026-05-02T10:00:00Z", amount: 100, currency: "EUR" };
  await one.load({ deal: [{ ...deal, outcome: "lost", closed_at: "2026-05-10T10:00:00Z" }] });
  one.at("2026-07-01T12:00:00Z");
  await one.load({ deal: [{ ...deal, outcome: "won", closed_at: "2026-06-20T10:00:00Z" }] });
  const closed = (asOf?: string) =>
    one.api.ask({
      indicator: "win-ratio",
      variant: "closed",
      grain: "month",
      from: "2026-05-01",
      to: "2026-07-01",
      ...(asOf === undefined ? {} : { asOf }),
    });
  expect(values(await closed())).toEqual({ "2026-05-01": null, "2026-06-01": 1 });
  expect(values(await closed("2026-05-20T00:00:00Z"))).toEqual({ "2026-05-01": 0, "2026-06-01": null });
  one.close();
});

test("the sales cycle is the median of won deals in whole days, from creation to close", async () => {
  const { api, close } = await company({
    deal: rows`
      deal_id  created_at            outcome  closed_at
      D1       2026-05-01T23:00:00Z  won      2026-05-02T01:00:00Z
      D2       2026-05-01T10:00:00Z  won      2026-05-11T10:00:00Z
      D3       2026-05-01T10:00:00Z  won      2026-05-21T10:00:00Z
      D4       2026-05-01T10:00:00Z  won      2026-05-31T10:00:00Z
      D5       2026-05-01T10:00:00Z  lost     2026-05-31T10:00:00Z`,
  });
  const answer = await api.ask({ indicator: "sales-cycle-days", ...may });
  expect(answer.total).toMatchObject({ value: 15, n: 4 });
  const none = await api.ask({ indicator: "sales-cycle-days", from: "2026-07-01", to: "2026-08-01" });
  expect(none.total).toMatchObject({ value: null, flags: ["not-enough-data"] });
  close();
});

test("a share is not split by what only its successes carry", async () => {
  const { api, close } = await company({
    lead: rows`
      lead_id  created_at            segment  country
      L1       2026-05-01T10:00:00Z  small    -
      L2       2026-05-01T10:00:00Z  -        -`,
    deal: rows`
      deal_id  created_at            outcome  closed_at             lead_id  rep
      D1       2026-05-02T10:00:00Z  won      2026-05-09T10:00:00Z  L1       Ana
      D2       2026-05-02T10:00:00Z  open     -                     L2       -`,
  });
  const refused = { code: "one-sided-dimension" };
  await expect(api.ask({ indicator: "win-ratio", variant: "closed", by: ["rep"] })).rejects.toMatchObject(refused);
  await expect(api.ask({ indicator: "win-ratio", variant: "created", by: ["rep"] })).rejects.toMatchObject(refused);
  await expect(api.ask({ indicator: "win-ratio", variant: "created", where: { rep: ["Ana"] } })).rejects.toMatchObject(
    refused,
  );
  await expect(api.ask({ indicator: "lead-to-customer-rate", by: ["segment"] })).rejects.toMatchObject(refused);
  expect(values(await api.ask({ indicator: "lead-to-customer-rate", by: ["country"] }))).toEqual({ "(none)": 0.5 });
  close();
});

test("a spring cleaning that closes 400 deals as lost in a day is named: the ratio of its month has not collapsed (T14)", async () => {
  const closed = (prefix: string, count: number, outcome: string, on: (nth: number) => string) =>
    times(count, (nth) => ({
      deal_id: `${prefix}${nth}`,
      created_at: "2025-10-01T10:00:00Z",
      outcome,
      closed_at: `${on(nth)}T10:00:00Z`,
    }));
  const march = (nth: number) => `2026-03-${String(1 + (nth % 20)).padStart(2, "0")}`;
  const one = await company({
    deal: [...closed("won", 40, "won", march), ...closed("lost", 40, "lost", march)],
  });
  const ask = (from: string, to: string, asked: object = {}) =>
    one.api.ask({ indicator: "win-ratio", variant: "closed", from, to, ...asked });
  const told = async (...asked: Parameters<typeof ask>) =>
    (await ask(...asked)).warnings.find(({ code }) => code === "closed-at-once")?.message ?? null;
  expect(await told("2026-03-01", "2026-04-01")).toBeNull();
  await one.load({ deal: closed("old", 400, "lost", () => "2026-03-31") });
  expect((await ask("2026-03-01", "2026-04-01")).total.parts).toEqual({ won: 40, closed: 480 });
  expect(await told("2026-03-01", "2026-04-01")).toContain("400 on 2026-03-31;");
  expect(await told("2026-03-01", "2026-03-31")).toBeNull();
  expect(await told("2025-10-01", "2025-11-01", { clock: "cohort" })).toContain("400 on 2026-03-31;");
  expect(await told("2025-09-01", "2025-10-01", { clock: "cohort" })).toBeNull();
  expect(
    (await one.api.ask({ indicator: "opportunities-created" })).warnings.some(({ code }) => code === "closed-at-once"),
  ).toBe(false);
  one.close();
});

test("a cleaning is looked for among the deals that are asked about: one team's is no news to another, nor to those closed in time", async () => {
  const lostIn = (prefix: string, count: number, kind: string, on: (nth: number) => string, created = "2025-10-01") =>
    times(count, (nth) => ({
      deal_id: `${prefix}${nth}`,
      created_at: `${created}T10:00:00Z`,
      outcome: "lost",
      closed_at: `${on(nth)}T10:00:00Z`,
      kind,
    }));
  const march = (nth: number) => `2026-03-${String(1 + (nth % 20)).padStart(2, "0")}`;
  const one = await company({
    deal: [
      ...lostIn("a", 40, "new", march, "2026-02-01"),
      ...lostIn("b", 40, "renewal", march, "2026-02-01"),
      ...lostIn("old", 100, "renewal", () => "2026-03-31"),
    ],
  });
  const told = async (asked: object) =>
    (
      await one.api.ask({ indicator: "win-ratio", variant: "closed", from: "2026-03-01", to: "2026-04-01", ...asked })
    ).warnings.find(({ code }) => code === "closed-at-once")?.message ?? null;
  expect(await told({})).toContain("100 on 2026-03-31;");
  expect(await told({ where: { kind: ["renewal"] } })).toContain("100 on 2026-03-31;");
  expect(await told({ where: { kind: ["new"] } })).toBeNull();
  // Lost 181 days after they were created, they are still open at the age of 90 days.
  const cohort = { from: "2025-10-01", to: "2026-04-01" };
  expect(await told({ ...cohort, variant: "created", clock: "cohort" })).toContain("100 on 2026-03-31;");
  expect(await told({ ...cohort, variant: "by-age" })).toBeNull();
  one.close();
});
