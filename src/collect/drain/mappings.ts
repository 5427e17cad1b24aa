import { literal, raw, runnable } from "../../engine/sql.ts";
import type { Table } from "../../engine/table.ts";
import { collected } from "../../facts/collected.ts";
import { identity } from "../../facts/identity.ts";
import { lead } from "../../facts/lead.ts";
import type { Mapping } from "../../facts/load.ts";
import { withoutNames } from "../../facts/people/personal.ts";
import { touch } from "../../facts/touch.ts";
import type { Sort, Sorted } from "./sort.ts";

/** The source that collected facts are stated by. */
export const webSource = "web";

const columns: Readonly<Record<Sort, readonly string[]>> = {
  touch: [
    "touch_id",
    "occurred_at",
    "kind",
    "person_id",
    "visitor",
    "source",
    "medium",
    "campaign",
    "ad",
    "term",
    "content",
    "landing_page",
    "url",
    "referrer",
    "form",
    "event",
    "device",
    "click_id",
    "claimed",
  ],
  identity: ["alias_kind", "alias", "person_id", "seen_at"],
  lead: [
    "lead_id",
    "created_at",
    "person_id",
    "visitor",
    "email",
    "click_id",
    "source",
    "medium",
    "campaign",
    "ad",
    "landing_page",
    "form",
  ],
  collected: ["site", "day", "type", "outcome", "segment", "events"],
};

/** The rows of a sorted file as a relation. */
function relation(sort: Sort, { files }: Sorted): string {
  const typed = columns[sort].map((column) => `"${column}": 'VARCHAR'`).join(", ");
  return `read_json(${literal(files[sort])}, format = 'newline_delimited', columns = {${typed}})`;
}

const believed = (table: Table): string => `(SELECT * FROM "${table.name}" WHERE known_to IS NULL)`;

/** An event that is here already stays as it was told first, however often it is sent; a claimed one has a visitor now. */
const touches = (sorted: Sorted): string => `SELECT * EXCLUDE (claimed) FROM ${relation("touch", sorted)}
  WHERE claimed IS NOT NULL OR touch_id NOT IN (SELECT touch_id FROM ${believed(touch)})
  QUALIFY row_number() OVER (PARTITION BY touch_id ORDER BY claimed NULLS LAST, occurred_at, kind) = 1`;

/** What was said of aliases, as it is kept: e-mails hashed with the workspace's key. */
const hidden = (sorted: Sorted, pepper: string): string =>
  runnable(withoutNames(identity, raw(`SELECT * FROM ${relation("identity", sorted)}`), columns.identity, pepper));

/**
 * Who an alias is, with whoever it was said to be before: a device that many people identify themselves on is known to be
 * shared only while all of them are stated.
 */
const identities = (sorted: Sorted, pepper: string): string => `WITH said AS (${hidden(sorted, pepper)}),
  before AS (
    SELECT alias_kind, alias, person_id, strftime(seen_at, '%Y-%m-%dT%H:%M:%S.%fZ') AS seen_at
    FROM ${believed(identity)} SEMI JOIN said USING (alias_kind, alias) WHERE source_name = '${webSource}')
  SELECT alias_kind, alias, person_id, min(seen_at) AS seen_at
  FROM (SELECT * FROM before UNION ALL SELECT * FROM said ANTI JOIN before USING (alias_kind, alias, person_id))
  GROUP BY alias_kind, alias, person_id`;

const leads = (sorted: Sorted): string => `SELECT * FROM ${relation("lead", sorted)}
  WHERE lead_id NOT IN (SELECT lead_id FROM ${believed(lead)})
  QUALIFY row_number() OVER (PARTITION BY lead_id ORDER BY created_at) = 1`;

/** What becomes of sorted segments, fact by fact. */
export function mappingsOf(sorted: Sorted, pepper: string): Mapping[] {
  const { rows } = sorted;
  return [
    ...(rows.touch > 0 ? [{ fact: touch, select: touches(sorted) }] : []),
    ...(rows.identity > 0 ? [{ fact: identity, select: identities(sorted, pepper) }] : []),
    ...(rows.lead > 0 ? [{ fact: lead, select: leads(sorted) }] : []),
    ...(rows.collected > 0 ? [{ fact: collected, select: `SELECT * FROM ${relation("collected", sorted)}` }] : []),
  ];
}
