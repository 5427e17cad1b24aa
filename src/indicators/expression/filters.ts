import type { Measure } from "../../engine/measure.ts";
import { nearest } from "../../engine/nearest.ts";
import type { Listed, Predicate } from "../../engine/table.ts";
import { namedLists } from "./named-measures.ts";
import { Mistake, type Condition, type Written } from "./syntax.ts";

/** The columns and dimensions by which a measure can be narrowed: all of its table that hold text, other than keys. */
export const columnsOf = ({ table }: Measure): string[] =>
  Object.keys(table.dimensions).filter(
    (each) => (table.columns[each]?.kind ?? "text") === "text" && !each.endsWith("_id"),
  );

/** What to say of a name that is not there. */
export function unknown(kind: string, { text, at }: Written, names: readonly string[]): Mistake {
  const meant = nearest(text, names);
  return new Mistake(
    at,
    `${kind} ${text}; ${meant === undefined ? `use ${names.join(", ")}` : `did you mean ${meant}?`}`,
  );
}

function listNamed(list: Written, column: string): Listed {
  const fitting = Object.keys(namedLists).filter((each) => namedLists[each] === column);
  if (fitting.includes(list.text)) return { setting: list.text };
  if (fitting.length === 0) throw new Mistake(list.at, `no list holds values of ${column}; write ("…", "…")`);
  throw unknown(`there is no list of ${column} named`, list, fitting);
}

function values(written: readonly Written[], column: string, allowed: readonly string[] | undefined): string[] {
  const stranger = allowed && written.find((each) => !allowed.includes(each.text));
  if (allowed && stranger) throw unknown(`${column} is never`, stranger, allowed);
  return written.map((each) => each.text);
}

/** A written condition as the measure's predicate. */
export function predicateOf(name: string, measure: Measure, { column, test }: Condition): Predicate {
  const known = columnsOf(measure);
  if (!known.includes(column.text)) throw unknown(`${name} has no column`, column, known);
  const { table } = measure;
  const on = typeof table.dimensions[column.text] === "string" ? "column" : "dimension";
  const allowed = on === "column" ? table.columns[column.text]?.oneOf : undefined;
  const stated = { on, name: column.text } as const;
  if (!("values" in test)) return { ...stated, test: { kind: test.kind } };
  const wanted =
    "list" in test.values ? listNamed(test.values.list, column.text) : values(test.values, column.text, allowed);
  return { ...stated, test: { kind: test.kind, values: wanted } };
}
