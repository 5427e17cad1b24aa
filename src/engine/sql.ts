/** A value that travels apart from the text; `literal` writes it where the text must run as it stands. */
export type Value = string | number | boolean | null;

interface Parameter {
  readonly value: Value;
  readonly type: string | undefined;
}

/** A piece of SQL: text with bound values in it. Build it with the `sql` tag. */
export interface Sql {
  readonly pieces: readonly (string | Parameter)[];
}

const isSql = (part: unknown): part is Sql => typeof part === "object" && part !== null && "pieces" in part;

/** Fragments are spliced in; any other value becomes a bound parameter. */
export function sql(texts: TemplateStringsArray, ...parts: readonly (Sql | Value)[]): Sql {
  const pieces = texts.flatMap((text, i) => {
    if (i === parts.length) return [text];
    const part = parts[i] as Sql | Value;
    return isSql(part) ? [text, ...part.pieces] : [text, { value: part, type: undefined }];
  });
  return { pieces };
}

/** A bound value with the SQL type that it is cast to, e.g. `typed("2026-01-31", "DATE")`. */
export const typed = (value: Value, type: string): Sql => ({ pieces: [{ value, type }] });

/** Text of our own, never of a person. */
export const raw = (text: string): Sql => ({ pieces: [text] });

export const name = (identifier: string): Sql => raw(quoteName(identifier));

export function join(parts: readonly Sql[], separator: string): Sql {
  return { pieces: parts.flatMap((part, i) => (i === 0 ? part.pieces : [separator, ...part.pieces])) };
}

/** A name in quotes, whatever it is. */
export const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

/** A bare name where it can be one, quoted otherwise. */
export function quoteName(identifier: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(identifier) && !reserved.has(identifier) ? identifier : quoted(identifier);
}

const reserved = new Set(
  "all and any as asc at between both by case cast cost cross cube current day default desc distinct else end except exists false for from full grant group grouping having in inner interval into is join lateral left like limit month natural not null offset on or order outer over partition period primary quarter right rollup select sets sql table then to true union unique using values week when where window with year".split(
    " ",
  ),
);

/** A value as SQL writes it. */
export function literal(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  return String(value);
}

/** The text with `$1…` and the values bound to them. */
export function bound(fragment: Sql): { text: string; values: Value[] } {
  const values: Value[] = [];
  const text = fragment.pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      values.push(piece.value);
      return piece.type === undefined ? `$${values.length}` : `CAST($${values.length} AS ${piece.type})`;
    })
    .join("");
  return { text, values };
}

/** The text with every value written into it: it runs as it stands. */
export function runnable(fragment: Sql): string {
  return fragment.pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      const written = literal(piece.value);
      return piece.type === undefined ? written : `CAST(${written} AS ${piece.type})`;
    })
    .join("");
}
