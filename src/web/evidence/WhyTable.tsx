import type { Why } from "../../contract/why.ts";
import { extentOf, Waterfall } from "../charts/waterfall.tsx";
import { pageTheme } from "../charts/theme.ts";
import { formatDifference } from "../difference.ts";
import { formatCounted, formatValue } from "../format.ts";
import { fill } from "../../locales/index.ts";
import { dimensionName, Num, useView, valueName } from "../view.tsx";
import { SegmentLink } from "./Movers.tsx";
import { effectsIn, stepOf, whyRows, type Effect, type WhyRow } from "./steps.ts";
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
  const effects = effectsIn(rows);
  const dimension = dimensionName(texts, why.by);
  const caption = fill(words.caption, { indicator: told.title, dimension: dimension.toLowerCase() });
  const values = { before: before.value, after: after.value, steps: rows.map((row) => stepOf(row, told.better)) };
  return (
    <>
      <div class="scroll" tabIndex={0} role="group" aria-label={caption}>
        <table class="why">
          <caption class="hidden">{caption}</caption>
          <Head dimension={dimension} effects={effects} />
          <tbody>
            <tr class="strong">
              <th scope="row">{words.before}</th>
              <td class="fall" rowSpan={rows.length + 2}>
                <Waterfall {...values} rowHeight={rowHeight} theme={pageTheme} />
              </td>
              <td class="number">
                <Num value={before.value} kind={told.kind} currency={told.currency} />
              </td>
              <td colSpan={effects.length + 3} />
            </tr>
            {rows.map((row) => (
              <Contribution key={`${row.kind} ${row.key}`} row={row} by={why.by} told={told} effects={effects} />
            ))}
            <tr class="strong">
              <th scope="row">{words.after}</th>
              <td class="number">
                <Num value={after.value} kind={told.kind} currency={told.currency} />
              </td>
              <td colSpan={effects.length + 3} />
            </tr>
          </tbody>
        </table>
      </div>
      <Scale values={values} told={told} effects={effects} hasRemainder={why.remainder !== 0} />
    </>
  );
}

function Head({ dimension, effects }: { dimension: string; effects: readonly Effect[] }) {
  const { why: words } = useEvidenceTexts();
  const parts = effects.map((effect) => words[effect]);
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
  effects: readonly Effect[];
}

function Contribution({ row, by, told, effects }: ContributionProps) {
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
  return (
    <tr>
      <th scope="row">
        <RowName row={row} by={by} />
      </th>
      <td class={`number delta ${tone === "noise" ? "same" : tone}`}>{difference(row.total)}</td>
      {effects.map((effect) => (
        <td key={effect} class="number">
          {difference(row[effect])}
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

interface ScaleProps {
  values: Parameters<typeof extentOf>[0];
  told: Told;
  effects: readonly Effect[];
  hasRemainder: boolean;
}

/** What the drawing's ends mean, and what its effects are. */
function Scale({ values, told, effects, hasRemainder }: ScaleProps) {
  const { place } = useView();
  const { why: words } = useEvidenceTexts();
  const { low, high, isCut } = extentOf(values);
  const axis = (amount: number) => formatValue(place, amount, told.kind, "tile", told.currency);
  const scale = fill(words.axis, { low: axis(low), high: axis(high) });
  const legend = effects.map((effect) => words.legend[effect]);
  return (
    <p class="hint muted">
      {[
        isCut ? `${scale}; ${words.cut}.` : `${scale}.`,
        words.drill,
        ...legend,
        hasRemainder ? words.legend.remainder : "",
      ]
        .filter(Boolean)
        .join(" ")}
    </p>
  );
}
