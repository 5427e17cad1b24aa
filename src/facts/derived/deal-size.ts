import { raw, type Sql } from "../../engine/sql.ts";
import { required, table, text } from "../../engine/table.ts";

/** How large each deal is, as one of fixed bands of its amount. */
export const dealSize = table("deal_size", {
  key: ["deal_id"],
  columns: { deal_id: required(text), size: required(text) },
});

/**
 * The view behind it. Bands are 1 to 3 and 3 to 10 of each power of ten, from (inclusive) to (exclusive), in the deal's own
 * currency, so that they never move with what other deals are worth. A deal without a positive amount has none: what is not
 * known yet, or was emptied when the deal was lost, is no small deal.
 */
export const dealSizeView: Sql = raw(`CREATE OR REPLACE VIEW deal_size AS
  SELECT deal_id, concat(band_from, '–', band_to, ' ', currency) AS size, load_id, known_from, known_to
  FROM (
    SELECT deal_id, currency, load_id, known_from, known_to,
      CASE WHEN amount < 1 THEN 0 WHEN amount < 3 * power THEN power ELSE 3 * power END AS band_from,
      CASE WHEN amount < 1 THEN 1 WHEN amount < 3 * power THEN 3 * power ELSE 10 * power END AS band_to
    FROM (
      SELECT *, CAST(concat('1', repeat('0', length(CAST(CAST(floor(amount) AS BIGINT) AS VARCHAR)) - 1)) AS BIGINT) AS power
      FROM deal WHERE amount > 0))`);
