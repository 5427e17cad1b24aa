import { max, min } from "d3-array";
import type { Mark } from "../charts/frame.tsx";
import { formatNumber, formatValue } from "../format.ts";
import { fill } from "../../locales/index.ts";
import { Fx } from "../ui/Tile.tsx";
import { indicatorTitle, Num, useView, type View } from "../view.tsx";
import type { Detail } from "./loader.ts";
import { isCut } from "./form.ts";

/** A trend in words: its ends and its extremes. */
export function summaryOf({ texts, place }: View, detail: Detail, marks: readonly Mark[]): string {
  const told = marks.filter((mark): mark is Mark & { value: number } => mark.value !== null);
  const [first, last] = [told[0], told.at(-1)];
  if (first === undefined || last === undefined) return texts.detail.summaryEmpty;
  const high = max(told, ({ value }) => value);
  const low = min(told, ({ value }) => value);
  const number = (value: number | undefined) =>
    value === undefined ? "—" : formatValue(place, value, detail.kind, "tile", detail.currency);
  const at = (value: number | undefined) => told.find((mark) => mark.value === value)?.label ?? "";
  const ends = { first: number(first.value), start: first.label, last: number(last.value), end: last.label };
  const summary = fill(texts.detail.summary, {
    ...ends,
    high: number(high),
    highAt: at(high),
    low: number(low),
    lowAt: at(low),
  });
  const unfinished = last.incomplete ? fill(texts.detail.summaryIncomplete, { end: capital(last.label) }) : "";
  const estimated =
    last.observed === null
      ? ""
      : fill(texts.detail.summaryEstimated, { end: last.label, observed: number(last.observed) });
  return [summary, unfinished, estimated, isCut(detail, marks) ? `${texts.detail.axisBroken}.` : ""]
    .filter(Boolean)
    .join(" ");
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The trend's numbers, the last period first. */
export function TrendTable({ detail, marks }: { detail: Detail; marks: readonly Mark[] }) {
  const { texts, place } = useView();
  const { kind, currency, trend, entry, variant } = detail;
  const has = {
    observed: trend.points.some(({ observed }) => observed !== null),
    previous: trend.previous.length > 0,
    goal: trend.goals.some((goal) => goal !== null),
    n: trend.points.some(({ n }) => n !== null),
  };
  const number = (value: number | null | undefined) =>
    typeof value === "number" ? <Num value={value} kind={kind} style="exact" currency={currency} /> : "—";
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={texts.detail.trend}>
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.detail.period}</th>
            <th scope="col" class="number before-fx">
              {texts.detail.value}
            </th>
            {has.observed && (
              <th scope="col" class="number">
                {texts.detail.observed}
              </th>
            )}
            {has.previous && (
              <th scope="col" class="number">
                {texts.detail.previous}
              </th>
            )}
            {has.goal && (
              <th scope="col" class="number">
                {texts.detail.goalLine}
              </th>
            )}
            {has.n && (
              <th scope="col" class="number">
                {texts.detail.n}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {trend.points
            .map((point, index) => (
              <tr key={point.period}>
                <th scope="row">
                  {marks[index]?.label}
                  {point.incomplete && <span class="flag"> {texts.detail.incomplete}</span>}
                  {point.observed !== null && <span class="flag"> {texts.detail.estimated}</span>}
                </th>
                <td class="number">
                  {number(point.value)}{" "}
                  <Fx
                    indicator={entry.id}
                    variant={variant.id}
                    title={`${indicatorTitle(texts, entry.id, entry.title)}, ${marks[index]?.label}`}
                    period={point.period}
                  />
                </td>
                {has.observed && <td class="number">{number(point.observed)}</td>}
                {has.previous && <td class="number">{number(trend.previous[index]?.value)}</td>}
                {has.goal && <td class="number">{number(trend.goals[index])}</td>}
                {has.n && <td class="number">{point.n === null ? "—" : formatNumber(place.locale, point.n)}</td>}
              </tr>
            ))
            .toReversed()}
        </tbody>
      </table>
    </div>
  );
}
