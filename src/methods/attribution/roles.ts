import { join, raw, sql, type Sql } from "../../engine/sql.ts";
import type { Journey, Model, ModelRules, RoleWeights } from "./model.ts";

type Role = Exclude<keyof RoleWeights, "other">;

const roles: readonly Role[] = ["first", "lead", "opportunity", "last"];

const positionOf: Readonly<Record<Role, (journey: Journey) => number | undefined>> = {
  first: () => 1,
  lead: ({ lead }) => lead,
  opportunity: ({ opportunity }) => opportunity,
  last: ({ steps }) => steps.length,
};

const positionColumn: Readonly<Record<Role, string>> = {
  first: "1",
  lead: "lead_nth",
  opportunity: "opportunity_nth",
  last: "steps",
};

function weigh(journey: Journey, weights: RoleWeights): number[] {
  const ones = journey.steps.map(() => 1);
  if (ones.length <= 2) return ones;
  const held = journey.steps.map((_, i) =>
    Math.max(0, ...roles.filter((role) => positionOf[role](journey) === i + 1).map((role) => weights[role])),
  );
  const others = held.filter((weight) => weight === 0).length;
  if (others === held.length) return ones;
  return held.map((weight) => (weight === 0 ? weights.other : weight * Math.max(1, others)));
}

/** The same over columns. A touch holds a role where it stands at the role's position; the heaviest one counts. */
function weight(weights: RoleWeights): Sql {
  const wanted = roles.filter((role) => weights[role] > 0);
  const held = wanted.map((role) => raw(`CASE WHEN nth = ${positionColumn[role]} THEN ${weights[role]} ELSE 0 END`));
  if (held.length === 0) return raw("1");
  const distinct = wanted.map((role, i) => {
    const earlier = wanted.slice(0, i).map((each) => positionColumn[each]);
    const apart = earlier.map((each) => ` AND ${positionColumn[role]} IS DISTINCT FROM ${each}`).join("");
    return raw(`CAST(${positionColumn[role]} IS NOT NULL${apart} AS INTEGER)`);
  });
  const others = sql`(steps - (${join(distinct, " + ")}))`;
  const own = sql`greatest(${join(held, ", ")})`;
  return sql`CASE WHEN steps <= 2 OR ${others} = steps THEN 1 WHEN ${own} = 0 THEN ${raw(String(weights.other))}
    ELSE ${own} * greatest(1, ${others}) END`;
}

/**
 * A model that gives its touches weight by the roles that they play. A touch with two roles counts once, by the heavier;
 * a role that no touch plays is left out, and so are the others where there are none: what remains is brought to 100 %.
 * One touch takes all, two share equally.
 */
export const byRoles = <const Id extends string>(id: Id, weights: (rules: ModelRules) => RoleWeights): Model<Id> => ({
  id,
  single: false,
  weigh: (journey, rules) => weigh(journey, weights(rules)),
  weight: (rules) => weight(weights(rules)),
});
