import type { Unit } from "../definition.ts";
import type { Operator } from "./syntax.ts";

const words: Readonly<Record<Operator, string>> = {
  "+": "added to",
  "-": "subtracted from",
  "*": "multiplied by",
  "/": "divided by",
};
const nouns: Readonly<Record<Unit, string>> = {
  ratio: "a plain number",
  money: "money",
  count: "a count",
  days: "days",
};

function product(left: Unit, right: Unit): Unit | undefined {
  if (left === "ratio") return right;
  if (right === "ratio") return left;
  return left !== right && [left, right].includes("count") && [left, right].includes("money") ? "money" : undefined;
}

function quotient(left: Unit, right: Unit): Unit | undefined {
  if (right === "ratio") return left;
  if (left === right) return "ratio";
  return right === "count" && (left === "money" || left === "days") ? left : undefined;
}

/** The unit of two units joined, or undefined where that means nothing: money ÷ count is money, count ÷ count a ratio. */
export function joinedUnit(operator: Operator, left: Unit, right: Unit): Unit | undefined {
  if (operator === "*") return product(left, right);
  if (operator === "/") return quotient(left, right);
  return left === right ? left : undefined;
}

/** Why two units cannot be joined, in words. */
export const refusedUnits = (operator: Operator, left: Unit, right: Unit): string => {
  const [first, second] = operator === "-" ? [right, left] : [left, right];
  return `${nouns[first]} cannot be ${words[operator]} ${nouns[second]}`;
};
