import type { Connection } from "../engine/database.ts";
import { Problem } from "../engine/problem.ts";
import { join, name, raw, sql, type Sql } from "../engine/sql.ts";
import type { Table } from "../engine/table.ts";
import { bringUpToDate } from "./up-to-date.ts";
import type { FactRules } from "./derived/rules.ts";
import { isFresh, loadFresh } from "./fresh.ts";
import { isChannelled } from "./channels/arrivals.ts";
import { writeChannels } from "./channels/group.ts";
import { groupingOf } from "./channels/grouping.ts";
import { goal } from "./goal.ts";
import { goalsFreedSince } from "./goals-source.ts";
import { beginLoad, endLoad, type Origin } from "./loads.ts";
import { equalOn, merge, type Merged, type Statement } from "./merge.ts";
import { anyErased, eraseAgain } from "./people/erasure.ts";
import { withoutEmails } from "./people/hashed.ts";
import { reading, type TextFormat } from "./reading.ts";
import { refuseContradictions, settleDoubles } from "./doubles.ts";
import { rejected } from "./rejected.ts";
import { count, sound, stagedName } from "./staged.ts";

/** A SELECT whose rows are to become rows of a fact. */
export interface Mapping {
  readonly fact: Table;
  readonly select: string;
}

/** A line of a file that could not become a row of any mapping. */
export interface UnreadableLine {
  readonly file: string;
  readonly line: number;
  readonly raw: string;
  readonly reason: string;
}

export interface LoadRequest extends Origin {
  readonly source: string;
  readonly mappings: readonly Mapping[];
  readonly format: TextFormat;
  readonly zone: string;
  readonly rules: FactRules;
  /** Whether the source states all it knows each time, so that its rows replace each other by scope. */
  readonly restates: boolean;
  /** Whether its rows stand where another source states them differently; otherwise they are refused. */
  readonly overrides?: boolean;
  /** Whether what the source no longer states is gone. */
  readonly complete?: boolean;
  readonly now: () => Date;
  /** Whether what was read so far can be trusted; when not, the mappings are read again. */
  readonly settled?: () => Promise<boolean>;
  readonly unreadable?: () => Promise<readonly UnreadableLine[]>;
  readonly progress?: (step: LoadStep) => void;
}

export interface LoadStep {
  readonly fact: string;
  readonly doing: "reading" | "loading" | "deriving";
}

export interface LoadedFact extends Merged {
  readonly fact: string;
  readonly read: number;
  readonly rejected: number;
  /** Rows that said the same as another, or that were added up with others of their key. */
  readonly combined: number;
  /** Rows that named somebody who was erased, and do no more. */
  readonly erased: number;
  /** The most frequent reasons of rejected rows, with an example of each. */
  readonly reasons: readonly { readonly reason: string; readonly rows: number }[];
}

export interface LoadSummary {
  readonly loadId: number;
  readonly source: string;
  readonly facts: readonly LoadedFact[];
}

async function rowsOf(connection: Connection, { fact, select }: Mapping, request: LoadRequest): Promise<Sql> {
  request.progress?.({ fact: fact.name, doing: "reading" });
  const columns = await connection.describe(select);
  return reading(fact, { select, columns, source: request.source }, request.format, {
    zone: request.zone,
    pepper: request.rules.pepper,
  });
}

const isSettled = async ({ settled }: LoadRequest): Promise<boolean> => settled === undefined || settled();

/** Where a source gives no channel it is derived, before rows are compared with what is known. */
async function channel(connection: Connection, fact: Table, target: Sql, where: Sql, { rules }: LoadRequest) {
  if (isChannelled(fact)) await writeChannels(connection, fact, target, where, groupingOf(rules.channels));
}

