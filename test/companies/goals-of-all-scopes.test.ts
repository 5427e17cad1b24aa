import { expect, test } from "vitest";
import type { Goal } from "../../src/contract/goal.ts";
import { addPeriods } from "../../src/engine/time.ts";
import { company, times } from "../company.ts";

const reps = ["Ana", "Beto", "Caro", "Dora", null];
const teams: Record<string, string> = { Ana: "North", Beto: "North", Caro: "South", Dora: "South" };
const channels = ["email", "referral", "events"];
const months = ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"];

const pick = <T>(values: readonly T[], nth: number, step: number): T => values[(nth * step) % values.length] as T;

const lead = times(173, (nth) => ({
  lead_id: `L${nth}`,
  created_at: `${pick(months, nth, 3).slice(0, 8)}${String(1 + ((nth * 7) % 27)).padStart(2, "0")}T10:00:00Z`,
  rep: pick(reps, nth, 13),
  channel: pick(channels, nth, 5),
}));

const scopes: [Goal["scopeKind"], string | null][] = [
  ["company", null],
  ...["North", "South"].map((team): [Goal["scopeKind"], string] => ["team", team]),
  ...["Ana", "Beto", "Caro", "Dora"].map((rep): [Goal["scopeKind"], string] => ["rep", rep]),
  ...channels.map((channel): [Goal["scopeKind"], string] => ["channel", channel]),
];

const goal = [...months, "2026-07-01", "2026-10-01"].flatMap((period_start, i) =>
  scopes.map(([scope_kind, scope]) => ({
    indicator: "leads",
    scope_kind,
    scope,
    period_start,
    grain: i < months.length ? "month" : "quarter",
    target: 10,
  })),
);

const isOf = ({ scopeKind, scope }: Goal, one: (typeof lead)[number]): boolean =>
  scopeKind === "company" ||
  (scopeKind === "team" ? teams[String(one["rep"])] === scope : one[scopeKind as "rep" | "channel"] === scope);

test("one question for many goals gives each what its own question gives, and what counting the rows gives", async () => {
  const rep = Object.entries(teams).map(([name, team]) => ({ rep: name, team }));
  const { api, close } = await company({ lead, goal, rep }, { now: "2026-12-01T12:00:00Z" });
  const found = await api.attainment({ from: "2026-07-01", to: "2026-12-31" });
  expect(found).toHaveLength(goal.length);
  for (const { goal: one, value, to } of found) {
    const counted = lead.filter((each) => {
      const day = String(each["created_at"]).slice(0, 10);
      return day >= one.periodStart && day < addPeriods(one.grain, one.periodStart, 1) && isOf(one, each);
    });
    const where = one.scopeKind === "company" ? {} : { where: { [one.scopeKind]: [one.scope] } };
    const { total } = await api.ask({ indicator: "leads", from: one.periodStart, to, ...where });
    expect([one.scope, one.periodStart, value, total.value]).toEqual([
      one.scope,
      one.periodStart,
      counted.length,
      counted.length,
    ]);
  }
  close();
});
