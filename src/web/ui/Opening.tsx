import type { ProblemBody } from "../../contract/problem.ts";
import { Chips } from "./FilterBar.tsx";
import { Dropped, Ended, Refusal } from "./Notices.tsx";

/** How a page that the server alone draws begins: its name, what it is for, what was left out, and why it has nothing. */
export function Opening({
  title,
  description,
  problem,
}: {
  title: string;
  description: string;
  problem: ProblemBody | null;
}) {
  return (
    <>
      <header class="page-head">
        <h1 tabIndex={-1}>{title}</h1>
      </header>
      <p class="description muted">{description}</p>
      <Ended />
      <Dropped />
      <Chips />
      {problem && (
        <section class="card">
          <Refusal problem={problem} />
        </section>
      )}
    </>
  );
}