async function stage(connection: Connection, request: LoadRequest, mappings: readonly Mapping[]): Promise<void> {
  for (const mapping of mappings) {
    const rows = await rowsOf(connection, mapping, request);
    await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${stagedName(mapping.fact)} AS ${rows}`);
  }
  if (mappings.length > 0 && !(await isSettled(request))) await stage(connection, request, mappings);
}

const restatedScope = (fact: Table, source: string): Sql | undefined =>
  fact.replacedBy.length === 0
    ? undefined
    : sql`f.source_name = ${source} AND EXISTS (SELECT 1 FROM (SELECT DISTINCT ${join(fact.replacedBy.map(name), ", ")}
        FROM ${sound(fact)}) AS s WHERE ${equalOn(fact.replacedBy, raw("s"), raw("f"))})`;

/** A source that states everything closes what it no longer states; one that suddenly states less than half is refused. */
async function vanishingRows(connection: Connection, fact: Table, request: LoadRequest): Promise<Sql | undefined> {
  if (request.complete !== true)
    return request.restates || fact.replacedInPart ? restatedScope(fact, request.source) : undefined;
  const held = await count(
    connection,
    sql`SELECT count(*) AS n FROM ${name(fact.name)} WHERE known_to IS NULL AND source_name = ${request.source}`,
  );
  const stated = await count(connection, sql`SELECT count(*) AS n FROM ${sound(fact)}`);
  if (stated * 2 < held)
    throw new Problem(
      "too-many-gone",
      `${request.source} states ${stated} rows of ${fact.name}, where ${held} are known: more than half would go`,
      "check that the files are whole; if they are, leave `complete` out for one load",
      { source: request.source, fact: fact.name, stated, held },
    );
  return sql`f.source_name = ${request.source}`;
}

async function loadFact(
  connection: Connection,
  fact: Table,
  request: LoadRequest,
  statement: Statement,
): Promise<LoadedFact> {
  request.progress?.({ fact: fact.name, doing: "loading" });
  const read = await count(connection, sql`SELECT count(*) AS n FROM ${stagedName(fact)}`);
  await channel(connection, fact, stagedName(fact), raw("_reason IS NULL"), request);
  const erased = await eraseAgain(connection, fact, stagedName(fact), request.rules.pepper);
  const left = await count(connection, sql`SELECT count(*) AS n FROM ${stagedName(fact)}`);
  await settleDoubles(connection, fact);
  if (request.overrides !== true) await refuseContradictions(connection, fact, request.source);
  const vanishing = await vanishingRows(connection, fact, request);
  const merged = await merge(connection, fact, sound(fact), statement, vanishing === undefined ? {} : { vanishing });
  const rejected = await count(
    connection,
    sql`SELECT count(*) AS n FROM ${stagedName(fact)} WHERE _reason IS NOT NULL`,
  );
  return {
    fact: fact.name,
    read,
    rejected,
    erased,
    combined: left - rejected - merged.loaded - merged.changed - merged.unchanged,
    reasons: await reasonsOf(connection, fact, rejected),
    ...merged,
  };
}

async function reasonsOf(connection: Connection, fact: Table, rejected: number): Promise<LoadedFact["reasons"]> {
  if (rejected === 0) return [];
  const rows = await connection.rows(sql`SELECT min(_reason) AS reason, count(*) AS n FROM ${stagedName(fact)}
    WHERE _reason IS NOT NULL GROUP BY regexp_replace(_reason, ': .* is ', ' is ') ORDER BY n DESC, reason LIMIT 5`);
  return rows.map((row) => ({ reason: String(row["reason"]), rows: Number(row["n"]) }));
}

/** What was added straight from the sources does not stand: it must be staged. */
class MustStage extends Error {}

async function loadStraight(
  connection: Connection,
  mapping: Mapping,
  request: LoadRequest,
  statement: Statement,
): Promise<LoadedFact> {
  const { fact } = mapping;
  const rows = await rowsOf(connection, mapping, request);
  const straight = await loadFresh(connection, fact, rows, stagedName(fact), statement);
  if (straight === undefined) throw new MustStage();
  await channel(connection, fact, name(fact.name), sql`load_id = ${statement.loadId}`, request);
  const { loaded, rejected } = straight;
  const reasons = await reasonsOf(connection, fact, rejected);
  return {
    fact: fact.name,
    read: loaded + rejected,
    loaded,
    rejected,
    reasons,
    changed: 0,
    unchanged: 0,
    closed: 0,
    combined: 0,
    erased: 0,
  };
}

async function keepRejected(
  connection: Connection,
  request: LoadRequest,
  statement: Statement,
): Promise<readonly UnreadableLine[]> {
  const lines = (await request.unreadable?.()) ?? [];
  const unreadable = sql`SELECT '(line)' AS fact, ${request.origin} AS origin, ${withoutEmails(raw("reason"))} AS reason,
    file || ':' || line || ' ' || ${withoutEmails(raw("raw"))} AS raw FROM (SELECT unnest(from_json(${JSON.stringify(lines)},
    '[{"file":"VARCHAR","line":"BIGINT","raw":"VARCHAR","reason":"VARCHAR"}]'), recursive := true))`;
  const rows = request.mappings.map(
    ({ fact }) =>
      sql`SELECT ${fact.name} AS fact, ${request.origin} AS origin, _reason AS reason, _raw AS raw FROM ${stagedName(fact)} WHERE _reason IS NOT NULL`,
  );
  const staged = sql`(SELECT *, count(*) AS times, NULL AS source_key FROM (${join([unreadable, ...rows], " UNION ALL ")}) GROUP BY ALL)`;
  const scope = sql`f.source_name = ${request.source} AND f.origin = ${request.origin}`;
  await merge(connection, rejected, staged, statement, { vanishing: scope });
  return lines;
}

async function keepSummary(connection: Connection, loaded: readonly LoadedFact[], loadId: number): Promise<void> {
  for (const each of loaded)
    await connection.run(sql`INSERT INTO load_fact VALUES (${loadId}, ${each.fact}, ${each.read}, ${each.loaded},
      ${each.changed}, ${each.unchanged}, ${each.closed}, ${each.rejected})`);
}

const linesAsFact = (lines: readonly UnreadableLine[]): LoadedFact => ({
  fact: "(line)",
  read: lines.length,
  loaded: 0,
  changed: 0,
  unchanged: 0,
  closed: 0,
  rejected: lines.length,
  combined: 0,
  erased: 0,
  reasons: lines.slice(0, 5).map(({ file, line, reason }) => ({ reason: `${file}, line ${line}: ${reason}`, rows: 1 })),
});

async function loadAll(
  connection: Connection,
  request: LoadRequest,
  straight: readonly Mapping[],
): Promise<LoadSummary> {
  const statement = await beginLoad(connection, request.source, request.now);
  const loaded: LoadedFact[] = [];
  for (const mapping of request.mappings)
    loaded.push(
      straight.includes(mapping)
        ? await loadStraight(connection, mapping, request, statement)
        : await loadFact(connection, mapping.fact, request, statement),
    );
  if (straight.length > 0 && !(await isSettled(request))) throw new MustStage();
  const lines = await keepRejected(connection, request, statement);
  if (lines.length > 0) loaded.push(linesAsFact(lines));
  request.progress?.({ fact: "", doing: "deriving" });
  if (loaded.some((each) => each.fact !== goal.name && each.loaded + each.changed + each.closed > 0))
    await bringUpToDate(connection, request.rules, statement);
  await keepSummary(connection, loaded, statement.loadId);
  await endLoad(connection, statement, request, request.now);
  return { loadId: statement.loadId, source: request.source, facts: loaded };
}

async function loadStaged(
  connection: Connection,
  request: LoadRequest,
  straight: readonly Mapping[],
): Promise<LoadSummary> {
  await stage(
    connection,
    request,
    request.mappings.filter((mapping) => !straight.includes(mapping)),
  );
  try {
    return await connection.transaction(() => loadAll(connection, request, straight));
  } finally {
    for (const { fact } of request.mappings) await connection.run(sql`DROP TABLE IF EXISTS ${stagedName(fact)}`);
  }
}

async function freshOnes(connection: Connection, mappings: readonly Mapping[]): Promise<Mapping[]> {
  const fresh = [];
  for (const mapping of mappings) if (await isFresh(connection, mapping.fact)) fresh.push(mapping);
  return fresh;
}

/**
 * Loads what the mappings give, all of it or nothing. A fact without rows takes them straight from its source; for others
 * reading and checking happen first, outside the transaction. Loading the same rows again changes nothing.
 */
export async function load(connection: Connection, request: LoadRequest): Promise<LoadSummary> {
  const fresh = (await anyErased(connection)) ? [] : await freshOnes(connection, request.mappings);
  if (fresh.length === 0) return loadStaged(connection, request, []);
  try {
    return await loadStaged(connection, request, fresh);
  } catch (error) {
    if (error instanceof MustStage) return loadStaged(connection, request, []);
    throw error;
  }
}

/** Whether the last load of this origin read exactly what would be read now, and none of it may count differently since. */
export async function isUnchanged(
  connection: Connection,
  source: string,
  origin: string,
  fingerprint: string,
): Promise<boolean> {
  const [last] = await connection.rows(
    sql`SELECT load_id, fingerprint FROM load WHERE source_name = ${source} AND origin = ${origin} ORDER BY load_id DESC LIMIT 1`,
  );
  if (last?.["fingerprint"] !== fingerprint) return false;
  return !(await goalsFreedSince(connection, source, Number(last["load_id"])));
}
