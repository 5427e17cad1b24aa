import type { Warning } from "../../contract/answer.ts";
import type { Verdict, Violation } from "../../contract/check.ts";
import { dimensionsOf } from "../../engine/relation.ts";
import { factName } from "../dimensions.ts";
import type { Draft } from "../draft.ts";

const unique = "unique-";

/** What a check looks at, in words: `unique-rep` → keys of rep. */
const subjectOf = (check: string): string =>
  check.startsWith(unique) ? `keys of ${check.slice(unique.length)}` : check.replaceAll("-", " ");

function messageOf({ check, dimension, model, grain, expected, found }: Verdict): string {
  const split = [dimension, grain].filter((each) => each !== null).join(", ");
  const by = split === "" ? "" : ` by ${split}`;
  const under = model === null ? "" : ` (model ${model})`;
  return `${subjectOf(check)}${by}${under}: expected ${expected}, found ${found}`;
}

function violationOf(verdict: Verdict): Violation {
  const { holds: _holds, ...rest } = verdict;
  return { ...rest, message: messageOf(verdict) };
}

/** The checks that do not hold, each with what is wrong in words. */
export const violationsOf = (verdicts: readonly Verdict[]): Violation[] =>
  verdicts.filter((each) => !each.holds).map(violationOf);

const shaken: Readonly<Record<string, readonly string[]>> = {
  leads: ["lead"],
  "lead-progress": ["lead"],
  "won-deals": ["deal"],
  "won-value": ["deal"],
  "new-customers": ["customer"],
  acquisition: ["customer"],
  "subscription-ends": ["subscription_change"],
  tenure: ["subscription_change", "revenue"],
  "unique-tenure": ["subscription_change", "revenue"],
  "unique-stay": ["subscription_change", "revenue"],
  "unique-identity": ["credit"],
  "unique-person_link": ["credit"],
  "unique-person": ["credit"],
};

/** The facts and looked-up tables whose numbers a violated check makes doubtful. */
const shakenBy = (check: string): readonly string[] =>
  shaken[check] ?? [factName(check.startsWith(unique) ? check.slice(unique.length) : check)];

/** The tables that a question looks its dimensions up in, and the rates where it converts money. */
export function lookedUp({ plan, variant }: Draft): string[] {
  const split = [...plan.keys, ...plan.slices.map((slice) => slice.dimension)];
  const tables = Object.values(variant.parts).flatMap((measure) => {
    const filtered = measure.where.filter((each) => each.on === "dimension").map((each) => each.name);
    const found = [...split, ...filtered].map((dimension) => dimensionsOf(measure, plan.clock)[dimension]);
    return found.flatMap((each) => (typeof each === "object" ? [each.table.name] : []));
  });
  return [...tables, ...(plan.foreign.length > 0 ? ["rate"] : [])];
}

/** An error on every answer that rests on what a violated check looks at. */
export function notConserved(draft: Draft, facts: readonly string[], violations: readonly Violation[]): Warning[] {
  if (violations.length === 0) return [];
  const under = new Set([...facts, ...lookedUp(draft)]);
  return errorOf(violations.filter(({ check }) => shakenBy(check).some((each) => under.has(each))));
}

/** One error for all the violations, which says the first. */
export function errorOf(violations: readonly Violation[]): Warning[] {
  const [first] = violations;
  if (first === undefined) return [];
  const more = violations.length > 1 ? `, and ${violations.length - 1} more` : "";
  const message = `rows are counted twice or not at all: ${first.message}${more}; \`embudo check\` says which checks do not hold`;
  return [{ code: "not-conserved", severity: "error", message, count: violations.length }];
}
