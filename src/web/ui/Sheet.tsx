import type { ComponentChildren } from "preact";

interface SheetProps {
  /** What the table is, for those who hear it. */
  name: string;
  class: string;
  /** The cells of its first row. */
  heads: ComponentChildren;
  /** Its last rows, that sum up the others. */
  foot?: ComponentChildren;
  children: ComponentChildren;
}

/** A table that scrolls by itself where it is wider than the page, also by the keyboard. */
export function Sheet({ name, class: kind, heads, foot, children }: SheetProps) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={name}>
      <table class={kind}>
        <caption class="hidden">{name}</caption>
        <thead>
          <tr>{heads}</tr>
        </thead>
        <tbody>{children}</tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

/** Names of columns, of words or of numbers. */
export function Heads({ names, numbers }: { names: readonly string[]; numbers?: boolean }) {
  return (
    <>
      {names.map((name, i) => (
        <th key={`${name} ${i}`} scope="col" class={numbers ? "number" : undefined}>
          {name}
        </th>
      ))}
    </>
  );
}
