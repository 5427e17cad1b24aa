import { columnHeading } from "./words.ts";
import type { ExplainedPart, Explanation } from "../../contract/explanation.ts";
import { journeyPath } from "../attribution/journey.ts";
import { hrefOf } from "../address.ts";
import { formatDay, formatInstant } from "../dates.ts";
import { formatNumber } from "../format.ts";
import { fill } from "../../locales/index.ts";
import { partName, useView, valueName, type View } from "../view.tsx";
import { pageSize, type Explained } from "./loader.ts";

type Cell = ExplainedPart["rows"][number][string];

/** The exact rows behind a part of the formula, fifty at a time, all of them as CSV. */
export function Rows({
  explained,
  explanation,
  part,
}: {
  explained: Explained;
  explanation: Explanation;
  part: ExplainedPart;
}) {
  const { shell, texts } = useView();
  return (
    <section id="explain-rows" aria-labelledby="explain-rows-title">
      <header class="card-head">
        <h3 id="explain-rows-title">{texts.explain.rows}</h3>
        <a href={explained.csv[part.id] ?? ""} download>
          {texts.explain.csv}
        </a>
      </header>
      {explanation.parts.length > 1 && (
        <nav class="segments wrap" aria-label={texts.explain.part}>
          {explanation.parts.map(({ id }) => (
            <a
              key={id}
              href={`${hrefOf(shell.address, { part: id, offset: 0 })}#explain-rows`}
              aria-current={id === part.id ? "true" : undefined}
            >
              {partName(texts, id)}
            </a>
          ))}
        </nav>
      )}
      {part.rows.length === 0 ? <p class="muted">{texts.missing.noRows}</p> : <RowTable part={part} />}
      <Pages part={part} offset={explained.offset} />
    </section>
  );
}

function RowTable({ part }: { part: ExplainedPart }) {
  const view = useView();
  const { texts } = view;
  const isNumber = (column: string) =>
    part.rows.every((row) => typeof row[column] === "number" || row[column] === null);
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={partName(texts, part.id)}>
      <table>
        <thead>
          <tr>
            {part.columns.map((column) => (
              <th key={column} scope="col" class={isNumber(column) ? "number" : undefined}>
                {columnHeading(texts, column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {part.rows.map((row, index) => (
            <tr key={index}>
              {part.columns.map((column) => (
                <td key={column} class={isNumber(column) ? "number" : undefined}>
                  <Value column={column} cell={row[column]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A cell; a lead leads to the journey of who it is. */
function Value({ column, cell }: { column: string; cell: Cell | undefined }) {
  const view = useView();
  const text = cellText(view, column, cell);
  if (column !== "lead_id" || typeof cell !== "string") return <>{text}</>;
  return <a href={journeyPath(cell)}>{text}</a>;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

function cellText({ place, texts, shell }: View, column: string, cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return "—";
  if (typeof cell === "boolean") return cell ? texts.explain.yes : texts.explain.no;
  if (typeof cell === "number") return formatNumber(place.locale, cell, { maximumFractionDigits: 2 });
  if (day.test(cell)) return formatDay(place, cell);
  return instant.test(cell) ? instantText(place, cell, shell.workspace.timeZone) : valueName(texts, column, cell);
}

/** An instant with its zone; one without is already of the workspace's. */
function instantText(place: View["place"], cell: string, timeZone: string): string {
  const zoned = /(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})$/.test(cell);
  const date = new Date(zoned ? cell.replace(" ", "T") : `${cell.replace(" ", "T")}Z`);
  return Number.isNaN(date.getTime()) ? cell : formatInstant(place, date.toISOString(), zoned ? timeZone : "UTC");
}

function Pages({ part, offset }: { part: ExplainedPart; offset: number }) {
  const { shell, texts, place } = useView();
  if (part.rowCount <= pageSize && offset === 0) return null;
  const number = (value: number) => formatNumber(place.locale, value, { useGrouping: "always" });
  const last = Math.min(part.rowCount, offset + part.rows.length);
  const to = (next: number) => `${hrefOf(shell.address, { part: part.id, offset: next })}#explain-rows`;
  return (
    <nav class="pages" aria-label={texts.explain.rows}>
      {offset > 0 && <a href={to(Math.max(0, offset - pageSize))}>{texts.explain.previous}</a>}
      <span class="muted">
        {fill(texts.explain.range, {
          first: number(Math.min(offset + 1, last)),
          last: number(last),
          count: number(part.rowCount),
        })}
      </span>
      {last < part.rowCount && <a href={to(offset + pageSize)}>{texts.explain.next}</a>}
    </nav>
  );
}
