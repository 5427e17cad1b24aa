import { hrefOf } from "../address.ts";
import { changeOf, unlessChance } from "../change.ts";
import { SizeBar } from "../charts/size-bar.tsx";
import { pageTheme } from "../charts/theme.ts";
import { formatNumber, formatValue, type Kind } from "../format.ts";
import { partKindOf } from "../kind.ts";
import { fill, lookUp } from "../../locales/index.ts";
import { Delta } from "../ui/Delta.tsx";
import { Fx } from "../ui/Tile.tsx";
import { Num, reasonOf, useView, valueName, type View } from "../view.tsx";
import type { BreakdownRow, Detail } from "./loader.ts";
import type { Ranked } from "./rank.ts";

/** Which columns a breakdown has, and the largest value of it. */
export interface Columns {
  rank: boolean;
  /** Whether the value that decides the order is not the one that is shown. */
  rankedBy: boolean;
  observed: boolean;
  parts: string[];
  n: boolean;
  change: boolean;
  interval: boolean;
  most: number;
}

interface DataRowProps {
  detail: Detail;
  row: BreakdownRow;
  ranked?: Ranked;
  by?: string;
  columns: Columns;
}

/** One row of a breakdown, or its total. */
export function DataRow({ detail, row, ranked, by, columns }: DataRowProps) {
  const { texts, place } = useView();
  const { kind, currency, entry, variant } = detail;
  const name = by === undefined ? texts.detail.total : valueName(texts, by, row.key[by]);
  const change = changeOf(place, row.value, row.previous, kind, detail.better);
  const unsure = row.certain === false || (row.certain === null && row.flags.includes("small-n"));
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
        {row.observed !== null && <span class="flag">{texts.detail.estimated}</span>}
        <Fx
          indicator={entry.id}
          variant={variant.id}
          title={name}
          keyed={by === undefined ? {} : { [by]: row.key[by] ?? null }}
        />
      </td>
      <td class="wide-only">
        {by !== undefined && row.value !== null && (
          <SizeBar
            value={row.value}
            most={columns.most}
            isHollow={row.flags.includes("small-n") || row.observed !== null}
            theme={pageTheme}
          />
        )}
      </td>
      {columns.rankedBy && (
        <td class="number">{typeof ranked?.rankedBy === "number" ? value(ranked.rankedBy) : "—"}</td>
      )}
      {columns.rank && <Place ranked={ranked} />}
      {columns.observed && <td class="number">{row.observed === null ? "—" : value(row.observed)}</td>}
      {columns.change && (
        <td class="number">
          <Delta change={unlessChance(change, unsure)} />
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

/** A probability in whole percent; what is not certain never reads as if it were. */
function probabilityText(place: View["place"], probability: number): string {
  const share = (amount: number) => formatNumber(place.locale, amount, { style: "percent", maximumFractionDigits: 0 });
  if (probability > 0.99) return `> ${share(0.99)}`;
  return probability < 0.01 ? `< ${share(0.01)}` : share(probability);
}

/** How sure a row's place is: the probability that it is the best, and whether it is told apart from the one below. */
function Place({ ranked }: { ranked: Ranked | undefined }) {
  const { texts, place } = useView();
  const { detail } = texts;
  if (ranked === undefined) return <td colSpan={2} />;
  const { best, next, leftOut } = ranked;
  if (best === null)
    return (
      <td colSpan={2} class="muted">
        {detail.leftOut}
        {leftOut === null ? "" : `: ${lookUp<string>(detail.leftReasons, leftOut) ?? leftOut}`}
      </td>
    );
  return (
    <>
      <td class="number">
        <data value={String(best)}>{probabilityText(place, best)}</data>
      </td>
      <td>
        {next && <span class={next.certain ? "certain" : "muted"}>{next.certain ? detail.certain : detail.noise}</span>}
      </td>
    </>
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
