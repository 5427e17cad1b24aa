import { amountOf, countOf, dating } from "./aggregates.ts";
import { rateJoin } from "./currency.ts";
import { duckdb, type Dialect } from "./dialect.ts";
import { isMoney, type Aggregate } from "./measure.ts";
import type { Plan } from "./plan.ts";
import { believed, dimensionsOf, qualified, relation, sliceCondition, type Relation } from "./relation.ts";
import type { Page } from "./rows.ts";
import { join, name, raw, runnable, sql, type Sql } from "./sql.ts";
import type { Lookup, Table } from "./table.ts";

/** A table whose rows may turn out to be one: each names the row that it became part of. */
export interface Merge {
  readonly table: Table;
  readonly id: string;
  readonly into: string;
}

/** One of two numbers that are held against each other: a measure without keys, and what its rows stand for. */
export interface BridgeSide {
  readonly plan: Plan;
  readonly measure: Aggregate;
  /** Where a row names what it stands for, the first that is there; its own key where left out. */
  readonly stands: readonly (string | Lookup)[] | undefined;
}

export interface BridgeSpec {
  readonly left: BridgeSide;
  readonly right: BridgeSide;
  readonly merge: Merge | undefined;
  /** Columns whose conditions are looked at before all others. */
  readonly foremost: readonly string[];
}

/** One of the reasons for which a row does not count, and what must hold instead. */
interface Condition {
  readonly reason: string;
  readonly holds: Sql;
}

type SideName = "left" | "right";

function filters({ measure, plan }: BridgeSide, rows: Relation, foremost: readonly string[]): Condition[] {
  const dimensions = dimensionsOf(measure, plan.clock);
  const own = measure.where.map((predicate) => ({ name: predicate.name, holds: rows.condition(predicate) }));
  const asked = plan.slices
    .filter((slice) => slice.dimension in dimensions)
    .map((slice) => ({ name: slice.dimension, holds: sliceCondition(rows.dimension(slice.dimension), slice) }));
  const all = [...own, ...asked];
  const first = all.filter((each) => foremost.includes(each.name));
  const later = all.filter((each) => !foremost.includes(each.name));
  return [...first, ...later].map((each) => ({ reason: `filter:${each.name}`, holds: each.holds }));
}

/** What a row must satisfy to count, in the order in which its failing is told. */
function conditions(side: BridgeSide, rows: Relation, foremost: readonly string[], dialect: Dialect): Condition[] {
  const { measure, plan } = side;
  const cell = (column: string) => sql`${rows.alias}.${name(column)}`;
  const day = cell(dating(measure, plan.clock));
  const reached = measure.reached ?? measure.at;
  const within =
    plan.clock === "cohort" && plan.window !== undefined && measure.reached !== undefined
      ? [
          {
            reason: "out-of-window",
            holds: sql`${dialect.daysBetween(cell(measure.at), cell(reached))} <= ${plan.window}`,
          },
        ]
      : [];
  return [
    ...filters(side, rows, foremost),
    { reason: "not-reached", holds: sql`${day} IS NOT NULL AND ${cell(reached)} IS NOT NULL` },
    ...within,
    {
      reason: "another-period",
      holds: sql`${day} >= ${dialect.day(plan.range.from)} AND ${day} < ${dialect.day(plan.range.to)}`,
    },
  ];
}

/** Each merged row with the one that is left, as a side believes. */
function merged(merge: Merge | undefined, { plan }: BridgeSide, dialect: Dialect): Sql {
  if (merge === undefined) return sql`SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS survivor WHERE false`;
  const [id, into, table] = [name(merge.id), name(merge.into), qualified(merge.table, dialect)];
  const known = believed(raw("part"), plan, dialect);
  return sql`WITH RECURSIVE chain AS (
      SELECT part.${id} AS id, part.${into} AS survivor, 1 AS depth FROM ${table} AS part WHERE part.${into} IS NOT NULL AND ${known}
      UNION ALL
      SELECT chain.id, part.${into}, depth + 1 FROM chain JOIN ${table} AS part ON part.${id} = chain.survivor
      WHERE part.${into} IS NOT NULL AND depth < 50 AND ${known})
    SELECT chain.id, survivor FROM chain JOIN ${table} AS part ON part.${id} = survivor WHERE part.${into} IS NULL AND ${known}`;
}

