import { funnelStages, type ExitKind, type FunnelExit, type Passage } from "../../contract/funnel.ts";
import { runnable, type Sql } from "../../engine/sql.ts";
import type { Tuple } from "../../engine/database.ts";
import type { Plan } from "../../engine/plan.ts";
import { deadline } from "../answer.ts";
import type { Store } from "../store.ts";
import { outs, passages, places } from "./path-sql.ts";

/** Days within which leads that reached a stage may go on; the indicators' own windows where they have one. */
export const windows: readonly number[] = [30, 30, 60, 90, 90, 90];

/** Leads of one stage that are in one place. */
export type Place = Omit<FunnelExit, "kind" | "value"> & { readonly kind: ExitKind | null };

/** Where the leads of a cohort are. */
export interface Places {
  /** By stage, the way out and its reason. */
  readonly exits: readonly (readonly Place[])[];
  /** The median days of all ways out of each stage together. */
  readonly days: readonly (number | null)[];
}

/** How the leads of one source pass the stages. */
export interface Passed {
  readonly source: string | null;
  readonly leads: number;
  readonly steps: readonly Passage[];
  readonly inferred: readonly number[];
}

/** Shares of a lead are exact to the millionth. */
const counted = (value: unknown): number => Math.round(Number(value ?? 0) * 1e6) / 1e6;

async function ask(query: Sql, { database, ledger }: Store, signal?: AbortSignal): Promise<Tuple[]> {
  return ledger.remembered(`funnel ${runnable(query)}`, () =>
    database.use((connection) => connection.rows(query, { deadline, signal })),
  );
}

const numeric = (value: unknown): number | null => (value == null ? null : Number(value));

/** Where each lead of the plan is. */
export async function placesOf(plan: Plan, store: Store, signal?: AbortSignal): Promise<Places> {
  const [found, together] = await Promise.all([ask(places(plan), store, signal), ask(outs(plan), store, signal)]);
  const at = (stage: number) => found.filter((tuple) => Number(tuple["reached"]) === stage + 1);
  return {
    exits: funnelStages.map((_, stage) =>
      at(stage).map((tuple) => ({
        kind: (tuple["way"] ?? null) as ExitKind | null,
        reason: tuple["reason"] == null ? null : String(tuple["reason"]),
        leads: counted(tuple["leads"]),
        days: numeric(tuple["days"]),
      })),
    ),
    days: funnelStages.map((_, stage) =>
      numeric(together.find((tuple) => Number(tuple["reached"]) === stage + 1)?.["days"]),
    ),
  };
}

/** How the leads of each source of the plan pass the stages. */
export async function passedOf(plan: Plan, store: Store, signal?: AbortSignal): Promise<Passed[]> {
  const found = await ask(passages(plan, windows), store, signal);
  return found.map((tuple) => ({
    source: tuple["split_by"] == null ? null : String(tuple["split_by"]),
    leads: counted(tuple["leads"]),
    steps: windows.map((_, i) => {
      const [passed, of] = [counted(tuple[`passed_${i}`]), counted(tuple[`of_${i}`])];
      return { passed, of, rate: of > 0 ? passed / of : null };
    }),
    inferred: funnelStages.map((_, i) => Number(tuple[`inferred_${i}`] ?? 0)),
  }));
}
