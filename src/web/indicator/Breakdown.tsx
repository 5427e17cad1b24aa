import { hrefOf } from "../address.ts";
import { formatSpan } from "../dates.ts";
import { fill } from "../../locales/index.ts";
import { Refusal } from "../ui/Notices.tsx";
import { dimensionName, indicatorTitle, partName, useView } from "../view.tsx";
import { DataRow, type Columns } from "./BreakdownRow.tsx";
import type { BreakdownRow, Detail } from "./loader.ts";
import { isShrunk, rankedRows } from "./rank.ts";

const most = 100;

/** Which part of the business explains the number: a row filters the page, its ƒx opens its rows. */
export function BreakdownCard({ detail }: { detail: Detail }) {
  const { shell, texts, place } = useView();
  const { breakdown, entry, variant } = detail;
  if (breakdown === null) return null;
  const dimension = dimensionName(texts, breakdown.by);
  const caption = fill(texts.detail.breakdownCaption, {
    indicator: indicatorTitle(texts, entry.id, entry.title),
    dimension: dimension.toLowerCase(),
    range: formatSpan(place, shell.period, shell.workspace.today),
  });
  return (
    <section class="card" aria-labelledby="breakdown">
      <header class="card-head">
        <h2 id="breakdown">
          {fill(`${texts.detail.breakdownBy} {dimension}`, { dimension: dimension.toLowerCase() })}
        </h2>
        <nav class="segments wrap" aria-label={texts.detail.breakdownBy}>
          {variant.by.map((by) => (
            <a key={by} href={hrefOf(shell.address, { by })} aria-current={by === breakdown.by ? "true" : undefined}>
              {dimensionName(texts, by)}
            </a>
          ))}
        </nav>
      </header>
      {breakdown.problem && <Refusal problem={breakdown.problem} />}
      {!breakdown.problem && breakdown.rows.length === 0 && <Nothing />}
      {(breakdown.rows.length > 1 || shell.address.rank) && <Order />}
      {breakdown.rows.length > 0 && <BreakdownTable detail={detail} by={breakdown.by} caption={caption} />}
    </section>
  );
}

/** Whether the rows come by how much they weigh, or by how good they are. */
function Order() {
  const { shell, texts } = useView();
  const { rank } = shell.address;
  const choice = (isRank: boolean, name: string) => (
    <a
      href={`${hrefOf(shell.address, { rank: isRank })}#breakdown`}
      aria-current={rank === isRank ? "true" : undefined}
    >
      {name}
    </a>
  );
  return (
    <nav class="segments order" aria-label={texts.detail.order}>
      {choice(false, texts.detail.bySize)}
      {choice(true, texts.detail.byRank)}
    </nav>
  );
}

function Nothing() {
  const { shell, texts } = useView();
  return (
    <p class="nothing">
      {texts.missing.nothing}{" "}
      {Object.keys(shell.address.where).length > 0 && (
        <a href={hrefOf(shell.address, { where: {} })}>{texts.filters.clear}</a>
      )}
    </p>
  );
}

function BreakdownTable({ detail, by, caption }: { detail: Detail; by: string; caption: string }) {
  const { shell, texts } = useView();
  const ranking = detail.breakdown?.ranking ?? null;
  const ranked = rankedRows(detail.breakdown?.rows ?? [], by, ranking).slice(0, most);
  const rows = ranked.map(({ row }) => row);
  const total = detail.breakdown?.total;
  const columns: Columns = {
    rank: ranking !== null,
    rankedBy: isShrunk(ranked),
    observed: rows.some(({ observed }) => observed !== null),
    parts: partsOf(total ?? rows[0]),
    n: rows.some(({ n }) => n !== null),
    change: shell.compared !== undefined,
    interval: rows.some(({ interval }) => interval !== null),
    most: Math.max(0, ...rows.map(({ value }) => value ?? 0)),
  };
  return (
    <>
      <div class="scroll" tabIndex={0} role="group" aria-label={caption}>
        <table class="breakdown">
          <caption class="hidden">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{dimensionName(texts, by)}</th>
              <th scope="col" class="number before-fx">
                {texts.detail.value}
              </th>
              <th scope="col" class="wide-only">
                <span class="hidden">{texts.detail.size}</span>
              </th>
              {columns.rankedBy && (
                <th scope="col" class="number">
                  {texts.detail.rankedBy}
                </th>
              )}
              {columns.rank && (
                <>
                  <th scope="col" class="number">
                    {texts.detail.best}
                  </th>
                  <th scope="col">{texts.detail.next}</th>
                </>
              )}
              {columns.observed && (
                <th scope="col" class="number">
                  {texts.detail.observed}
                </th>
              )}
              {columns.change && (
                <th scope="col" class="number">
                  {texts.change.title}
                </th>
              )}
              {columns.n && (
                <th scope="col" class="number">
                  {texts.detail.n}
                </th>
              )}
              {columns.parts.map((part) => (
                <th key={part} scope="col" class="number">
                  {partName(texts, part)}
                </th>
              ))}
              {columns.interval && (
                <th scope="col" class="number">
                  {texts.detail.interval}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {ranked.map((each) => (
              <DataRow
                key={each.row.key[by] ?? ""}
                detail={detail}
                row={each.row}
                ranked={each}
                by={by}
                columns={columns}
              />
            ))}
          </tbody>
          {total && (
            <tfoot>
              <DataRow detail={detail} row={total} columns={columns} />
            </tfoot>
          )}
        </table>
      </div>
      <p class="hint muted">
        {columns.rankedBy && `${texts.detail.rankedByHint} `}
        {texts.detail.drill}
      </p>
    </>
  );
}

/** The parts worth a column: a single one is the value itself. */
function partsOf(row: BreakdownRow | undefined): string[] {
  const parts = Object.keys(row?.parts ?? {});
  return parts.length > 1 ? parts : [];
}
