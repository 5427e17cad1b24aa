import type { ComponentChildren } from "preact";

interface ListedProps {
  title: string;
  headings: readonly string[];
  /** Whether the title is for those alone who do not see the table. */
  hidden?: boolean;
  children: ComponentChildren;
}

/** A table whose first column names its lines and whose others are numbers. */
export function Listed({ title, headings, hidden = false, children }: ListedProps) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={title}>
      {!hidden && <h3 class="movers-title">{title}</h3>}
      <table class="ledger">
        <caption class="hidden">{title}</caption>
        <thead>
          <tr>
            {headings.map((heading, place) => (
              <th key={heading} scope="col" class={place === 0 ? undefined : "number"}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
