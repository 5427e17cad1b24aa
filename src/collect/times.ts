import type { Flag } from "./event.ts";

const bound = 48 * 60 * 60_000;

interface Told {
  readonly at?: number | undefined;
  readonly sent?: number | undefined;
}

/**
 * When an event happened, by the clock of whoever receives it: where its sender says when it was sent too, a wrong clock of
 * the sender's does not matter. What is told to be more than 48 hours away is bounded to them and flagged.
 */
export function timeOf({ at, sent }: Told, received: number): { readonly at: number; readonly flag?: Flag } {
  if (at === undefined) return { at: received };
  const told = sent === undefined ? at : received - (sent - at);
  if (told > received + bound) return { at: received, flag: "future" };
  if (told < received - bound) return { at: received - bound, flag: "late" };
  return { at: Math.min(told, received) };
}
