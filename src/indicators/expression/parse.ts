import { Mistake, type Condition, type Expression, type Operator, type Test, type Written } from "./syntax.ts";
import { tokensOf, type Token } from "./tokens.ts";

const deepest = 40;

/** Reads the tokens one after the other. */
class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get here(): Token {
    return this.#tokens[this.#next] as Token;
  }

  is(...texts: readonly string[]): boolean {
    return this.here.kind !== "text" && texts.includes(this.here.text);
  }

  take(): Token {
    const token = this.here;
    if (token.kind !== "end") this.#next += 1;
    return token;
  }

  /** Takes a token of that kind, or says what was expected instead of what is there. */
  expect(matches: boolean, expected: string): Token {
    if (matches) return this.take();
    const { kind, text, at } = this.here;
    const found = kind === "end" ? "the expression ends" : `found ${kind === "text" ? `"${text}"` : text}`;
    throw new Mistake(at, `expected ${expected}, but ${found}`);
  }

  /** Reads something that may contain itself, only so deep. */
  within<T>(read: () => T): T {
    if (++this.#depth > deepest) throw new Mistake(this.here.at, `parentheses go at most ${deepest} deep`);
    const result = read();
    this.#depth -= 1;
    return result;
  }
}

const value = (reader: Reader): Written => {
  const { text, at } = reader.expect(reader.here.kind === "text", 'a text such as "media"');
  return { text, at };
};

function list<T>(reader: Reader, one: (reader: Reader) => T, separators: readonly string[]): T[] {
  const all = [one(reader)];
  while (reader.is(...separators)) {
    reader.take();
    all.push(one(reader));
  }
  return all;
}

function among(reader: Reader, kind: "in" | "not-in"): Test {
  if (reader.here.kind === "word") {
    const { text, at } = reader.take();
    return { kind, values: { list: { text, at } } };
  }
  reader.expect(reader.is("("), "( or the name of a list");
  const values = list(reader, value, [","]);
  reader.expect(reader.is(")"), ", or )");
  return { kind, values };
}

function test(reader: Reader): Test {
  const sign = reader.expect(reader.is("=", "!=", "in", "not"), "=, !=, in or not in").text;
  if (sign === "in") return among(reader, "in");
  if (sign === "not") {
    reader.expect(reader.is("in"), "in");
    return among(reader, "not-in");
  }
  if (reader.is("null")) {
    reader.take();
    return { kind: sign === "=" ? "null" : "present" };
  }
  const wanted = reader.expect(reader.here.kind === "text", 'null or a text such as "media"');
  return { kind: sign === "=" ? "in" : "not-in", values: [{ text: wanted.text, at: wanted.at }] };
}

function condition(reader: Reader): Condition {
  const { text, at } = reader.expect(reader.here.kind === "word", "the name of a column");
  return { column: { text, at }, test: test(reader) };
}

function conditions(reader: Reader): Condition[] {
  if (!reader.is("(")) return [];
  reader.take();
  const all = list(reader, condition, [",", "and"]);
  reader.expect(reader.is(")"), ", or )");
  return all;
}

function factor(reader: Reader): Expression {
  if (reader.is("(")) {
    reader.take();
    const inner = reader.within(() => expression(reader));
    reader.expect(reader.is(")"), "an operator or )");
    return inner;
  }
  if (reader.here.kind === "number") {
    const { text, at } = reader.take();
    return { kind: "number", number: Number(text), at };
  }
  const { text, at } = reader.expect(reader.here.kind === "word", "a measure, a number or (");
  return { kind: "named", name: text, where: conditions(reader), at };
}

const joined =
  (operators: readonly Operator[], operand: (reader: Reader) => Expression) =>
  (reader: Reader): Expression => {
    let left = operand(reader);
    while (reader.is(...operators)) {
      const { text, at } = reader.take();
      left = { kind: text as Operator, left, right: operand(reader), at };
    }
    return left;
  };

const term = joined(["*", "/"], factor);
const expression = joined(["+", "-"], term);

/**
 * Reads an expression over measures: `spend(category = "media") / leads(disqualified_as = null)`. What is wrong with it is a
 * Mistake that knows its place.
 */
export function parseExpression(source: string): Expression {
  const reader = new Reader(tokensOf(source));
  const parsed = expression(reader);
  reader.expect(reader.here.kind === "end", "an operator");
  return parsed;
}
