import { join, name, raw, sql, typed, type Sql } from "../../engine/sql.ts";
import { seenKinds, type FitColumn, type FitLine, type TouchCondition } from "./rule.ts";

/** Values as the list of an IN. */
export const texts = (values: readonly string[]): Sql =>
  join(
    values.map((value) => typed(value, "VARCHAR")),
    ", ",
  );

const among = (column: Sql, values: readonly string[]): Sql[] =>
  values.length === 0 ? [] : [sql`coalesce(${column} IN (${texts(values)}), false)`];

/** A pattern of a path as LIKE has it: `*` stands for anything, a slash at the end for nothing. */
const likeOf = (pattern: string): string =>
  pattern
    .replace(/(.)\/$/, "$1")
    .replaceAll(/[\\%_]/g, String.raw`\$&`)
    .replaceAll("*", "%");

const onPath = (urls: readonly string[]): Sql[] =>
  urls.length === 0
    ? []
    : [
        sql`(${join(
          urls.map(
            (url) => sql`coalesce(path LIKE ${typed(likeOf(url), "VARCHAR")} ESCAPE ${raw(String.raw`'\'`)}, false)`,
          ),
          " OR ",
        )})`,
      ];

/** Whether a touch earns the points of a line, over the columns of `lead_touch`. */
export function touchFits({ kinds, urls, forms, channels, campaigns, contents }: TouchCondition): Sql {
  const kind = kinds.length === 0 ? [sql`kind NOT IN (${texts(seenKinds)})`] : among(raw("kind"), kinds);
  const conditions = [
    ...kind,
    ...onPath(urls),
    ...among(raw("form"), forms),
    ...among(raw("channel"), channels),
    ...among(raw("campaign"), campaigns),
    ...among(raw("content"), contents),
  ];
  return join(conditions, " AND ");
}

/** Whether a lead is what a line of fit asks for, over the columns of `lead`. */
export const leadFits = ({ where }: FitLine): Sql =>
  join(
    (Object.entries(where) as [FitColumn, readonly string[]][]).flatMap(([column, values]) =>
      among(sql`lead.${name(column)}`, values),
    ),
    " AND ",
  );
