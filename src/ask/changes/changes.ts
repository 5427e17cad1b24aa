import type { ExplainRequest } from "../../contract/api.ts";
import type { Change, Changes } from "../../contract/changes.ts";
import type { Question } from "../../contract/question.ts";
import type { Database, Limits } from "../../engine/database.ts";
import type { Measure } from "../../engine/measure.ts";
import type { Plan } from "../../engine/plan.ts";
import type { PartChange } from "../../engine/row-changes.ts";
import { anyGrew, type Instants } from "../../engine/row-joins.ts";
import { sql } from "../../engine/sql.ts";
import { dayIn } from "../../engine/time.ts";
import { settingsSource } from "../../facts/follow.ts";
import { deadline, plannedFor, frameOf } from "../answer.ts";
import { rowsAndTotal } from "../found-rows.ts";
import { cellPlan } from "../cell.ts";
import { changesOf, partShares, type Side } from "./change-shares.ts";
import type { Context } from "../draft.ts";
import { splitPart, type PartSplit } from "./part-changes.ts";
import { revenueBasis } from "../resolve.ts";

/** What was known at an instant (ISO 8601), with the definitions that were in force then. */
export interface Known {
  readonly instant: string;
  readonly context: Context;
}

interface Asking {
  readonly request: ExplainRequest;
  readonly database: Database;
  readonly limits: Limits;
}

/** The cell as a context knows it; `like` says which variant and days it is of, whatever was known of others. */
async function sideOf(
  { request, database, limits }: Asking,
  context: Context,
  like: Partial<Question> = {},
): Promise<Side> {
  const { compare: _compare, ...asked } = request.question;
  const question = { ...asked, ...like };
  const draft = await plannedFor(question, context, database);
  const key = request.key ?? {};
  const plan = cellPlan(draft.plan, { key, period: request.period });
  const frame = { ...(await frameOf(draft, context, database)), plan };
  const { total } = await rowsAndTotal(frame, { database, ledger: context.ledger }, limits);
  const { variant, plan: whole, indicator } = draft;
  const alike = { variant: variant.id, from: whole.range.from, to: whole.range.to };
  return { frame, alike, version: indicator.version, row: { ...total, key, period: request.period ?? null } };
}

/** What a value means: two plans that agree on it count by the same definition. */
const meaning = ({ parts, formula, lists, numbers, parameters, clock, window, currency, homeCurrency }: Plan): string =>
  JSON.stringify([parts, formula, lists, numbers, parameters, clock, window, currency, homeCurrency]);

/** Later facts, asked by the earlier definitions: their settings, and what counted as revenue then. */
function asDefinedBy({ context }: Known, facts: Context): Context {
  const { settings, indicators, definitions } = context;
  const revenue = revenueBasis(context).basis === "bookings" ? "bookings" : (settings.revenue ?? "cash");
  return { ...facts, indicators, definitions, settings: { ...settings, revenue } };
}

/** Loads between two states of knowledge that followed changed settings rather than a source. */
async function redefinedBetween(earlier: Known, later: Known, database: Database): Promise<PartChange["redefined"]> {
  const loads = await database.use((connection) =>
    connection.rows(sql`SELECT load_id, started_at FROM load WHERE source_name = ${settingsSource}
      AND load_id > ${earlier.context.ledger.version} AND load_id <= ${later.context.ledger.version} ORDER BY load_id`),
  );
  return loads.map((load) => ({
    load: Number(load["load_id"]),
    at: new Date(String(load["started_at"])).toISOString(),
  }));
}

const counting = ({ frame, row }: Side, part: string): Plan | undefined =>
  row.parts[part] == null ? undefined : frame.plan;

/** Whether any of the people whom the parts' rows name became part of another between two instants. */
async function anyJoined(
  parts: readonly (readonly [string, Measure])[],
  instants: Instants,
  database: Database,
  limits: Limits,
): Promise<boolean> {
  const joins = new Map(
    parts.flatMap(([, { table }]) => (table.joins === undefined ? [] : [[table.joins.table.name, table.joins]])),
  );
  const found = [...joins.values()].map((each) =>
    database.use((connection) => connection.rows(anyGrew(each, instants), limits)),
  );
  return (await Promise.all(found)).some(([row]) => row?.["grew"] === true);
}

/** Each part of the earlier definition, from the facts known then to those known later. */
async function splits(
  { database, limits }: Asking,
  [before, after]: readonly [Side, Side],
  [earlier, later]: readonly [Known, Known],
): Promise<Map<string, PartSplit>> {
  const redefined = await redefinedBetween(earlier, later, database);
  const { time_zone: zone } = earlier.context.settings;
  const then = {
    asOf: before.frame.plan.asOf,
    instant: earlier.instant,
    day: dayIn(zone, new Date(earlier.instant)),
  };
  const parts = Object.entries(before.frame.plan.parts);
  const grew = anyJoined(parts, [then, after.frame.plan], database, limits);
  const entries = parts.map(async ([part, measure]) => {
    const sides = { before: counting(before, part), after: counting(after, part) };
    const joins = measure.table.joins !== undefined && (await grew);
    const change = { part, measure, ...sides, earlier: then, later: after.frame.plan, redefined, grew: joins };
    return [part, await splitPart(change, before.row.parts[part] ?? null, database, limits)] as const;
  });
  return new Map(await Promise.all(entries));
}

const negated = (change: Change): Change => ({
  ...change,
  difference: change.difference === null ? null : -change.difference,
  parts: Object.fromEntries(Object.entries(change.parts).map(([part, difference]) => [part, -difference])),
});

/**
 * The difference of one cell between two states of knowledge, split by cause; its parts sum to it exactly. Asked backwards,
 * every difference has the other sign.
 */
export async function changesBetween(
  request: ExplainRequest,
  since: Known,
  until: Known,
  database: Database,
  signal?: AbortSignal,
): Promise<Changes> {
  const backwards = since.instant > until.instant;
  const [earlier, later] = backwards ? [until, since] : [since, until];
  const asking = { request, database, limits: { deadline, signal } };
  const asked = await sideOf(asking, until.context);
  const after = backwards ? await sideOf(asking, later.context, asked.alike) : asked;
  const before = backwards ? asked : await sideOf(asking, earlier.context, asked.alike);
  const same = meaning(before.frame.plan) === meaning(after.frame.plan);
  const definition = { ...asked.alike, definition: before.version };
  const middle = same ? after : await sideOf(asking, asDefinedBy(earlier, later.context), definition);
  const found = await splits(asking, [before, middle], [earlier, later]);
  const byPart = new Map([...found].map(([part, each]) => [part, partShares(part, each, before, middle)]));
  const changes = changesOf({ before, middle, after, found, byPart });
  const [from, to] = backwards ? [after.row, before.row] : [before.row, after.row];
  return {
    since: since.instant,
    until: until.instant,
    before: from,
    after: to,
    difference: from.value === null || to.value === null ? null : to.value - from.value,
    changes: backwards ? changes.map(negated) : changes,
  };
}
