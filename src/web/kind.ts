import type { Unit } from "../contract/answer.ts";
import type { VariantEntry } from "../contract/catalogue.ts";
import type { Kind } from "./format.ts";

const multiples = new Set(["roas", "mer"]);

/** How a variant's value is told: returns on spend as multiples, all others by their unit. */
export const kindOf = (variant: string, unit: Unit): Kind =>
  unit === "ratio" && multiples.has(variant) ? "multiple" : unit;

/** How a part of a variant's formula is told. */
export function partKindOf(variant: VariantEntry, part: string): Kind {
  const unit = variant.parts.find(({ id }) => id === part)?.unit ?? "count";
  return unit === "count" ? "plain" : unit;
}
