import { models, type ModelId } from "../../methods/attribution/index.ts";
import { isMarkov, markovCtes } from "../../methods/attribution/markov-credit.ts";
import type { ModelRules } from "../../methods/attribution/model.ts";
import { name, raw, sql, type Sql } from "../../engine/sql.ts";
import type { Asked } from "../../engine/table.ts";
import { countedCte, dividedCtes, recordedAll, type Counted } from "./divided.ts";
import type { Outcome } from "./outcomes.ts";

/** Which steps count, where a question says so itself. */
export function countedOf({ look_back, views, direct }: Asked["parameters"]): Counted | undefined {
  if (look_back === undefined && views === undefined && direct === undefined) return undefined;
  return {
    ...(look_back === undefined ? {} : { lookBackDays: Number(look_back) }),
    views: views === "true",
    directYields: direct === "yields",
  };
}

const rulesOf = ({ numbers }: Asked): ModelRules => {
  const number = (setting: string): number => {
    const found = numbers[setting];
    if (found === undefined) throw new Error(`no number of settings is named ${setting}`);
    return found;
  };
  return {
    halfLifeDays: number("half_life_days"),
    custom: {
      first: number("weight_first"),
      lead: number("weight_lead"),
      opportunity: number("weight_opportunity"),
      last: number("weight_last"),
      other: number("weight_other"),
    },
  };
};

/** The journeys to outcomes of one kind, told apart by a number: the hash of the outcome's id, which is unique by a check after each load. */
export const journeysTo = (outcome: Outcome, believed: (alias: Sql) => Sql): Sql =>
  sql`journey AS (
      SELECT hash(outcome_id) AS nr, * FROM credit WHERE outcome = ${outcome} AND ${believed(raw("credit"))})`;

/** The factors by which Markov's totals divide outcomes of one kind, by their name among what is given to a plan. */
export const factorsFor = (outcome: Outcome): string => `markov ${outcome}`;

const dimensions = raw(
  "journey.channel, journey.source, journey.medium, journey.campaign, journey.ad, journey.load_id",
);

/**
 * Journeys divided as a question asks for, where that is not how they are stored: by Markov's totals, or with other steps
 * counting. The rows are like those of `credit`, with the share in the column of the model.
 */
export function journeysAsked(outcome: Outcome, asked: Asked, believed: (alias: Sql) => Sql): Sql | undefined {
  const model = asked.parameters["model"] as ModelId;
  const counted = countedOf(asked.parameters);
  if (isMarkov(model)) {
    const factors = asked.given[factorsFor(outcome)] ?? [];
    return sql`WITH ${journeysTo(outcome, believed)},
      ${countedCte(counted ?? {})},
      ${markovCtes(factors, recordedAll("counted", [raw("NULL AS channel"), raw("1 AS share")]))}
      SELECT journey.outcome_id, shared.share AS ${name(model)}, ${dimensions}
      FROM shared JOIN journey USING (nr, step)
      UNION ALL
      SELECT journey.outcome_id, share, shared.channel, NULL, NULL, NULL, NULL, 0 FROM shared JOIN journey USING (nr)
      WHERE shared.step < 0 AND journey.step = 0`;
  }
  const own = models.filter((each) => each.id === model);
  if (counted === undefined || own.length === 0) return undefined;
  return sql`WITH ${journeysTo(outcome, believed)},
      ${dividedCtes(own, rulesOf(asked), counted)}
      SELECT journey.outcome_id, shared.${name(model)}, ${dimensions} FROM shared JOIN journey USING (nr, step)`;
}
