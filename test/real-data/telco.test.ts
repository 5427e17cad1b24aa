import { describe, expect, test } from "vitest";
import { addDays } from "../../src/engine/time.ts";
import { kaplanMeier } from "../../src/methods/survival/kaplan-meier.ts";
import { lifeTable, type Exits } from "../../src/methods/survival/life-table.ts";
import { logLogInterval } from "../../src/methods/survival/log-log.ts";
import { fileOf, present, skipped, workspaceOf } from "./workspace.ts";

interface Known {
  readonly overall: Readonly<
    Record<"times" | "surv" | "lower95_loglog" | "upper95_loglog" | "std_err_greenwood", number[]>
  >;
}

/** How long each customer stayed, in months, and whether they left. */
function customers(): Exits[] {
  const [header = "", ...lines] = fileOf("telco/Telco-Customer-Churn.csv").toString("utf8").trim().split(/\r?\n/);
  const columns = header.split(",");
  const [tenure, churn] = [columns.indexOf("tenure"), columns.indexOf("Churn")];
  return lines.map((line) => {
    const cells = line.split(",");
    const left = cells[churn] === "Yes" ? 1 : 0;
    return { age: Number(cells[tenure]), reached: left, rival: 0, open: 1 - left };
  });
}

describe.skipIf(!present)(`Telco: 7,043 customers, 1,869 of whom left${skipped}`, () => {
  test("84.32, 78.87 and 70.88 % are still there after 12, 24 and 48 months, with the known variance and intervals", () => {
    const { overall } = JSON.parse(fileOf("telco/answers.json").toString("utf8")) as Known;
    const curve = kaplanMeier(lifeTable(customers(), 72));
    overall.times.forEach((month, i) => {
      const { value = Number.NaN, variance = Number.NaN } = curve[month] ?? {};
      expect(Math.abs(1 - value - (overall.surv[i] ?? 0))).toBeLessThan(1e-6);
      expect(Math.abs(Math.sqrt(variance) - (overall.std_err_greenwood[i] ?? 0))).toBeLessThan(1e-6);
      const [low, high] = logLogInterval(value, variance, 0.95);
      expect(Math.abs(1 - high - (overall.lower95_loglog[i] ?? 0))).toBeLessThan(1e-6);
      expect(Math.abs(1 - low - (overall.upper95_loglog[i] ?? 0))).toBeLessThan(1e-6);
    });
    expect(1 - (curve[12]?.value ?? 0)).toBeCloseTo(0.8432, 6);
    expect(1 - (curve[24]?.value ?? 0)).toBeCloseTo(0.788736, 6);
    expect(1 - (curve[48]?.value ?? 0)).toBeCloseTo(0.70884, 6);
  });

  test("through the question: the same shares of customers whose months are thirty days, the last of them on one day", async () => {
    const last = "2026-06-30";
    const lines = customers().flatMap(({ age, reached }, nth) => [
      `C${nth},${addDays(last, -30 * age)},start,10`,
      ...(reached > 0 ? [`C${nth},${last},churn,0`] : []),
    ]);
    const one = await workspaceOf(
      {
        name: "Telco",
        currency: "USD",
        time_zone: "UTC",
        sources: {
          billing: {
            kind: "files",
            facts: {
              subscription_change:
                "SELECT customer AS customer_id, day AS occurred_on, kind, amount AS mrr_after, 'USD' AS currency FROM 'changes.csv'",
            },
          },
        },
      },
      { "changes.csv": Buffer.from(`customer,day,kind,amount\n${lines.join("\n")}\n`) },
    );
    await one.sync("billing");
    const { survival, observedTo } = await one.api.retention({});
    expect(observedTo).toBe(last);
    const { overall } = JSON.parse(fileOf("telco/answers.json").toString("utf8")) as Known;
    // A month of the question is a little longer than thirty days, by less than one of these months until the last.
    for (const [i, month] of overall.times.entries()) {
      const share = survival.find((point) => point.month === month)?.share;
      if (month < 72) expect(Math.abs((share ?? 0) - (overall.surv[i] ?? 0))).toBeLessThan(1e-6);
    }
    one.close();
  });
});
