import { sql, type Sql } from "../../engine/sql.ts";
import { required, table, text } from "../../engine/table.ts";

/**
 * Every name under which spend of a campaign was ever reported, with the campaign that it means: of any `channel` where one
 * campaign alone had the name, else of the channel in which one alone had it. What is itself the id of a campaign is no name.
 */
export const campaignAlias = table("campaign_alias", {
  key: ["alias", "channel"],
  columns: { alias: required(text), channel: text, campaign: required(text) },
});

/** Names as the spend stands now, with every campaign that had them. */
export const campaignNames = sql`named AS (
    SELECT DISTINCT campaign_name AS alias, channel, campaign FROM spend
    WHERE known_to IS NULL AND campaign IS NOT NULL AND campaign_name IS NOT NULL
      AND campaign_name NOT IN (SELECT campaign FROM spend WHERE known_to IS NULL AND campaign IS NOT NULL))`;

/** One row per name that means one campaign, as the spend stands now. */
export const campaignAliasRows = (): Sql => sql`WITH ${campaignNames},
  anywhere AS (SELECT alias, min(campaign) AS campaign FROM named GROUP BY alias HAVING count(DISTINCT campaign) = 1)
  SELECT alias, NULL AS channel, campaign FROM anywhere
  UNION ALL
  SELECT alias, channel, min(campaign) FROM named ANTI JOIN anywhere USING (alias)
  WHERE channel IS NOT NULL GROUP BY alias, channel HAVING count(DISTINCT campaign) = 1`;

/** Rows with a channel and a campaign, the latter by its id where they say one of its names. */
export const withCampaignIds = (
  rows: Sql,
): Sql => sql`SELECT told.* REPLACE (coalesce(here.campaign, anywhere.campaign, told.campaign) AS campaign)
  FROM (${rows}) AS told
  LEFT JOIN campaign_alias AS here ON here.alias = told.campaign AND here.channel = told.channel AND here.known_to IS NULL
  LEFT JOIN campaign_alias AS anywhere ON anywhere.alias = told.campaign AND anywhere.channel IS NULL AND anywhere.known_to IS NULL`;
