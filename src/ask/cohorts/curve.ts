import type { Curve } from "../../contract/curve.ts";
import type { Limits } from "../../engine/database.ts";
import { isFollowed } from "../../engine/risks.ts";
import { aalenJohansen } from "../../methods/survival/aalen-johansen.ts";
import { kaplanMeier } from "../../methods/survival/kaplan-meier.ts";
import { lent, lifeTable, reachOf } from "../../methods/survival/life-table.ts";
import { logLogInterval } from "../../methods/survival/log-log.ts";
import { isLeftOver } from "./estimate.ts";
import { riskTables } from "./risks.ts";
import type { Frame } from "../rows.ts";
import type { Store } from "../store.ts";

/**
 * How the share of a cell grows with age, as far as anybody was followed. At risk are the cell's own rows; at ages that few of
 * them lived to, the share is continued with that of all rows known. Null for numbers that follow no rows.
 */
export async function curveOf({ plan, variant, level }: Frame, store: Store, limits: Limits): Promise<Curve | null> {
  if (!variant.share || !isFollowed(plan)) return null;
  const window = plan.window ?? 0;
  const tables = await riskTables(plan, store, limits);
  const own = lifeTable(tables.total, window);
  const table = lent(own, lifeTable(tables.known, window));
  const known = table.slice(0, reachOf(table) + 1);
  const [method, estimate] =
    plan.rival === undefined ? (["kaplan-meier", kaplanMeier] as const) : (["aalen-johansen", aalenJohansen] as const);
  const points = estimate(known).map(({ age, value, variance }) => {
    const [low, high] = logLogInterval(value, variance, level);
    return {
      age,
      atRisk: own[age]?.atRisk ?? 0,
      reached: own[age]?.reached ?? 0,
      rival: own[age]?.rival ?? 0,
      ...(isLeftOver(variant)
        ? { value: 1 - value, interval: [1 - high, 1 - low] as [number, number] }
        : { value, interval: [low, high] as [number, number] }),
    };
  });
  return { window, method, points };
}
