/** One of several ways to look at the same. */
export interface Choice {
  readonly href: string;
  readonly name: string;
  readonly chosen: boolean;
}

/** Links of which one is chosen, side by side. */
export function Segments({ label, choices, also }: { label: string; choices: readonly Choice[]; also?: string }) {
  return (
    <nav class={also === undefined ? "segments wrap" : `segments wrap ${also}`} aria-label={label}>
      {choices.map(({ href, name, chosen }) => (
        <a key={href} href={href} aria-current={chosen ? "true" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
