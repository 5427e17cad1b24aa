import { name, raw, sql, type Sql } from "../../engine/sql.ts";
import type { Table } from "../../engine/table.ts";
import { lead } from "../lead.ts";
import { touch } from "../touch.ts";
import { clickPattern } from "./click-ids.ts";
import { authorityPattern, tagPattern } from "./clean.ts";

/** What a row states about where somebody came from, as it is written; empty where it does not. */
export const arrivalColumns = [
  "kind",
  "source",
  "medium",
  "campaign",
  "clicks",
  "referrer",
  "page",
  "located",
] as const;

/** The facts whose rows have their channel derived where their source gives none, with what stands for the kind of each. */
const kinds: ReadonlyMap<Table, Sql> = new Map<Table, Sql>([
  [touch, raw("kind")],
  [lead, raw("'lead'")],
]);

/** Whether the channels of a fact are derived where its source gives none. */
export const isChannelled = (fact: Table): boolean => kinds.has(fact);

const column = (fact: Table, columnName: string): Sql =>
  columnName in fact.columns ? sql`coalesce(${name(columnName)}, '')` : raw("''");

/** The value of a parameter of the address, without the spaces around it. */
const tag = (parameter: string): Sql =>
  sql`CASE WHEN address = '' THEN '' ELSE trim(regexp_extract(address, ${tagPattern(parameter)}, 1)) END`;

const orTag = (columnName: string): Sql =>
  sql`CASE WHEN ${raw(columnName)} = '' THEN ${tag(`utm_${columnName}`)} ELSE ${raw(columnName)} END AS ${raw(columnName)}`;

const clicks = sql`CASE WHEN address = '' THEN ''
  ELSE array_to_string(regexp_extract_all(address, ${clickPattern}, 1), ',') END AS clicks`;

const authority = (address: string): Sql => sql`regexp_extract(${raw(address)}, ${authorityPattern})`;

/** The addresses of a row as one text, or nothing where none of them has a parameter. */
function addressOf(fact: Table): Sql {
  const [click, url, landing] = [column(fact, "click_id"), column(fact, "url"), column(fact, "landing_page")];
  return sql`CASE WHEN ${click} <> '' OR contains(${url}, '=') OR contains(${landing}, '=')
    THEN concat('?', replace(${click}, ':', '='), chr(10), ${url}, chr(10), ${landing}) ELSE '' END`;
}

/**
 * The rows of a fact (or of what will become one) by `row`, with what `signalsOf` reads of them. The page is read only where
 * it can tell that the sender is the site itself.
 */
export function arrivalRows(fact: Table, from: Sql, where: Sql): Sql {
  const plain = (columnName: string) => sql`trim(${column(fact, columnName)}) AS ${raw(columnName)}`;
  return sql`SELECT row, kind, source, medium, campaign, clicks, referrer,
      CASE WHEN referrer <> '' OR contains(source, '.') THEN ${authority("page")} ELSE '' END AS page, located
    FROM (SELECT row, kind, ${orTag("source")}, ${orTag("medium")}, ${orTag("campaign")}, ${clicks}, page,
        CASE WHEN referrer = '' THEN '' ELSE ${authority("referrer")} END AS referrer,
        kind = 'visit' AND (page <> '' OR referrer <> '') AS located
      FROM (SELECT rowid AS row, ${kinds.get(fact) ?? raw("''")} AS kind, ${plain("source")}, ${plain("medium")},
          ${plain("campaign")}, ${plain("referrer")}, ${addressOf(fact)} AS address,
          coalesce(nullif(trim(${column(fact, "url")}), ''), trim(${column(fact, "landing_page")})) AS page
        FROM ${from} WHERE ${where}))`;
}
