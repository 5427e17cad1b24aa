import type { ComponentChildren } from "preact";

/** What stands over the four columns: what a line is, what it adds, of how many rows, and which. */
interface Headings {
  line: string;
  amount: string;
  rows: string;
  examples: string;
}

interface EvidenceTableProps {
  title: string;
  headings: Headings;
  children: ComponentChildren;
}

/** The frame of a table whose lines add up to a difference; the lines are its children. */
export function EvidenceTable({ title, headings, children }: EvidenceTableProps) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={title}>
      <table class="ledger">
        <caption class="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{headings.line}</th>
            <th scope="col" class="number">
              {headings.amount}
            </th>
            <th scope="col" class="number">
              {headings.rows}
            </th>
            <th scope="col">{headings.examples}</th>
          </tr>
        </thead>
        {children}
      </table>
    </div>
  );
}
