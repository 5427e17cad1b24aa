import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import { Problem } from "../engine/problem.ts";

/** What a file says, with the means to point at the place in it where something is wrong. */
export interface Stated {
  readonly content: unknown;
  /** A Problem that names the line and column of a path such as `["sources", "crm"]`, or of a character of its text. */
  readonly problemAt: (path: readonly PropertyKey[], message: string, offset?: number) => Problem;
}

/** What a file is: its name for messages, the code of its Problems, and how large it may be. */
export interface FileKind {
  readonly file: string;
  readonly code: string;
  readonly largest: number;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function malformed({ file, code }: FileKind, place: Place, message: string): Problem {
  const { line, column } = place;
  const told = `${file}, line ${line}, column ${column}: ${message}`;
  return new Problem(code, told, "correct that line and try again", { file, line, column });
}

/** Where the text of a scalar has one of its characters: quotes, escapes and folded lines are stepped over. */
function within(source: string, start: number, value: string, offset: number): number {
  let at = start;
  if (/["']/.test(source[at] ?? "") && source[at] !== value[0]) at += 1;
  const same = (written: string | undefined, meant: string | undefined) =>
    written === meant || (meant === " " && written === "\n");
  for (let done = 0; at < source.length; at++) {
    if (done < value.length && !same(source[at], value[done])) continue;
    if (done === offset) break;
    done += 1;
  }
  return at;
}

/** The node of a path: a key where there is one, or the nearest thing above. */
function nodeAt(document: Document, path: readonly PropertyKey[]): unknown {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = isMap(parent)
      ? parent.items.find((pair) => isScalar(pair.key) && pair.key.value === path[length - 1])?.key
      : undefined;
    const node = isScalar(key) ? key : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node;
  }
  return undefined;
}

function place(document: Document, lines: LineCounter, source: string, path: readonly PropertyKey[], offset?: number) {
  const scalar = offset === undefined ? undefined : document.getIn(path, true);
  const at =
    isScalar(scalar) && scalar.range && offset !== undefined
      ? within(source, scalar.range[0], String(scalar.value), offset)
      : undefined;
  const node = nodeAt(document, path);
  const start = at ?? (isNode(node) ? node.range?.[0] : undefined);
  if (start === undefined) return { line: 1, column: 1 };
  const { line, col } = lines.linePos(start);
  return { line, column: col };
}

/** The values of a document; one that names itself again and again is refused. */
function valuesOf(document: Document, kind: FileKind): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof RangeError)
      throw malformed(kind, { line: 1, column: 1 }, "it repeats itself too often");
    throw error;
  }
}

function documentOf(text: string, kind: FileKind, lines: LineCounter): Document {
  if (text.length > kind.largest)
    throw malformed(
      kind,
      { line: 1, column: 1 },
      `it has ${text.length} characters, where ${kind.largest} are the most`,
    );
  try {
    return parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  } catch (error) {
    if (error instanceof RangeError) throw malformed(kind, { line: 1, column: 1 }, "it is nested too deeply");
    throw error;
  }
}

/** Reads a YAML file; a mistake is a Problem with its line and column. */
export function readYaml(text: string, kind: FileKind): Stated {
  const lines = new LineCounter();
  const document = documentOf(text, kind, lines);
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    const told = (error.message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
    throw malformed(kind, { line, column: col }, told);
  }
  return {
    content: valuesOf(document, kind),
    problemAt: (path, message, offset) => malformed(kind, place(document, lines, text, path, offset), message),
  };
}

/** What was once said and kept; its Problems can name the file but no place in it. */
export const kept = (content: unknown, { file, code }: FileKind): Stated => ({
  content,
  problemAt: (path, message) =>
    new Problem(code, `${file}, ${path.join(".")}: ${message}`, "it was written for another version of Embudo", {
      file,
    }),
});

/** The content as its schema has it, or a Problem that points at what does not fit. */
export function checked<S extends z.ZodType>({ content, problemAt }: Stated, schema: S): z.output<S> {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  const at = issue?.code === "unrecognized_keys" ? [...path, issue.keys[0] ?? ""] : path;
  throw problemAt(at, `${path.length > 0 ? `${path.join(".")}: ` : ""}${issue?.message ?? "invalid"}`);
}
