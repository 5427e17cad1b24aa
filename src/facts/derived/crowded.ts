import { sql, type Sql } from "../../engine/sql.ts";
import type { DerivationRules } from "./rules.ts";

/** Who has more touches than a limit has this many names, or a name with this part of the limit at least. */
const names = 100;

/** Visitors with touches beyond the limit: one half of them at least without another name, or with others. */
const visitors = (limit: number): Sql => sql`busy_visitor AS MATERIALIZED (
    SELECT visitor FROM touch_names WHERE visitor IS NOT NULL AND touches * 2 > ${limit}
    UNION SELECT visitor FROM touch_names WHERE visitor IS NOT NULL AND (person_id IS NOT NULL OR click_id IS NOT NULL)
      GROUP BY visitor HAVING sum(touches) * 2 > ${limit}),
  crowded_visitor AS (
    SELECT visitor AS alias FROM touch_names WHERE visitor IN (FROM busy_visitor)
    GROUP BY visitor HAVING sum(touches) > ${limit})`;

const people = (limit: number): Sql => sql`busy_name AS (
    SELECT CASE WHEN person_id IS NULL THEN 'visitor' ELSE 'person' END AS alias_kind, coalesce(person_id, visitor) AS alias
    FROM touch_names WHERE touches * ${names} > ${limit}),
  busy_person AS MATERIALIZED (
    SELECT person_id FROM person SEMI JOIN busy_name USING (alias_kind, alias) WHERE known_to IS NULL
    UNION SELECT person_id FROM person WHERE known_to IS NULL GROUP BY person_id HAVING count(*) > ${names}),
  crowded_person AS (
    SELECT person.person_id AS alias FROM person JOIN touch_names ON person.alias = coalesce(touch_names.person_id, visitor)
      AND person.alias_kind = CASE WHEN touch_names.person_id IS NULL THEN 'visitor' ELSE 'person' END
    WHERE person.known_to IS NULL AND person.person_id IN (FROM busy_person)
    GROUP BY person.person_id HAVING sum(touches) > ${limit})`;

/**
 * CTEs that end in `crowded`: the people and visitors who have so many touches now that they are shared, and were not; and those who
 * are, among whose names a table `stated` (`person_id`, `visitor`) are. Few can be either, and these are found before any touches
 * are added up.
 */
export const crowded = ({ shared: { touches } }: DerivationRules, stated: Sql): Sql => sql`${visitors(touches)},
  ${people(touches)},
  shared_now AS MATERIALIZED (SELECT alias_kind, alias FROM person WHERE known_to IS NULL AND shared),
  crowded AS (
    SELECT * FROM (SELECT 'visitor' AS alias_kind, alias FROM crowded_visitor UNION ALL SELECT 'person', alias FROM crowded_person)
      ANTI JOIN shared_now USING (alias_kind, alias)
    UNION FROM shared_now WHERE (alias_kind = 'person' AND alias IN (SELECT person_id FROM ${stated}))
      OR (alias_kind = 'visitor' AND alias IN (SELECT visitor FROM ${stated})))`;
