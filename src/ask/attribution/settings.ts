import type { Setting } from "../../contract/attribution.ts";
import { modelIds } from "../../methods/attribution/index.ts";

/** The look-backs that are tried, as divisors of the workspace's. */
const divisors = [1, 2, 3];
const directs = ["counts", "yields"] as const;

/** A setting by what it says; its id names only what differs from the workspace's look-back and from direct that counts. */
export function settingOf(model: string, lookBack: number, direct: Setting["direct"], kept: number): Setting {
  const window = lookBack === kept ? [] : [`${lookBack} days`];
  return {
    id: [model, ...window, ...(direct === "yields" ? ["direct yields"] : [])].join(" · "),
    model,
    lookBack,
    direct,
  };
}

/** Every model, over one look-back and one treatment of direct. */
export const modelsUnder = ({ lookBack, direct }: Pick<Setting, "lookBack" | "direct">, kept: number): Setting[] =>
  modelIds.map((model) => settingOf(model, lookBack, direct, kept));

/** Every way to divide credit that a comparison tries, for a workspace's look-back in days: the one list of them. */
export function settingsFor(kept: number): Setting[] {
  const windows = [...new Set(divisors.map((divisor) => Math.max(1, Math.round(kept / divisor))))];
  return windows.flatMap((lookBack) => directs.flatMap((direct) => modelsUnder({ lookBack, direct }, kept)));
}
