import type { Parts } from "../App.tsx";
import type { PieceName } from "../routes.ts";

const imports: Readonly<Record<PieceName, () => Promise<Parts>>> = {
  indicator: async () => ({ Indicator: (await import("../indicator/Screen.tsx")).IndicatorScreen }),
};

const loaded: Parts = {};

/** Loads what pages need beside the first script, and answers all that is loaded so far. */
export async function fetchPieces(names: readonly PieceName[]): Promise<Parts> {
  for (const parts of await Promise.all(names.map((name) => imports[name]()))) Object.assign(loaded, parts);
  return loaded;
}
