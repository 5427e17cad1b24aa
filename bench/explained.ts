import { openApi } from "../src/ask/api.ts";
import { table } from "../src/cli/table.ts";
import type { Api, ExplainRequest } from "../src/contract/api.ts";
import { nine } from "../src/indicators/index.ts";
import type { Workspace } from "../src/workspace/workspace.ts";
import { ms, quantiles, timed } from "./measure.ts";

const month = { from: "2026-10-01", to: "2026-11-01" };
const times = 9;

/** Milliseconds that a number takes to open: the first time after a load, and again. */
async function opened(fresh: () => Promise<Api>, request: ExplainRequest): Promise<[first: number, again: number]> {
  const [first, again]: [number[], number[]] = [[], []];
  for (let i = 0; i < times; i++) {
    const api = await fresh();
    first.push(await timed(() => api.explain(request)));
    again.push(await timed(() => api.explain(request)));
  }
  return [quantiles(first).p50, quantiles(again).p50];
}

type Way = readonly [name: string, more: (indicator: string) => Partial<ExplainRequest>];

const ways = (since: Date): readonly Way[] => [
  ["opened", () => ({})],
  ["why it changed", (indicator) => ({ question: { indicator, ...month, compare: "previous" }, movers: false })],
  ["with the biggest movers", (indicator) => ({ question: { indicator, ...month, compare: "previous" } })],
  ["what became known since", () => ({ since: since.toISOString(), limit: 0 })],
];

/** How long it takes to open each of the nine in each way; `since` is an instant between two loads. */
export async function explained(workspace: Workspace, now: () => Date, since: Date): Promise<string> {
  const fresh = async () => {
    const api = openApi(workspace, now);
    await api.catalogue();
    return api;
  };
  const rows: string[][] = [];
  for (const { id } of nine.filter(({ variants }) => variants.length > 0))
    for (const [name, more] of ways(since)) {
      const [first, again] = await opened(fresh, { question: { indicator: id, ...month }, ...more(id) });
      rows.push([id, name, ms(first), ms(again), first <= 150 ? "" : "over"]);
    }
  const against = { indicator: "sales-qualified-leads", variant: "count" };
  const [first, again] = await opened(fresh, {
    question: { indicator: "marketing-qualified-leads", ...month },
    against,
  });
  rows.push([
    "marketing-qualified-leads",
    "against sales-qualified-leads",
    ms(first),
    ms(again),
    first <= 150 ? "" : "over",
  ]);
  return table(
    [
      { title: "explain" },
      { title: "" },
      { title: "first after a load", right: true },
      { title: "again", right: true },
      { title: "" },
    ],
    rows,
  );
}
