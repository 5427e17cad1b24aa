import type { Retention, RetentionCohort, Stock } from "../../contract/retention.ts";
import { fill } from "../../locales/index.ts";
import { formatPeriod } from "../dates.ts";
import { formatNumber } from "../format.ts";
import { useView } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useFigures, useWords } from "./words.ts";

/** The months after the first that a row has room for. */
const most = 24;
const steps = 8;

/** What of a cohort is told: how much of it a cell holds, and of how much. */
type Told = "customers" | "amount";

/** Of each month's new customers, and of what they paid: the share that is there at the end of each month from then on. */
export function Cohorts({ found: { cohorts } }: { found: Retention }) {
  const words = useWords();
  if (cohorts.length === 0) return null;
  return (
    <section class="card" aria-labelledby="cohorts">
      <h2 id="cohorts">{words.cohorts}</h2>
      <p class="muted hint">{words.cohortsOf}</p>
      <Heat cohorts={cohorts} told="customers" title={words.cohortsOf} />
      <p class="hint muted">{words.cohortsHint}</p>
      <details class="as-table">
        <summary>{words.cohortsOfRevenue}</summary>
        <Heat cohorts={cohorts} told="amount" title={words.cohortsOfRevenue} />
      </details>
    </section>
  );
}

/** What a cohort's cells are shares of: its customers, or what they held at the end of its first month. */
const wholeOf = ({ customers, cells }: RetentionCohort, told: Told): number =>
  told === "customers" ? customers : (cells[0]?.amount ?? 0);

function Heat({ cohorts, told, title }: { cohorts: readonly RetentionCohort[]; told: Told; title: string }) {
  const { place } = useView();
  const words = useWords();
  const { count } = useFigures();
  const longest = Math.min(most, Math.max(...cohorts.map(({ cells }) => cells.length)));
  const columns = Array.from({ length: longest }, (_, k) => k);
  return (
    <Sheet
      name={title}
      class="heat"
      heads={
        <>
          <th scope="col">{words.began}</th>
          <th scope="col" class="number">
            {words.customers}
          </th>
          <Heads names={columns.map(String)} numbers />
        </>
      }
    >
      {cohorts.map((cohort) => (
        <tr key={cohort.month}>
          <th scope="row">{formatPeriod(place, cohort.month, "month")}</th>
          <td class="number muted">{count(cohort.customers)}</td>
          {columns.map((k) => (
            <Cell key={k} cell={cohort.cells[k]} whole={wholeOf(cohort, told)} told={told} />
          ))}
        </tr>
      ))}
    </Sheet>
  );
}

/** A share and its heat; a month that is not over is hatched, and one that has not come is nothing. */
function Cell({ cell, whole, told }: { cell: Stock | null | undefined; whole: number; told: Told }) {
  const { place } = useView();
  const words = useWords();
  const { count } = useFigures();
  if (cell === undefined) return <td />;
  if (cell === null)
    return (
      <td class="open">
        <span class="hidden">{words.notOver}</span>
      </td>
    );
  if (whole === 0) return <td class="number muted">—</td>;
  const share = cell[told] / whole;
  const heat = Math.max(1, Math.min(steps, Math.ceil(share * steps)));
  const title =
    told === "customers" ? fill(words.ofCell, { count: count(cell.customers), of: count(whole) }) : undefined;
  return (
    <td class={`number heat-${heat}`} title={title}>
      <data value={String(share)}>{formatNumber(place.locale, share * 100, { maximumFractionDigits: 0 })}</data>
    </td>
  );
}
