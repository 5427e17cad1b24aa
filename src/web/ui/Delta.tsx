import type { Change } from "../change.ts";

/** A change: arrow, signed amount and word, in the colour of its goodness. */
export function Delta({ change, versus }: { change: Change; versus?: string | undefined }) {
  return (
    <span class={`delta ${change.tone}`}>
      {change.arrow && <span aria-hidden="true">{change.arrow} </span>}
      {change.amount && <span class="amount">{change.amount} </span>}
      <span>{change.word}</span>
      {versus && change.tone !== "none" && <span class="versus"> {versus}</span>}
    </span>
  );
}
