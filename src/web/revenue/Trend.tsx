import type { Revenue, RevenueMonth } from "../../contract/revenue.ts";
import { fill } from "../../locales/index.ts";
import type { Mark } from "../charts/frame.tsx";
import { Line } from "../charts/line.tsx";
import { pageTheme } from "../charts/theme.ts";
import { formatPeriod, formatTick } from "../dates.ts";
import { formatValue } from "../format.ts";
import { Num, useView } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useWords } from "./words.ts";

/** Each width has its own drawing, so that its words keep their size; the page shows the one that fits. */
const drawings = [
  { name: "wide", width: 960, height: 300, past: 18, ahead: 12 },
  { name: "narrow", width: 316, height: 240, past: 8, ahead: 4 },
] as const;

/** What came month by month, and what is foretold: drawn, and as a table. */
export function Trend({ found }: { found: Revenue }) {
  const { place } = useView();
  const words = useWords();
  const now = found.months.findLastIndex(({ value }) => value !== null);
  const marks = useMarks(found.months);
  return (
    <section class="card" aria-labelledby="trend">
      <h2 id="trend">{words.trend}</h2>
      <figure class="stays">
        {drawings.map(({ name, width, height, past, ahead }) => (
          <div key={name} class={name}>
            <Line
              id={`revenue-${name}`}
              marks={marks.slice(Math.max(0, now - past), now + ahead)}
              width={width}
              height={height}
              theme={pageTheme}
              format={(value) => formatValue(place, value, "money", "axis", found.currency)}
            />
          </div>
        ))}
        <figcaption class="muted hint">
          {found.fan === null ? words.trendHintNone : fill(words.trendHint, { method: words.methods[found.fan] })}
        </figcaption>
      </figure>
      <details class="as-table">
        <summary>{words.asTable}</summary>
        <Months found={found} />
        <p class="muted hint">{words.adjustedHint}</p>
      </details>
    </section>
  );
}

function useMarks(months: readonly RevenueMonth[]): Mark[] {
  const { place } = useView();
  return months.map(({ month, value, projection, goal }) => ({
    label: formatPeriod(place, month, "month"),
    tick: formatTick(place, month, "month"),
    year: month.slice(5, 7) === "01" ? month.slice(0, 4) : "",
    value: projection?.mid ?? value,
    observed: projection === null ? null : value,
    interval: projection && [projection.low, projection.high],
    previous: null,
    goal,
    incomplete: projection !== null,
  }));
}

function Months({ found: { months, currency } }: { found: Revenue }) {
  const { place } = useView();
  const words = useWords();
  const columns = [
    words.actual,
    words.low,
    words.mid,
    words.high,
    words.plan,
    words.yearBefore,
    words.rolling,
    words.adjusted,
  ];
  const money = (value: number | null | undefined) =>
    value == null ? "" : <Num value={value} kind="money" currency={currency} />;
  return (
    <Sheet
      name={words.trend}
      class="funnel"
      heads={
        <>
          <th scope="col">{words.month}</th>
          <Heads names={columns} numbers />
        </>
      }
    >
      {months.map(({ month, value, projection, goal, yearBefore, rolling, adjusted }) => (
        <tr key={month}>
          <th scope="row">{formatPeriod(place, month, "month")}</th>
          <td class="number strong">{money(value)}</td>
          <td class="number muted">{money(projection?.low)}</td>
          <td class="number">{money(projection?.mid)}</td>
          <td class="number muted">{money(projection?.high)}</td>
          <td class="number">{money(goal)}</td>
          <td class="number muted">{money(yearBefore)}</td>
          <td class="number muted">{money(rolling)}</td>
          <td class="number muted">{money(adjusted)}</td>
        </tr>
      ))}
    </Sheet>
  );
}
