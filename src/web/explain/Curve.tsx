import type { Curve } from "../../contract/curve.ts";
import { CurveChart } from "../charts/curve.tsx";
import { pageTheme } from "../charts/theme.ts";
import { formatNumber, formatValue } from "../format.ts";
import { useEvidenceTexts } from "../evidence/view.ts";
import { fill } from "../../locales/index.ts";
import { useView } from "../view.tsx";

type CurvePoint = Curve["points"][number];

/** How a share grows with the age of its cohort: drawn, in words, and as a table. */
export function CurveSection({ curve }: { curve: Curve }) {
  const { place } = useView();
  const { curve: words } = useEvidenceTexts();
  const { points, window, method } = curve;
  if (points.length === 0) return null;
  return (
    <section aria-labelledby="explain-curve">
      <h3 id="explain-curve">{words.title}</h3>
      <figure>
        <CurveChart
          points={points}
          window={window}
          width={400}
          height={190}
          theme={pageTheme}
          format={(value) => formatValue(place, value, "ratio", "axis")}
          formatAge={(age) => formatNumber(place.locale, age)}
        />
        <figcaption class="muted">
          <Summary curve={curve} /> {words.methods[method]}
        </figcaption>
      </figure>
      <details class="as-table">
        <summary>{words.table}</summary>
        <CurveTable points={thinned(points)} />
      </details>
    </section>
  );
}

function Summary({ curve: { points } }: { curve: Curve }) {
  const { place } = useView();
  const { curve: words } = useEvidenceTexts();
  const last = points.at(-1);
  const share = (value: number) => formatValue(place, value, "ratio", "tile");
  const number = (value: number) => formatNumber(place.locale, value);
  if (last === undefined) return null;
  const half = points.findLast(({ age }) => age <= last.age / 2);
  const end = {
    age: number(last.age),
    value: share(last.value),
    low: share(last.interval[0]),
    high: share(last.interval[1]),
  };
  return (
    <>
      {half === undefined || half.age === 0
        ? fill(words.summaryShort, end)
        : fill(words.summary, { ...end, half: number(half.age), halfValue: share(half.value) })}
    </>
  );
}

const rows = 12;

/** About a dozen points, the last one always among them. */
function thinned(points: readonly CurvePoint[]): CurvePoint[] {
  const every = Math.max(1, Math.ceil(points.length / rows));
  return points.filter((_, index) => (points.length - 1 - index) % every === 0);
}

function CurveTable({ points }: { points: readonly CurvePoint[] }) {
  const { place } = useView();
  const { curve: words } = useEvidenceTexts();
  const share = (value: number) => formatValue(place, value, "ratio", "exact");
  const number = (value: number) => formatNumber(place.locale, value);
  const hasRival = points.some(({ rival }) => rival > 0);
  const columns = [words.value, words.interval, words.atRisk, words.reached, ...(hasRival ? [words.rival] : [])];
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={words.title}>
      <table>
        <thead>
          <tr>
            {[words.age, ...columns].map((name) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map(({ age, value, interval, atRisk, reached, rival }) => (
            <tr key={age}>
              <th scope="row" class="number">
                {number(age)}
              </th>
              <td class="number">{share(value)}</td>
              <td class="number">
                {share(interval[0])} – {share(interval[1])}
              </td>
              <td class="number">{number(atRisk)}</td>
              <td class="number">{number(reached)}</td>
              {hasRival && <td class="number">{number(rival)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
