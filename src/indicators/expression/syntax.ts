/** Something wrong at a place of an expression; `at` counts characters from its start. */
export class Mistake extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.name = "Mistake";
    this.at = at;
  }
}

/** A text with the place where it is written. */
export interface Written {
  readonly text: string;
  readonly at: number;
}

/** What a condition asks of a column: to be among values, or in a list that the company's settings name, or to be empty. */
export type Test =
  | { readonly kind: "in" | "not-in"; readonly values: readonly Written[] | { readonly list: Written } }
  | { readonly kind: "null" | "present" };

export interface Condition {
  readonly column: Written;
  readonly test: Test;
}

export type Operator = "+" | "-" | "*" | "/";

/** An expression as it is written: numbers and named measures with conditions, joined by operators. */
export type Expression =
  | { readonly kind: "number"; readonly number: number; readonly at: number }
  | { readonly kind: "named"; readonly name: string; readonly where: readonly Condition[]; readonly at: number }
  | { readonly kind: Operator; readonly left: Expression; readonly right: Expression; readonly at: number };
