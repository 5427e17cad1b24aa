import type { Verdict } from "../../contract/check.ts";
import type { Tuple } from "../../engine/database.ts";
import type { Sql } from "../../engine/sql.ts";

/**
 * Two statements that must give the same rows for this check: of `subject` (the check), `entry`, `amount`, and `print`, a
 * fingerprint of what was counted. One statement may serve many checks.
 */
export interface Check extends Pick<Verdict, "check" | "dimension" | "model" | "grain"> {
  readonly expected: Sql;
  readonly found: Sql;
}

const shown = (rows: readonly Tuple[]): string => {
  const entries = rows.map((row) => [row["amount"], row["entry"]].filter((each) => each != null).join(" "));
  return entries.toSorted().join(", ") || "0";
};

const exact = ({ entry, amount, print }: Tuple): string => JSON.stringify([entry, amount, print]);

/** The rows that the other side does not have, exactly as they are. */
function lackedBy(others: readonly Tuple[], rows: readonly Tuple[]): Tuple[] {
  const known = new Set(others.map(exact));
  return rows.filter((row) => !known.has(exact(row)));
}

/** The two sides held against each other; where they differ, only that is shown. */
export function verdictOf(check: Check, expected: readonly Tuple[], found: readonly Tuple[]): Verdict {
  const { check: id, dimension, model, grain } = check;
  const own = (rows: readonly Tuple[]) => rows.filter((row) => row["subject"] === id);
  const [lacked, surplus] = [lackedBy(own(found), own(expected)), lackedBy(own(expected), own(found))];
  const holds = lacked.length === 0 && surplus.length === 0;
  const sides = holds ? { expected: shown(own(expected)), found: shown(own(found)) } : unequal(lacked, surplus);
  return { check: id, dimension, model, grain, ...sides, holds };
}

/** As many, but not the same ones, would read alike. */
function unequal(lacked: readonly Tuple[], surplus: readonly Tuple[]): Pick<Verdict, "expected" | "found"> {
  const [expected, found] = [shown(lacked), shown(surplus)];
  return { expected, found: expected === found ? `${found}, but other ones` : found };
}
