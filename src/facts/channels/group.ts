import type { Connection } from "../../engine/database.ts";
import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import type { Table } from "../../engine/table.ts";
import { arrivalColumns, arrivalRows } from "./arrivals.ts";
import { firstRule } from "./condition-sql.ts";
import type { Grouping } from "./grouping.ts";
import { campaignMeaning, clickMeaning, hostMeaning, mediumMeaning, sourceMeaning } from "./meanings.ts";

type Meaning = Readonly<Record<string, string | boolean | null>>;

/** A small table of what texts mean: each distinct text of some columns is looked up once. */
interface Dictionary {
  readonly table: string;
  readonly of: readonly string[];
  readonly columns: Readonly<Record<string, "VARCHAR" | "BOOLEAN">>;
  readonly meaning: (written: string, grouping: Grouping) => Meaning;
}

const known = { text: "VARCHAR", name: "VARCHAR", category: "VARCHAR" } as const;

const dictionaries: readonly Dictionary[] = [
  {
    table: "meant_source",
    of: ["source"],
    columns: { ...known, paid: "BOOLEAN", site: "VARCHAR" },
    meaning: (written, grouping) => ({ ...sourceMeaning(written, grouping) }),
  },
  {
    table: "meant_medium",
    of: ["medium"],
    columns: { text: "VARCHAR", paid: "BOOLEAN" },
    meaning: (written) => ({ ...mediumMeaning(written) }),
  },
  {
    table: "meant_campaign",
    of: ["campaign"],
    columns: { text: "VARCHAR" },
    meaning: (written) => ({ text: campaignMeaning(written) }),
  },
  {
    table: "meant_clicks",
    of: ["clicks"],
    columns: known,
    meaning(written) {
      const { clicks, ...first } = clickMeaning(written);
      return { text: clicks.length === 0 ? null : `,${clicks.join(",")},`, ...first };
    },
  },
  {
    table: "meant_host",
    of: ["referrer", "page"],
    columns: { ...known, site: "VARCHAR" },
    meaning(written, grouping) {
      const { host, ...rest } = hostMeaning(written, grouping);
      return { text: host, ...rest };
    },
  },
];

async function lookUp(
  connection: Connection,
  { table, of, columns, meaning }: Dictionary,
  grouping: Grouping,
): Promise<void> {
  const texts = join(
    of.map((column) => sql`SELECT ${name(column)} AS written FROM signals`),
    " UNION ",
  );
  const written = await connection.rows(sql`SELECT DISTINCT written FROM (${texts})`);
  const meant = written.map((row) => ({ written: row["written"], ...meaning(String(row["written"]), grouping) }));
  const shape = JSON.stringify([{ written: "VARCHAR", ...columns }]);
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${name(table)} AS
    SELECT unnest(from_json(${JSON.stringify(meant)}, ${shape}), recursive := true)`);
}

/** What `signalsOf` says, over the distinct signals and what their texts mean. */
const meantSignals = raw(`SELECT raw.id, raw.kind, medium.paid OR source.paid AS paid,
    source.text IS NULL AND medium.text IS NULL AS untagged, raw.located AS arrival,
    source.text IS NOT NULL OR medium.text IS NOT NULL OR clicks.text IS NOT NULL AS stated,
    coalesce(source.text, raw.sender, clicks.name) AS source,
    CASE WHEN source.text IS NULL THEN coalesce(raw.sender_name, clicks.name) ELSE source.name END AS name,
    coalesce(medium.text, CASE WHEN source.text IS NULL AND raw.sender IS NOT NULL
      THEN CASE WHEN raw.sender_category = 'search' THEN 'organic' ELSE 'referral' END END) AS medium,
    campaign.text AS campaign, clicks.text AS clicks, raw.sender AS referrer,
    CASE WHEN source.text IS NULL THEN coalesce(raw.sender_category, clicks.category)
      WHEN source.site = raw.page_site THEN 'own' ELSE source.category END AS origin
  FROM (SELECT signals.*, page.site AS page_site,
      CASE WHEN NOT returns THEN referring.text END AS sender,
      CASE WHEN NOT returns THEN referring.name END AS sender_name,
      CASE WHEN NOT returns THEN referring.category END AS sender_category
    FROM signals JOIN meant_host AS referring ON referring.written = signals.referrer
      JOIN meant_host AS page ON page.written = signals.page,
      LATERAL (SELECT coalesce(referring.site = page.site, false)
        OR coalesce(referring.category IN ('own', 'returning'), false) AS returns)) AS raw
    JOIN meant_source AS source ON source.written = raw.source
    JOIN meant_medium AS medium ON medium.written = raw.medium
    JOIN meant_campaign AS campaign ON campaign.written = raw.campaign
    JOIN meant_clicks AS clicks ON clicks.written = raw.clicks`);

const together = join(arrivalColumns.map(name), ", ");

/** Each distinct signal once, with its number; rows share them by the million. */
async function distinctSignals(connection: Connection, fact: Table, from: Sql, where: Sql): Promise<void> {
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE arrivals AS ${arrivalRows(fact, from, where)}`);
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE signals AS
    SELECT row_number() OVER () AS id, * FROM (SELECT DISTINCT ${together} FROM arrivals)`);
}

const made = ["arrivals", "signals", "decided", ...dictionaries.map(({ table }) => table)];

/**
 * Gives the rows of a fact their channels: makes the view `grouped` of `row`, `channel` and `rule`, with a row for each that
 * `where` selects; both are empty where nothing is known of it. It says what `ruleOf` says.
 */
export async function group(
  connection: Connection,
  fact: Table,
  from: Sql,
  where: Sql,
  grouping: Grouping,
): Promise<void> {
  await distinctSignals(connection, fact, from, where);
  for (const each of dictionaries) await lookUp(connection, each, grouping);
  const given = JSON.stringify(grouping.rules.map(({ id, channel }) => ({ rule: id, channel })));
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE decided AS
    SELECT signals.*, first.rule, given.channel
    FROM (SELECT id, ${firstRule(grouping.rules)} AS rule FROM (${meantSignals})) AS first
    JOIN signals ON signals.id = first.id
    LEFT JOIN (SELECT unnest(from_json(${given}, '[{"rule":"VARCHAR","channel":"VARCHAR"}]'), recursive := true)) AS given
      ON given.rule = first.rule`);
  await connection.run(sql`CREATE OR REPLACE TEMP VIEW grouped AS
    SELECT arrivals.row, decided.channel, decided.rule FROM arrivals JOIN decided USING (${together})`);
}

/** Drops what `group` made. */
export async function ungroup(connection: Connection): Promise<void> {
  await connection.run(raw("DROP VIEW grouped"));
  for (const table of made) await connection.run(sql`DROP TABLE ${name(table)}`);
}

/** Writes the derived channels into rows that no earlier version has to be kept of; gives how many have one now. */
export async function writeChannels(
  connection: Connection,
  fact: Table,
  target: Sql,
  where: Sql,
  grouping: Grouping,
): Promise<void> {
  const lacking = sql`channel IS NULL AND ${where}`;
  const [some] = await connection.rows(sql`SELECT 1 AS one FROM ${target} WHERE ${lacking} LIMIT 1`);
  if (some === undefined) return;
  await group(connection, fact, target, lacking, grouping);
  await connection.run(sql`UPDATE ${target} AS t SET channel = grouped.channel, channel_rule = grouped.rule
    FROM grouped WHERE grouped.row = t.rowid AND grouped.rule IS NOT NULL`);
  await ungroup(connection);
}
