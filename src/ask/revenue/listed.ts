import type { Tuple } from "../../engine/database.ts";
import type { Watched } from "../../methods/projection/chances.ts";
import type { Exposed, Flow, Kind } from "../../methods/projection/pipeline.ts";

/** How many months ahead anything is foretold, the present one included. */
export const steps = 12;

/** A deal that is open now. */
export interface OpenNow {
  readonly id: string;
  readonly owner: number;
  readonly stage: string;
  /** Days at its stage. */
  readonly age: number;
  readonly ageClass: number;
  readonly customer: string | null;
  readonly product: string | null;
  readonly amount: number;
}

type Cells = readonly (string | null)[];
/** A column with a list of lists in JSON. */
export const listed = (row: Tuple, column: string): Cells[] => JSON.parse(String(row[column])) as Cells[];
/** Nothing, so many times. */
export const zeros = (n: number): number[] => Array.from({ length: n }, () => 0);

/** Amounts by step of rows that say the owner, the kind, the step and the amount. */
export function flowsOf(rows: readonly Tuple[], first: number, at: (owner: string) => number): Flow[] {
  return rows.flatMap((row) => {
    const found = new Map<string, { owner: number; kind: Kind; amounts: number[] }>();
    for (const [owner, kind, step, amount] of listed(row, "flows")) {
      const key = `${kind} ${owner}`;
      const flow = found.get(key) ?? { owner: at(owner ?? ""), kind: kind as Kind, amounts: zeros(steps) };
      flow.amounts[Number(step)] = Number(amount);
      found.set(key, flow);
    }
    return [...found.values()].map((flow) => ({ ...flow, origin: Number(row["nth"]) - first }));
  });
}

/** How the deals of each month stood and ended. */
export function watchedOf(rows: readonly Tuple[], first: number): Watched[] {
  return rows.flatMap((row) => {
    const found = new Map<string, { stage: string; age: number; open: number; won: number[]; lost: number[] }>();
    for (const [stage, age, way, step, n] of listed(row, "rows")) {
      const key = `${age} ${stage}`;
      const each = found.get(key) ?? {
        stage: stage ?? "",
        age: Number(age),
        open: 0,
        won: zeros(steps),
        lost: zeros(steps),
      };
      each.open += Number(n);
      if (Number(step) < steps && way === "won") each.won[Number(step)] = Number(n);
      if (Number(step) < steps && way === "lost") each.lost[Number(step)] = Number(n);
      found.set(key, each);
    }
    return [...found.values()].map((each) => ({ ...each, origin: Number(row["nth"]) - first }));
  });
}

/** What the deals of each month were worth by rep. */
export const exposedOf = (rows: readonly Tuple[], first: number, at: (owner: string) => number): Exposed[] =>
  rows.flatMap((row) =>
    listed(row, "rows").map(([owner, stage, age, amount]) => ({
      origin: Number(row["nth"]) - first,
      owner: at(owner ?? ""),
      stage: stage ?? "",
      age: Number(age),
      amount: Number(amount),
    })),
  );

/** The deals that are open now. */
export const openOf = (rows: readonly Tuple[], at: (owner: string) => number): OpenNow[] =>
  rows.flatMap((row) =>
    listed(row, "rows").map(([id, owner, stage, age, ageClass, customer, product, amount]) => ({
      id: id ?? "",
      owner: at(owner ?? ""),
      stage: stage ?? "",
      age: Number(age),
      ageClass: Number(ageClass),
      customer: customer ?? null,
      product: product ?? null,
      amount: Number(amount),
    })),
  );
