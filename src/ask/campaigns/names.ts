import type { Plan } from "../../engine/plan.ts";
import type { Database } from "../../engine/database.ts";
import { duckdb } from "../../engine/dialect.ts";
import { believed } from "../../engine/relation.ts";
import { raw, sql } from "../../engine/sql.ts";
import type { Ledger } from "../ledger.ts";

/** The last name of each campaign that has one beside its id, as it was known at the plan's instant. */
export const campaignNamesOf = (
  plan: Pick<Plan, "asOf">,
  ledger: Ledger,
  database: Database,
): Promise<Record<string, string>> =>
  ledger.remembered("campaign names", async () => {
    const rows = await database.use((connection) =>
      connection.rows(sql`SELECT campaign, arg_max(campaign_name, (day, campaign_name)) AS name FROM spend
        WHERE campaign IS NOT NULL AND campaign_name IS NOT NULL AND ${believed(raw("spend"), plan, duckdb)}
        GROUP BY campaign HAVING arg_max(campaign_name, (day, campaign_name)) <> campaign ORDER BY campaign`),
    );
    return Object.fromEntries(rows.map((row) => [String(row["campaign"]), String(row["name"])]));
  });
