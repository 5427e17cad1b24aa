import { join, raw, sql, type Sql } from "../../engine/sql.ts";

/** After so many doublings a family is followed over 1,024 generations; a circle of parents ends there too. */
const doublings = 10;

const nth = (step: number): Sql => raw(`family_${step}`);

/** Twice as many generations up, with the least name on the way: a head without a parent is its own, a circle has one. */
const doubled = (step: number): Sql => sql`${nth(step)} AS MATERIALIZED (
    SELECT below.customer_id, above.ancestor_id, least(below.least_id, above.least_id) AS least_id
    FROM ${nth(step - 1)} AS below JOIN ${nth(step - 1)} AS above ON above.customer_id = below.ancestor_id)`;

/**
 * `family`: each customer that has a parent or is one, with the name that all of its family share: that of its head, or of a
 * circle of parents the least. A parent that is no customer of its own still holds its family together.
 *
 * Each step joins the one before with itself and doubles the generations seen, so that no chain and no circle costs more than
 * another. `known` says which rows of `customer` are believed.
 */
export const families = (known: Sql): Sql => sql`parent AS MATERIALIZED (
    SELECT customer_id, parent_id FROM customer WHERE ${known} AND parent_id IS NOT NULL),
  ${nth(0)} AS MATERIALIZED (
    SELECT customer_id, parent_id AS ancestor_id, customer_id AS least_id FROM parent
    UNION ALL
    SELECT DISTINCT parent_id, parent_id, parent_id FROM parent WHERE parent_id NOT IN (SELECT customer_id FROM parent)),
  ${join(
    Array.from({ length: doublings }, (_, i) => doubled(i + 1)),
    ",\n  ",
  )},
  family AS (
    SELECT below.customer_id, above.least_id AS family_id
    FROM ${nth(doublings)} AS below JOIN ${nth(doublings)} AS above ON above.customer_id = below.ancestor_id)`;