/** The merges of both sides, looked for once where they believe the same. */
function mergeCtes({ left, right, merge }: BridgeSpec, dialect: Dialect): Sql {
  const [own, other] = [merged(merge, left, dialect), merged(merge, right, dialect)];
  const same = runnable(own) === runnable(other);
  return sql`left_merge AS (
    ${own}),
  right_merge AS (
    ${same ? raw("SELECT * FROM left_merge") : other})`;
}

const ownKey = ({ measure }: BridgeSide, rows: Relation): Sql =>
  join(
    measure.table.key.map((column) => sql`coalesce(CAST(${rows.alias}.${name(column)} AS VARCHAR), '')`),
    " || ' · ' || ",
  );

/** Dimensions under which a row finds what it stands for, besides those of the question. */
const standing = ({ stands }: BridgeSide): Record<string, string | Lookup> =>
  Object.fromEntries((stands ?? []).map((each, i) => [`stands ${i}`, each]));

/** All believed rows of a side: what each stands for, how many conditions it keeps, and what it would add. */
function rowsCte(
  side: SideName,
  { [side]: own, foremost }: BridgeSpec,
  dialect: Dialect,
): { cte: Sql; reasons: string[] } {
  const { measure, plan } = own;
  const extra = standing(own);
  const dimensions = { ...dimensionsOf(measure, plan.clock), ...extra };
  const rows = relation(measure.table, dimensions, { ...plan, keys: Object.keys(extra) }, measure.where, dialect);
  const foreign = isMoney(measure) && plan.foreign.includes(measure.table.name);
  const day = sql`${rows.alias}.${name(measure.table.valuedOn ?? dating(measure, plan.clock))}`;
  const named = Object.keys(extra).map(rows.dimension);
  const key = ownKey(own, rows);
  const entity = own.stands === undefined ? key : sql`coalesce(${join(named, ", ")}, NULL)`;
  const all = conditions(own, rows, foremost, dialect);
  const kept = all.map(({ holds }, i) => sql`WHEN (${holds}) IS NOT TRUE THEN ${raw(String(i))}`);
  const amount = measure.function === "count" ? countOf(rows) : amountOf(measure, rows, plan, foreign);
  const stated = sql`${rows.alias}.${name(measure.of ?? "")}`;
  const unconverted = foreign
    ? sql`CASE WHEN ${stated} IS NOT NULL AND ${amount} IS NULL THEN CAST(${day} AS VARCHAR) || ' ' || ${rows.alias}.currency END`
    : raw("NULL::VARCHAR");
  const merged = name(`${side}_merge`);
  return {
    reasons: all.map((each) => each.reason),
    cte: sql`${name(`${side}_row`)} AS (
    SELECT coalesce(${merged}.survivor, ${entity}) AS entity, CASE WHEN ${entity} IS NULL THEN ${key} END AS loose,
      CASE ${join(kept, " ")} ELSE ${raw(String(all.length))} END AS kept, ${amount} AS amount, ${unconverted} AS unconverted
    FROM ${rows.from}${foreign ? rateJoin(rows, day, plan, dialect) : raw("")}
    LEFT JOIN ${merged} ON ${merged}.id = ${entity}
    WHERE ${rows.believed})`,
  };
}

/** What either side counts: nothing else takes part, so that the rest is not looked at twice. */
const countedCte = (left: number, right: number): Sql =>
  sql`counted AS (
    SELECT entity FROM left_row WHERE kept = ${raw(String(left))} AND entity IS NOT NULL
    UNION SELECT entity FROM right_row WHERE kept = ${raw(String(right))} AND entity IS NOT NULL)`;

