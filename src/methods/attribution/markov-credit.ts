import { join, raw, sql, type Sql } from "../../engine/sql.ts";
import type { ChannelSet, Step } from "./journeys.ts";
import { markov } from "./markov.ts";
import { markovDivision, type MarkovDivision } from "./markov-factors.ts";
import { shareOf } from "./shares.ts";

/** The models that go by the removal effects of channels, by the order of the chain. */
export const markovModels = ["markov", "markov_2", "markov_3"] as const;
const orders = { markov: 1, markov_2: 2, markov_3: 3 } as const;
export type MarkovId = keyof typeof orders;

export const isMarkov = (model: string): model is MarkovId => model in orders;

/** A channel, the binary logarithm of its factor, what it keeps, and its part of what others give up. */
export type FactorRow = readonly [channel: string, log: number, keeps: number, beyond: number];

const rowsOf = ({ factor, keeps, beyond }: MarkovDivision): FactorRow[] =>
  [...new Set([...factor.keys(), ...beyond.keys()])]
    .toSorted()
    .map((channel) => [
      channel,
      Math.log2(factor.get(channel) ?? Number.MIN_VALUE),
      keeps.get(channel) ?? 1,
      beyond.get(channel) ?? 0,
    ]);

/** How all journeys went, step by step, and the channels that those met which converted. */
export interface Ways {
  readonly steps: readonly Step[];
  readonly sets: readonly ChannelSet[];
}

/** How Markov's totals over journeys divide each of them, as rows that SQL divides by; none where no journey converted. */
export function factorRows({ steps, sets }: Ways, model: MarkovId): FactorRow[] {
  if (sets.length === 0) return [];
  return rowsOf(markovDivision(sets, markov(steps, orders[model]).totals));
}

/** All of a factor and all of a share in whole numbers: binary digits. */
const factorBits = 40;
const shareBits = 30;

const double = (value: number): Sql => raw(`${value.toExponential()}::DOUBLE`);

/**
 * Expressions over `counted`, the steps (nr, step, channel) that earn, that end in `shared` (nr, step, channel, share): each
 * journey is divided among its channels by their factors, and what a channel does not keep goes to channels beyond the journey,
 * as steps below 0. Within a channel touches share equally. Where every channel keeps all, amounts are so small that the
 * machine's own integers hold them. `recorded` are the rows of journeys without touches.
 */
export function markovCtes(factors: readonly (readonly (string | number)[])[], recorded: Sql): Sql {
  const rows = factors.map(
    ([channel, log, keeps, beyond], i) =>
      sql`(${i + 1}, ${String(channel)}, ${double(Number(log))}, ${double(Number(keeps))}, ${double(Number(beyond))})`,
  );
  const givesUp = factors.some(([, , keeps]) => Number(keeps) !== 1);
  const whole = raw(String(givesUp ? 2 ** shareBits : 1));
  const integer = raw(givesUp ? "HUGEINT" : "BIGINT");
  const beyond = sql`
    UNION ALL
    SELECT nr, -rank, channel, amount * beyond // ${whole}, 1000000 + rank FROM given_up CROSS JOIN factor WHERE beyond > 0`;
  return sql`factor AS (
    SELECT rank, channel, log_factor, CAST(round(keeps * ${whole}) AS ${integer}) AS keeps, CAST(round(beyond * ${whole}) AS ${integer}) AS beyond
    FROM (VALUES ${rows.length === 0 ? raw("(0, '', 0::DOUBLE, 1::DOUBLE, 0::DOUBLE)") : join(rows, ", ")}) AS factor(rank, channel, log_factor, keeps, beyond)),
  met AS (SELECT nr, channel, count(*) AS of_channel FROM counted GROUP BY nr, channel),
  greatest AS (SELECT nr, max(log_factor) AS log_factor FROM met JOIN factor USING (channel) GROUP BY nr),
  weight AS (
    SELECT nr, channel, rank, of_channel, keeps,
      CAST(round(pow(2.0, ${raw(String(factorBits))} + factor.log_factor - greatest.log_factor)) AS ${integer}) // of_channel AS weight
    FROM met JOIN factor USING (channel) JOIN greatest USING (nr)),
  given_up AS (
    SELECT nr, sum(of_channel * weight * (${whole} - keeps)) AS amount FROM weight GROUP BY nr HAVING sum(of_channel * weight * (${whole} - keeps)) > 0),
  part AS (
    SELECT nr, step, channel, weight * keeps AS amount, step AS nth FROM counted JOIN weight USING (nr, channel)${givesUp ? beyond : raw("")}),
  shared AS (
    SELECT nr, step, channel, ${shareOf(raw("amount"), "nr", "nth")} AS share FROM part
    UNION ALL
    ${recorded})`;
}
