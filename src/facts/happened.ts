import { join, name, sql, type Sql } from "../engine/sql.ts";

/** The facts that record what happened, with the day on which it did. */
const happened: readonly (readonly [table: string, day: string])[] = [
  ["lead", "created_on"],
  ["stage_entry", "entered_on"],
  ["deal", "created_on"],
  ["deal", "closed_on"],
  ["spend", "day"],
  ["touch", "occurred_on"],
  ["revenue", "occurred_on"],
  ["subscription_change", "occurred_on"],
];

const sold = [["revenue", "occurred_on"]] as const;

/** The last day until the given one on which anything is recorded to have happened, as `day`. */
export const lastDayUntil = (until: Sql, believed: (alias: Sql) => Sql): Sql => lastOf(happened, until, believed);

/** The same of revenue alone. */
export const lastSaleUntil = (until: Sql, believed: (alias: Sql) => Sql): Sql => lastOf(sold, until, believed);

function lastOf(days: typeof happened, until: Sql, believed: (alias: Sql) => Sql): Sql {
  const last = days.map(
    ([table, day]) =>
      sql`SELECT max(${name(day)}) AS day FROM ${name(table)} WHERE ${believed(name(table))} AND ${name(day)} <= ${until}`,
  );
  return sql`SELECT max(day) AS day FROM (${join(last, " UNION ALL ")})`;
}

/** The instant at which the last of what is believed to have happened became known, as `known_at`. */
export const lastKnown: Sql = sql`SELECT max(known_at) AS known_at FROM (${join(
  [...new Set(happened.map(([table]) => table))].map(
    (table) => sql`SELECT max(known_from) AS known_at FROM ${name(table)} WHERE known_to IS NULL`,
  ),
  " UNION ALL ",
)})`;
