import type { Changes } from "../contract/changes.ts";
import type { Explanation } from "../contract/explanation.ts";
import { examplesText } from "./examples.ts";
import { figure, moved } from "./figures.ts";
import { table } from "./table.ts";

const causes: Readonly<Record<Changes["changes"][number]["cause"], string>> = {
  new: "happened since",
  late: "had happened, became known since",
  restated: "restated",
  refund: "refunds",
  merge: "merged",
  deletion: "deleted",
  currency: "exchange rates",
  definition: "another definition",
  maturing: "cohorts grew older",
};

/** What changed between two instants of knowledge, as lines of a terminal. */
export function changesInLines(
  { since, until, before, after, difference, changes }: Changes,
  { unit, currency }: Explanation["indicator"],
): string[] {
  const parts = Object.keys(after.parts);
  const change = (number: number): string => (number === 0 ? "" : moved(number, "count", null));
  const lines = changes.map((each) => [
    causes[each.cause],
    each.difference === null ? "—" : moved(each.difference, unit, currency),
    ...parts.map((part) => change(each.parts[part] ?? 0)),
    String(each.rows),
    examplesText(each.examples),
  ]);
  const columns = [
    { title: "cause" },
    { title: "change", right: true },
    ...parts.map((part) => ({ title: part.replaceAll("_", " "), right: true })),
    { title: "rows", right: true },
    { title: "such as" },
  ];
  const sum = difference === null ? "" : ` (${moved(difference, unit, currency)})`;
  return [
    `What changed between ${since} and ${until}: ${figure(before.value, unit, currency)} → ${figure(after.value, unit, currency)}${sum}`,
    lines.length === 0 ? "nothing" : table(columns, lines),
    "",
  ];
}
