import { raw, runnable } from "../../engine/sql.ts";
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
  lead: ["lead_id", "created_at", "person_id", "source", "medium", "campaign", "ad", "landing_page", "form"],
  collected: ["site", "day", "type", "outcome", "segment", "events"],
};

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The rows of a sorted file as a relation; none where there is no file. */
function relation(sort: Sort, { files, rows }: Sorted): string {
  const typed = columns[sort].map((column) => `"${column}": 'VARCHAR'`).join(", ");
  if (rows[sort] > 0) return `read_json(${quoted(files[sort])}, format = 'newline_delimited', columns = {${typed}})`;
  return `(SELECT ${columns[sort].map((column) => `CAST(NULL AS VARCHAR) AS "${column}"`).join(", ")} LIMIT 0)`;
}

const believed = (table: Table): string => `(SELECT * FROM "${table.name}" WHERE known_to IS NULL)`;

/** An event that is here already stays as it was told first, however often it is sent; a claimed one has a visitor now. */
const touches = (sorted: Sorted): string => `SELECT * EXCLUDE (claimed) FROM ${relation("touch", sorted)}
  WHERE claimed IS NOT NULL OR touch_id NOT IN (SELECT touch_id FROM ${believed(touch)})
  QUALIFY row_number() OVER (PARTITION BY touch_id ORDER BY claimed NULLS LAST, occurred_at, kind) = 1`;

/** What was said of aliases, as it is kept: e-mails hashed. */
const hidden = (sorted: Sorted, pepper: string): string =>
  runnable(withoutNames(identity, raw(`SELECT * FROM ${relation("identity", sorted)}`), columns.identity, pepper));

/** The last that was said of each alias; a visitor who is nobody but themselves gives way to whatever else is known. */
const named = (sorted: Sorted, pepper: string): string => `(SELECT * FROM (${hidden(sorted, pepper)})
  QUALIFY row_number() OVER (PARTITION BY alias_kind, alias ORDER BY person_id = alias, seen_at DESC, person_id) = 1)`;

/** What is known already is not said again, so that a person who comes every day is no new version every day. */
const identities = (sorted: Sorted, pepper: string): string => `SELECT said.* FROM ${named(sorted, pepper)} AS said
  ANTI JOIN ${believed(identity)} AS known ON known.alias_kind = said.alias_kind AND known.alias = said.alias
    AND (known.person_id = said.person_id OR said.person_id = said.alias)`;

/** New leads, and those of visitors who have a name now: a lead is of whoever its visitor turns out to be. */
function leads(sorted: Sorted, pepper: string): string {
  const selected = columns.lead.map((column) =>
    column === "person_id" ? `coalesce(who.person_id, own.person_id) AS person_id` : `own.${column}`,
  );
  const known = (all: string) =>
    `(SELECT alias, person_id FROM ${all} WHERE alias_kind = 'visitor' AND person_id <> alias)`;
  const who = `SELECT alias, coalesce(max(said.person_id), max(known.person_id)) AS person_id
    FROM ${known(named(sorted, pepper))} AS said FULL JOIN ${known(believed(identity))} AS known USING (alias) GROUP BY alias`;
  const stated = columns.lead
    .map((column) => (column === "created_at" ? "strftime(created_at, '%Y-%m-%dT%H:%M:%S.%fZ') AS created_at" : column))
    .join(", ");
  return `WITH who AS (${who}), own AS (
    SELECT ${columns.lead.join(", ")}, true AS fresh FROM ${relation("lead", sorted)}
      WHERE lead_id NOT IN (SELECT lead_id FROM ${believed(lead)})
      QUALIFY row_number() OVER (PARTITION BY lead_id ORDER BY created_at) = 1
    UNION ALL SELECT ${stated}, false FROM ${believed(lead)} WHERE source_name = '${webSource}')
  SELECT ${selected.join(", ")} FROM own LEFT JOIN who ON who.alias = own.person_id WHERE fresh OR who.person_id IS NOT NULL`;
}

/** What becomes of sorted segments, fact by fact. */
export function mappingsOf(sorted: Sorted, pepper: string): Mapping[] {
  const { rows } = sorted;
  return [
    ...(rows.touch > 0 ? [{ fact: touch, select: touches(sorted) }] : []),
    ...(rows.identity > 0 ? [{ fact: identity, select: identities(sorted, pepper) }] : []),
    ...(rows.lead + rows.identity > 0 ? [{ fact: lead, select: leads(sorted, pepper) }] : []),
    ...(rows.collected > 0 ? [{ fact: collected, select: `SELECT * FROM ${relation("collected", sorted)}` }] : []),
  ];
}
