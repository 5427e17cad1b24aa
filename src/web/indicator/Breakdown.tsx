import { hrefOf } from "../address.ts";
import { changeOf } from "../change.ts";
import { SizeBar } from "../charts/size-bar.tsx";
import { pageTheme } from "../charts/theme.ts";
import { formatSpan } from "../dates.ts";
import { formatNumber, formatValue, type Kind } from "../format.ts";
import { partKindOf } from "../kind.ts";
import { fill } from "../../locales/index.ts";
import { Delta } from "../ui/Delta.tsx";
import { Refusal } from "../ui/Notices.tsx";
import { Fx } from "../ui/Tile.tsx";
import { dimensionName, indicatorTitle, Num, partName, reasonOf, useView, valueName } from "../view.tsx";
import type { BreakdownRow, Detail } from "./loader.ts";

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
      {breakdown.rows.length > 0 && <BreakdownTable detail={detail} by={breakdown.by} caption={caption} />}
    </section>
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
  const rows = detail.breakdown?.rows.slice(0, most) ?? [];
  const total = detail.breakdown?.total;
  const columns: Columns = {
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
            {rows.map((row) => (
              <DataRow key={row.key[by] ?? ""} detail={detail} row={row} by={by} columns={columns} />
            ))}
          </tbody>
          {total && (
            <tfoot>
              <DataRow detail={detail} row={total} columns={columns} />
            </tfoot>
          )}
        </table>
      </div>
      <p class="hint muted">{texts.detail.drill}</p>
    </>
  );
}

/** The parts worth a column: a single one is the value itself. */
function partsOf(row: BreakdownRow | undefined): string[] {
  const parts = Object.keys(row?.parts ?? {});
  return parts.length > 1 ? parts : [];
}

interface Columns {
  parts: string[];
  n: boolean;
  change: boolean;
  interval: boolean;
  most: number;
}

function DataRow({ detail, row, by, columns }: { detail: Detail; row: BreakdownRow; by?: string; columns: Columns }) {
  const { texts, place } = useView();
  const { kind, currency, entry, variant } = detail;
  const name = by === undefined ? texts.detail.total : valueName(texts, by, row.key[by]);
  const change = changeOf(place, row.value, row.previous, kind, detail.better);
  const value = (amount: number) => formatValue(place, amount, kind, "tile", currency);
  return (
    <tr>
      <th scope="row">{by === undefined ? name : <FilterLink by={by} value={row.key[by] ?? null} name={name} />}</th>
      <td class="number strong">
        {row.value === null ? (
          <span>
            — <span class="flag">{reasonOf(texts, row.flags, row.parts)}</span>
          </span>
        ) : (
          <Num value={row.value} kind={kind} currency={currency} />
        )}{" "}
        <Fx
          indicator={entry.id}
          variant={variant.id}
          title={name}
          keyed={by === undefined ? {} : { [by]: row.key[by] ?? null }}
        />
      </td>
      <td class="wide-only">
        {by !== undefined && row.value !== null && <SizeBar value={row.value} most={columns.most} theme={pageTheme} />}
      </td>
      {columns.change && (
        <td class="number">
          <Delta change={change} />
        </td>
      )}
      {columns.n && (
        <td class="number">
          {row.n === null ? "—" : formatNumber(place.locale, row.n)}
          {row.flags.includes("small-n") && <span class="flag"> {texts.detail.smallN}</span>}
        </td>
      )}
      {columns.parts.map((part) => (
        <td key={part} class="number">
          <Part value={row.parts[part]} kind={partKindOf(detail.variant, part)} currency={currency} />
        </td>
      ))}
      {columns.interval && (
        <td class="number">{row.interval ? `${value(row.interval[0])} – ${value(row.interval[1])}` : "—"}</td>
      )}
    </tr>
  );
}

function Part({ value, kind, currency }: { value: number | null | undefined; kind: Kind; currency: string | null }) {
  if (typeof value !== "number") return <>—</>;
  return <Num value={value} kind={kind} currency={currency} />;
}

function FilterLink({ by, value, name }: { by: string; value: string | null; name: string }) {
  const { shell, texts } = useView();
  const where = { ...shell.address.where, [by]: { not: false, values: [value] } };
  const href = hrefOf(shell.address, { where, by: undefined, offset: 0 });
  return (
    <a href={href} aria-label={fill(texts.detail.filterBy, { name })}>
      {name}
    </a>
  );
}
