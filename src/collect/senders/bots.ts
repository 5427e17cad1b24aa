import { isbot } from "isbot";

const most = 10_000;

/** Tells programs by the agent that they name; who names none is one. Agents come again and again, so verdicts are kept. */
export function openBots(): (agent: string) => boolean {
  const verdicts = new Map<string, boolean>();
  return (agent) => {
    const known = verdicts.get(agent);
    if (known !== undefined) return known;
    const verdict = agent.trim() === "" || isbot(agent);
    if (verdicts.size >= most) verdicts.clear();
    verdicts.set(agent, verdict);
    return verdict;
  };
}

/** The kind of device that an agent names. */
export function deviceOf(agent: string): "tablet" | "mobile" | "desktop" {
  if (/\biPad\b|\bTablet\b|Android(?!.*\bMobile\b)/i.test(agent)) return "tablet";
  return /\bMobi|\biPhone\b/i.test(agent) ? "mobile" : "desktop";
}
