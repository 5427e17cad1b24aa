import type { Retention, SurvivalPoint } from "../../contract/retention.ts";
import { fill } from "../../locales/index.ts";
import { CurveChart } from "../charts/curve.tsx";
import { pageTheme } from "../charts/theme.ts";
import { formatNumber, formatValue } from "../format.ts";
import { useView } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useFigures, useWords } from "./words.ts";

/** Each width has its own drawing, so that its words keep their size; the page shows the one that fits. */
const drawings = [
  ["wide", 860, 260],
  ["narrow", 316, 220],
] as const;

/** How long customers stay: drawn, in words, and as a table. */
export function Survival({ found: { survival } }: { found: Retention }) {
  const { place } = useView();
  const words = useWords();
  const { share } = useFigures();
  const last = survival.at(-1);
  if (last === undefined || last.month === 0) return null;
  const half = survival.find(({ month }) => month === Math.floor(last.month / 2));
  const told = [half, last].filter((point) => point !== undefined && point.month > 0) as SurvivalPoint[];
  return (
    <section class="card" aria-labelledby="survival">
      <h2 id="survival">{words.survival}</h2>
      <figure class="stays">
        {drawings.map(([name, width, height]) => (
          <div key={name} class={name}>
            <CurveChart
              points={survival.map((point) => ({ age: point.month, value: point.share, interval: point.interval }))}
              window={last.month}
              width={width}
              height={height}
              theme={pageTheme}
              format={(value) => formatValue(place, value, "ratio", "axis")}
              formatAge={(month) => formatNumber(place.locale, month)}
            />
          </div>
        ))}
        <figcaption class="muted hint">
          {told
            .map(({ month, share: value }) => fill(words.survivalPoint, { months: month, share: share(value) }))
            .join(" ")}{" "}
          {words.survivalHint}
        </figcaption>
      </figure>
      <details class="as-table">
        <summary>{words.asTable}</summary>
        <Points points={survival} />
      </details>
    </section>
  );
}

function Points({ points }: { points: readonly SurvivalPoint[] }) {
  const words = useWords();
  const { share, count } = useFigures();
  return (
    <Sheet
      name={words.survival}
      class="funnel"
      heads={
        <>
          <Heads names={[words.months, words.share, words.interval, words.atRisk]} numbers />
        </>
      }
    >
      {points.map(({ month, share: value, interval, atRisk }) => (
        <tr key={month}>
          <th scope="row" class="number">
            {count(month)}
          </th>
          <td class="number">
            <data value={String(value)}>{share(value)}</data>
          </td>
          <td class="number muted">
            {share(interval[0])} – {share(interval[1])}
          </td>
          <td class="number muted">{count(atRisk)}</td>
        </tr>
      ))}
    </Sheet>
  );
}
