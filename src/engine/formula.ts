import { name, raw, sql, type Sql } from "./sql.ts";

/** How a value comes from named parts. Dividing by zero, or by nothing, gives no value. */
export type Formula<P extends string = string> =
  | { readonly kind: "part"; readonly part: P }
  | { readonly kind: "number"; readonly number: number | { readonly setting: string } }
  | { readonly kind: "+" | "-" | "*" | "/"; readonly left: Formula<P>; readonly right: Formula<P> };

export type Parts = Readonly<Record<string, number | null>>;

export const part = <P extends string>(partName: P): Formula<P> => ({ kind: "part", part: partName });
export const constant = (number: number | { readonly setting: string }): Formula<never> => ({ kind: "number", number });

const operation =
  (kind: "+" | "-" | "*" | "/") =>
  <A extends string, B extends string>(left: Formula<A>, right: Formula<B>): Formula<A | B> => ({ kind, left, right });

export const plus = operation("+");
export const minus = operation("-");
export const times = operation("*");
export const divide = operation("/");
/** Part ÷ part. */
export const ratio = <A extends string, B extends string>(numerator: A, denominator: B): Formula<A | B> =>
  divide(part(numerator), part(denominator));

type Numbers = (setting: string) => number;

const numberOf = (number: number | { readonly setting: string }, numbers: Numbers): number =>
  typeof number === "number" ? number : numbers(number.setting);

/** The value, or null where a part is missing or a denominator is zero; nothing of something negative is 0, not −0. */
export function evaluate(formula: Formula, parts: Parts, numbers: Numbers): number | null {
  if (formula.kind === "part") return parts[formula.part] ?? null;
  if (formula.kind === "number") return numberOf(formula.number, numbers);
  const left = evaluate(formula.left, parts, numbers);
  const right = evaluate(formula.right, parts, numbers);
  if (left === null || right === null) return null;
  switch (formula.kind) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right + 0;
    case "/":
      return right === 0 ? null : left / right + 0;
  }
}

/** Whether a denominator of the formula is zero for these parts. */
export function dividesByZero(formula: Formula, parts: Parts, numbers: Numbers): boolean {
  if (formula.kind === "part" || formula.kind === "number") return false;
  if (formula.kind === "/" && evaluate(formula.right, parts, numbers) === 0) return true;
  return dividesByZero(formula.left, parts, numbers) || dividesByZero(formula.right, parts, numbers);
}

const scaled = (slopes: Readonly<Record<string, number>>, by: number): [string, number][] =>
  Object.entries(slopes).map(([name, slope]) => [name, slope * by]);

function added(...all: readonly (readonly [string, number])[][]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, slope] of all.flat()) sums[name] = (sums[name] ?? 0) + slope;
  return sums;
}

/** By how much the value moves per unit of each part: its partial derivatives, or null where it has no value. */
export function gradient(formula: Formula, parts: Parts, numbers: Numbers): Record<string, number> | null {
  if (evaluate(formula, parts, numbers) === null) return null;
  if (formula.kind === "part") return { [formula.part]: 1 };
  if (formula.kind === "number") return {};
  const [left, right] = [gradient(formula.left, parts, numbers), gradient(formula.right, parts, numbers)];
  const a = evaluate(formula.left, parts, numbers);
  const b = evaluate(formula.right, parts, numbers);
  if (left === null || right === null || a === null || b === null) return null;
  switch (formula.kind) {
    case "+":
      return added(scaled(left, 1), scaled(right, 1));
    case "-":
      return added(scaled(left, 1), scaled(right, -1));
    case "*":
      return added(scaled(left, b), scaled(right, a));
    case "/":
      return added(scaled(left, 1 / b), scaled(right, -a / (b * b)));
  }
}

/** Whether the formula only multiplies and divides. */
export const isProduct = (formula: Formula): boolean =>
  formula.kind === "part" ||
  formula.kind === "number" ||
  ((formula.kind === "*" || formula.kind === "/") && isProduct(formula.left) && isProduct(formula.right));

/** How often the formula names a part. */
export function mentions(formula: Formula, wanted: string): number {
  if (formula.kind === "part") return formula.part === wanted ? 1 : 0;
  return formula.kind === "number" ? 0 : mentions(formula.left, wanted) + mentions(formula.right, wanted);
}

/** The formula over columns named after the parts. */
export function formulaSql(formula: Formula, numbers: Numbers): Sql {
  if (formula.kind === "part") return sql`CAST(${name(formula.part)} AS DOUBLE)`;
  if (formula.kind === "number") return raw(`CAST(${numberOf(formula.number, numbers)} AS DOUBLE)`);
  const [left, right] = [formulaSql(formula.left, numbers), formulaSql(formula.right, numbers)];
  if (formula.kind === "/") return sql`${left} / nullif(${right}, 0)`;
  return sql`(${left} ${raw(formula.kind)} ${right})`;
}

const signs = { "+": "+", "-": "−", "*": "×", "/": "÷" } as const;

/** The formula in writing, each part as `write` puts it: `won ÷ closed`, `107 ÷ 152`. */
export function written(formula: Formula, write: (part: string) => string, numbers: Numbers): string {
  const inner = (each: Formula, parent: string, onRight: boolean): string => {
    if (each.kind === "part") return write(each.part);
    if (each.kind === "number") return String(numberOf(each.number, numbers));
    const content = `${inner(each.left, each.kind, false)} ${signs[each.kind]} ${inner(each.right, each.kind, true)}`;
    const loose = each.kind === "+" || each.kind === "-";
    const tight = parent === "*" || parent === "/";
    const needed =
      (loose && tight) || (parent === "/" && (onRight || each.kind !== "/")) || (parent === "-" && loose && onRight);
    return needed ? `(${content})` : content;
  };
  return inner(formula, "", false);
}

/** The names of the parts that the formula uses, in the order of reading. */
export function partsOf(formula: Formula): string[] {
  if (formula.kind === "part") return [formula.part];
  if (formula.kind === "number") return [];
  return [...new Set([...partsOf(formula.left), ...partsOf(formula.right)])];
}
