import type { ComponentChildren } from "preact";

/** The parts of a page in which nothing moves: the server draws them, so that browsers need no code for them. */
export type StillName = "banner" | "knobs" | "why" | "apart" | "explain" | "drawn";

/** What the server drew of each; nothing where the page that a browser wakes up holds it already. */
export type Stills = Partial<Record<StillName, string>>;

/**
 * A part that the server drew: from its components on the server, from its markup in the browser. Its links and forms
 * are followed like all others.
 */
export function Still({ html = "", children }: { html: string | undefined; children: ComponentChildren }) {
  return children === undefined || children === null ? (
    <div class="still" dangerouslySetInnerHTML={{ __html: html }} />
  ) : (
    <div class="still">{children}</div>
  );
}
