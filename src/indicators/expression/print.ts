import type { Condition, Expression } from "./syntax.ts";

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

function condition({ column, test }: Condition): string {
  if (!("values" in test)) return `${column.text} ${test.kind === "null" ? "=" : "!="} null`;
  const negated = test.kind === "not-in";
  const word = negated ? "not in" : "in";
  if ("list" in test.values) return `${column.text} ${word} ${test.values.list.text}`;
  const values = test.values.map((each) => quoted(each.text));
  return values.length === 1
    ? `${column.text} ${negated ? "!=" : "="} ${values[0]}`
    : `${column.text} ${word} (${values.join(", ")})`;
}

const binds = (kind: Expression["kind"]): number => {
  if (kind === "+" || kind === "-") return 1;
  return kind === "*" || kind === "/" ? 2 : 3;
};

/** An expression as a person would write it; reading it again gives the same one. */
export function printExpression(expression: Expression): string {
  if (expression.kind === "number") return String(expression.number);
  if (expression.kind === "named") {
    const where = expression.where.map(condition).join(", ");
    return where === "" ? expression.name : `${expression.name}(${where})`;
  }
  const { kind, left, right } = expression;
  const inner = (each: Expression, loosest: number) =>
    binds(each.kind) < loosest ? `(${printExpression(each)})` : printExpression(each);
  return `${inner(left, binds(kind))} ${kind} ${inner(right, binds(kind) + 1)}`;
}
