import { Mistake, type Written } from "./syntax.ts";

/** The smallest pieces of an expression; a `text` is what stood between the quotes. */
export interface Token extends Written {
  readonly kind: "number" | "word" | "text" | "sign" | "end";
}

const pattern =
  /\s*(?:(?<number>\d+(?:\.\d+)?(?![\w.]))|(?<word>[A-Za-z_]\w*)|(?<text>"(?:[^"\\]|\\["\\])*")|(?<sign>!=|[-+*/()=,−×÷])|(?<end>$))/uy;
const longest = 2000;
const plain: Readonly<Record<string, string>> = { "−": "-", "×": "*", "÷": "/" };

const unquoted = (quoted: string): string => quoted.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");

function stranger(source: string, from: number): Mistake {
  const at = from + (/^\s*/.exec(source.slice(from))?.[0].length ?? 0);
  const sign = String.fromCodePoint(source.codePointAt(at) ?? 0);
  return new Mistake(
    at,
    sign === '"' ? "the text that begins here has no end" : `${sign} means nothing here; write texts in double quotes`,
  );
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>, end: number): Token {
  const { number, word, text, sign } = groups;
  if (number !== undefined) return { kind: "number", text: number, at: end - number.length };
  if (word !== undefined) return { kind: "word", text: word, at: end - word.length };
  if (text !== undefined) return { kind: "text", text: unquoted(text), at: end - text.length };
  if (sign !== undefined) return { kind: "sign", text: plain[sign] ?? sign, at: end - sign.length };
  return { kind: "end", text: "", at: end };
}

/** The pieces of an expression in order, the last one being its end. */
export function tokensOf(source: string): Token[] {
  if (source.length > longest) throw new Mistake(longest, `an expression has at most ${longest} characters`);
  const tokens: Token[] = [];
  const reader = new RegExp(pattern);
  for (;;) {
    const from = reader.lastIndex;
    const found = reader.exec(source);
    if (found === null) throw stranger(source, from);
    const token = tokenOf(found.groups ?? {}, reader.lastIndex);
    tokens.push(token);
    if (token.kind === "end") return tokens;
  }
}
