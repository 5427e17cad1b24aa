import type { Rep, RepStage, RepVerdict, Side, Training } from "../../contract/reps.ts";

/** Where somebody is on the map: it takes a stand on both sides to be called anything. */
export function verdictOf(create: Side | null, close: Side | null): RepVerdict {
  const stands = [create?.stands ?? "too-few", close?.stands ?? "too-few"] as const;
  if (stands.includes("too-few")) return "too-few";
  if (stands.includes("alike")) return "in-between";
  const [creates, closes] = stands.map((each) => each === "above");
  if (creates) return closes ? "creates-and-closes" : "creates-does-not-close";
  return closes ? "closes-does-not-open" : "neither";
}

/** The stages that are a seller's own work; what makes a lead an MQL is marketing's. */
const ownStages: readonly RepStage[] = ["mql", "sql", "opportunity"];

/** What somebody may train: the stage at which they lose most, or to bring in opportunities where they bring few. */
export function trainingOf({ create, weakest }: Pick<Rep, "create" | "weakest">): Training | null {
  if (weakest !== null && ownStages.includes(weakest)) return weakest;
  return create?.stands === "below" ? "prospecting" : null;
}