const sideCte = (side: SideName, all: number): Sql => {
  const counts = sql`kept = ${raw(String(all))}`;
  const counted = sql`FILTER (WHERE ${counts})`;
  return sql`${name(`${side}_side`)} AS (
    SELECT entity, loose, max(kept) AS kept, count(*) ${counted} > 0 AS counts,
      coalesce(sum(amount) ${counted}, 0) AS amount, min(unconverted) ${counted} AS unconverted
    FROM ${name(`${side}_row`)}
    WHERE entity IN (SELECT entity FROM counted) OR (entity IS NULL AND ${counts})
    GROUP BY entity, loose)`;
};

/** Why a side does not count what the other one does. */
function reasonCase(side: SideName, reasons: readonly string[]): Sql {
  const failed = reasons.map((reason, i) => sql`WHEN ${raw(String(i))} THEN ${reason}`);
  const own = raw(side);
  return sql`CASE WHEN ${own}_merged.id IS NOT NULL AND ${own}_side.kept IS NULL THEN 'merged'
        WHEN ${own}_side.kept IS NULL THEN 'unknown' ELSE CASE ${own}_side.kept ${join(failed, " ")} END END`;
}

/** The statements of a bridge: its buckets, and the things in one of them. */
export interface BridgeQueries {
  readonly buckets: Sql;
  readonly list: (bucket: { side: string; reason: string }, page: Page) => Sql;
}

/**
 * Two measures held against each other, one row per thing that either counts: `side` (left, right, both) and one `reason`.
 * A thing with several rows adds them up; of several rows that fail, the one that keeps most conditions says why.
 */
export function bridgeQueries(spec: BridgeSpec, dialect: Dialect = duckdb): BridgeQueries {
  const [left, right] = [rowsCte("left", spec, dialect), rowsCte("right", spec, dialect)];
  const bridged = sql`WITH
  ${mergeCtes(spec, dialect)},
  ${left.cte},
  ${right.cte},
  ${countedCte(left.reasons.length, right.reasons.length)},
  ${sideCte("left", left.reasons.length)},
  ${sideCte("right", right.reasons.length)},
  bridged AS (
    SELECT coalesce(left_side.entity, right_side.entity, left_side.loose, right_side.loose) AS entity,
      CASE WHEN left_side.counts AND right_side.counts THEN 'both' WHEN left_side.counts THEN 'left' ELSE 'right' END AS side,
      CASE WHEN left_side.counts AND right_side.counts
        THEN CASE WHEN left_side.amount = right_side.amount THEN 'same' ELSE 'amount' END
        WHEN coalesce(left_side.loose, right_side.loose) IS NOT NULL THEN 'unlinked'
        WHEN left_side.counts THEN ${reasonCase("right", right.reasons)}
        ELSE ${reasonCase("left", left.reasons)} END AS reason,
      CASE WHEN left_side.counts THEN left_side.amount ELSE 0 END AS left_amount,
      CASE WHEN right_side.counts THEN right_side.amount ELSE 0 END AS right_amount,
      coalesce(left_side.unconverted, right_side.unconverted) AS unconverted
    FROM left_side FULL JOIN right_side ON left_side.entity = right_side.entity
    LEFT JOIN left_merge AS left_merged ON left_merged.id = right_side.entity
    LEFT JOIN right_merge AS right_merged ON right_merged.id = left_side.entity
    WHERE left_side.counts OR right_side.counts)`;
  return {
    buckets: sql`${bridged}
SELECT side, reason, count(*) AS things, sum(left_amount) AS left_amount, sum(right_amount) AS right_amount,
  CAST(to_json(min(entity, 10)) AS VARCHAR) AS examples, min(unconverted) AS missing_rate
FROM bridged GROUP BY side, reason ORDER BY side, reason`,
    list: ({ side, reason }, { limit, offset }) => sql`${bridged}
SELECT entity, left_amount, right_amount FROM bridged WHERE side = ${side} AND reason = ${reason}
ORDER BY entity LIMIT ${limit} OFFSET ${offset}`,
  };
}
