import type { Why } from "../../contract/why.ts";
import { extentOf, Waterfall } from "../charts/waterfall.tsx";
import { pageTheme } from "../charts/theme.ts";
import { formatDifference } from "../difference.ts";
import { formatCounted, formatValue } from "../format.ts";
import { fill } from "../../locales/index.ts";
import { dimensionName, Num, useView, valueName } from "../view.tsx";
import { SegmentLink } from "./Movers.tsx";
import { stepOf, whyRows, type WhyRow } from "./steps.ts";
import { useEvidenceTexts, type Told } from "./view.ts";

/** The height of a row with its line, which the drawing beside it keeps to. */
const rowHeight = 33;

/** A split as a table whose rows are the steps of a waterfall, from the value before to the value after. */
export function WhyTable({ why, told }: { why: Why; told: Told }) {
  const { texts } = useView();
  const { why: words } = useEvidenceTexts();
  const { before, after } = why;
  if (before.value === null || after.value === null) return <p class="muted">{words.empty}</p>;
  const rows = whyRows(why);
  const hasParts = why.rate !== 0 || why.mix !== 0;
  const dimension = dimensionName(texts, why.by);
  const caption = fill(words.caption, { indicator: told.title, dimension: dimension.toLowerCase() });
  const values = { before: before.value, after: after.value, steps: rows.map((row) => stepOf(row, told.better)) };
  return (
    <>
      <div class="scroll" tabIndex={0} role="group" aria-label={caption}>
        <table class="why">
          <caption class="hidden">{caption}</caption>
          <Head dimension={dimension} hasParts={hasParts} />
          <tbody>
            <tr class="strong">
              <th scope="row">{words.before}</th>
              <td class="fall" rowSpan={rows.length + 2}>
                <Waterfall {...values} rowHeight={rowHeight} theme={pageTheme} />
              </td>
              <td class="number">
                <Num value={before.value} kind={told.kind} currency={told.currency} />
              </td>
              <td colSpan={hasParts ? 6 : 3} />
            </tr>
            {rows.map((row) => (
              <Contribution key={`${row.kind} ${row.key}`} row={row} by={why.by} told={told} hasParts={hasParts} />
            ))}
            <tr class="strong">
              <th scope="row">{words.after}</th>
              <td class="number">
                <Num value={after.value} kind={told.kind} currency={told.currency} />
              </td>
              <td colSpan={hasParts ? 6 : 3} />
            </tr>
          </tbody>
        </table>
      </div>
      <Scale values={values} told={told} hasParts={hasParts} />
    </>
  );
}

function Head({ dimension, hasParts }: { dimension: string; hasParts: boolean }) {
  const { why: words } = useEvidenceTexts();
  const parts = hasParts ? [words.volume, words.rate, words.mix] : [];
  return (
    <thead>
      <tr>
        <th scope="col">{dimension}</th>
        <th scope="col">
          <span class="hidden">{words.bar}</span>
        </th>
        {[words.total, ...parts, words.before, words.after].map((name) => (
          <th key={name} scope="col" class="number">
            {name}
          </th>
        ))}
        <th scope="col">{words.certainty}</th>
      </tr>
    </thead>
  );
}

interface ContributionProps {
  row: WhyRow;
  by: string;
  told: Told;
  hasParts: boolean;
}

function Contribution({ row, by, told, hasParts }: ContributionProps) {
  const { place } = useView();
  const { why: words } = useEvidenceTexts();
  const difference = (amount: number | null) =>
    amount === null ? (
      "—"
    ) : (
      <data value={String(amount)}>{formatDifference(place, amount, told.kind, told.currency)}</data>
    );
  const value = (amount: number | null) =>
    amount === null ? "—" : formatValue(place, amount, told.kind, "tile", told.currency);
  const { tone } = stepOf(row, told.better);
  const parts = hasParts ? [row.volume, row.rate, row.mix] : [];
  return (
    <tr>
      <th scope="row">
        <RowName row={row} by={by} />
      </th>
      <td class={`number delta ${tone === "noise" ? "same" : tone}`}>{difference(row.total)}</td>
      {parts.map((part, index) => (
        <td key={index} class="number">
          {difference(part)}
        </td>
      ))}
      <td class="number">{value(row.before)}</td>
      <td class="number">{value(row.after)}</td>
      <td>{row.certain === null ? "—" : row.certain ? words.certain : <span class="muted">{words.noise}</span>}</td>
    </tr>
  );
}

function RowName({ row, by }: { row: WhyRow; by: string }) {
  const { texts, place } = useView();
  const { why: words } = useEvidenceTexts();
  if (row.kind === "others") return <>{formatCounted(place, words.others, row.count)}</>;
  if (row.kind === "remainder") return <>{words.remainder}</>;
  return <SegmentLink by={by} value={row.key} name={valueName(texts, by, row.key)} />;
}

/** What the drawing's ends mean, and what its three effects are. */
function Scale({ values, told, hasParts }: { values: Parameters<typeof extentOf>[0]; told: Told; hasParts: boolean }) {
  const { place } = useView();
  const { why: words } = useEvidenceTexts();
  const { low, high, isCut } = extentOf(values);
  const axis = (amount: number) => formatValue(place, amount, told.kind, "tile", told.currency);
  return (
    <p class="hint muted">
      {fill(words.axis, { low: axis(low), high: axis(high) })}
      {isCut ? `; ${words.cut}.` : "."} {words.drill} {hasParts && words.legend}
    </p>
  );
}
