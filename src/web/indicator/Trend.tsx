import { useState } from "preact/hooks";
import { hrefOf, type Address } from "../address.ts";
import { changeOf } from "../change.ts";
import { Bars } from "../charts/bars.tsx";
import type { Mark } from "../charts/frame.tsx";
import { Line } from "../charts/line.tsx";
import { pageTheme } from "../charts/theme.ts";
import { formatPeriod, formatTick } from "../dates.ts";
import { formatValue } from "../format.ts";
import { fill } from "../../locales/index.ts";
import { spellTarget } from "../target.ts";
import { Refusal } from "../ui/Notices.tsx";
import { useView, type View } from "../view.tsx";
import type { Detail } from "./loader.ts";
import { isBars } from "./form.ts";
import { summaryOf, TrendTable } from "./TrendTable.tsx";
import { useWidth } from "./width.ts";

const height = 260;

/** How an indicator moved: a chart that the arrow keys walk through, a summary in words, and the same as a table. */
export function TrendCard({ detail }: { detail: Detail }) {
  const view = useView();
  const { shell, texts } = view;
  const { trend } = detail;
  const marks = marksOf(view, detail);
  return (
    <section class="card" aria-labelledby="trend">
      <header class="card-head">
        <h2 id="trend">{fill(texts.detail.trendBy, { grain: texts.grains[trend.grain] })}</h2>
        <nav class="segments" aria-label={texts.detail.grain}>
          {detail.grains.map((grain) => (
            <a
              key={grain}
              href={hrefOf(shell.address, { grain })}
              aria-current={grain === trend.grain ? "true" : undefined}
            >
              {texts.grains[grain]}
            </a>
          ))}
        </nav>
      </header>
      {trend.problem ? (
        <Refusal problem={trend.problem} />
      ) : (
        <figure class="trend-figure">
          <Legend marks={marks} />
          <Chart detail={detail} marks={marks} />
          <figcaption class="muted">{summaryOf(view, detail, marks)}</figcaption>
        </figure>
      )}
      <details class="as-table" open={shell.address.table}>
        <summary>{texts.detail.asTable}</summary>
        <TrendTable detail={detail} marks={marks} />
      </details>
      <a
        class="by-key"
        href={hrefOf(shell.address, { table: !shell.address.table })}
        aria-keyshortcuts="t"
        tabIndex={-1}
        aria-hidden="true"
      />
    </section>
  );
}

/** What the looks mean, for those that are there beside the actual ones. */
function Legend({ marks }: { marks: readonly Mark[] }) {
  const { texts } = useView();
  const shown = [
    ["actual", true, texts.detail.actual],
    ["previous", marks.some(({ previous }) => previous !== null), texts.detail.previous],
    ["goal", marks.some(({ goal }) => goal !== null), texts.detail.goalLine],
    ["incomplete", marks.some(({ incomplete }) => incomplete), texts.detail.incomplete],
    ["incomplete", marks.some(({ observed }) => observed !== null), texts.detail.estimated],
    ["previous", marks.some(({ observed }) => observed !== null), texts.detail.observed],
    ["interval", marks.some(({ interval }) => interval !== null), texts.detail.interval],
  ] as const;
  return (
    <ul class="legend">
      {shown.map(([role, isShown, text]) =>
        isShown ? (
          <li key={text} class={role}>
            {text}
          </li>
        ) : null,
      )}
    </ul>
  );
}

function Chart({ detail, marks }: { detail: Detail; marks: Mark[] }) {
  const view = useView();
  const { texts, place } = view;
  const { box, width } = useWidth<HTMLDivElement>(720);
  const [cursor, setCursor] = useState<number>();
  const at = cursor === undefined ? undefined : Math.min(cursor, marks.length - 1);
  const format = (value: number) => formatValue(place, value, detail.kind, "axis", detail.currency);
  const Drawing = isBars(detail, marks) ? Bars : Line;
  const move = (event: KeyboardEvent) => {
    if (event.key === "Enter" && at !== undefined) return openRows(view.shell.address, detail, at);
    const next = nextCursor(event.key, at, marks.length);
    if (next === undefined) return;
    event.preventDefault();
    setCursor(next);
  };
  const point = ({ target }: PointerEvent) => {
    const index = target instanceof Element ? target.closest<SVGElement>("[data-index]")?.dataset["index"] : undefined;
    if (index !== undefined) setCursor(Number(index));
  };
  return (
    <>
      <div
        class="chart-box"
        ref={box}
        tabIndex={0}
        role="group"
        aria-label={texts.detail.trend}
        onKeyDown={move}
        onPointerMove={point}
        onPointerLeave={() => setCursor(undefined)}
        onBlur={() => setCursor(undefined)}
      >
        <Drawing
          id="trend-chart"
          marks={marks}
          width={width}
          height={height}
          theme={pageTheme}
          format={format}
          cursor={at}
        />
      </div>
      <p class="readout" aria-live="polite">
        {at === undefined ? "\u00a0" : readingOf(view, detail, marks[at])}
      </p>
    </>
  );
}

function nextCursor(key: string, at: number | undefined, count: number): number | undefined {
  const last = count - 1;
  const to = {
    ArrowRight: at === undefined ? 0 : Math.min(last, at + 1),
    ArrowLeft: at === undefined ? last : Math.max(0, at - 1),
    Home: 0,
    End: last,
  };
  return Object.hasOwn(to, key) ? to[key as keyof typeof to] : undefined;
}

function openRows(address: Address, detail: Detail, index: number): void {
  const period = detail.trend.points[index]?.period;
  const explain = spellTarget({ indicator: detail.entry.id, variant: detail.variant.id, key: {}, period });
  document.dispatchEvent(
    new CustomEvent("embudo:go", { detail: hrefOf(address, { explain, part: undefined, offset: 0 }) }),
  );
}

/** What a mark says, in one line. */
function readingOf({ place, texts }: View, { kind, currency, better }: Detail, mark: Mark | undefined): string {
  if (mark === undefined) return "";
  const told = mark.value === null ? "—" : formatValue(place, mark.value, kind, "exact", currency);
  const change = changeOf(place, mark.value, mark.previous, kind, better);
  return [
    `${mark.label}: ${told}`,
    change.amount && `${change.amount} ${change.word}`,
    mark.incomplete && texts.detail.incomplete,
    mark.observed !== null &&
      fill(texts.detail.soFar, { value: formatValue(place, mark.observed, kind, "tile", currency) }),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** The points of a trend with their names. */
function marksOf({ place }: View, { trend }: Detail): Mark[] {
  return trend.points.map((point, index) => ({
    label: formatPeriod(place, point.period, trend.grain),
    tick: formatTick(place, point.period, trend.grain),
    year: isFirstOfYear(trend.points, index) && trend.grain !== "day" ? point.period.slice(0, 4) : "",
    value: point.value,
    observed: point.observed,
    interval: point.interval,
    previous: trend.previous[index]?.value ?? null,
    goal: trend.goals[index] ?? null,
    incomplete: point.incomplete,
  }));
}

const isFirstOfYear = (points: readonly { period: string }[], index: number): boolean =>
  points[index]?.period.slice(0, 4) !== points[index - 1]?.period.slice(0, 4);
