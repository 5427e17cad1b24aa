import type { Band, ViewThrough } from "../../contract/view-through.ts";
import { fill } from "../../locales/index.ts";
import { formatDifference } from "../difference.ts";
import { formatNumber, formatValue } from "../format.ts";
import { dimensionName, Num, useView, valueName } from "../view.tsx";
import { useWords } from "./words.ts";

const most = 12;
const [width, height] = [140, 14];

/** What may have been brought without a click: a band from what clicks earned to the most that anything else speaks for. */
export function Unclicked({ views }: { views: ViewThrough }) {
  const { texts, place } = useView();
  const words = useWords().unclicked;
  const { currency, question, unexplained, gap } = views;
  const rows = views.rows.filter(({ clicks, ceiling, claimed }) => clicks !== 0 || ceiling !== 0 || claimed !== null);
  if (rows.length === 0) return null;
  const byChannel = question.by === "channel";
  const longest = Math.max(1, ...rows.map(({ ceiling }) => ceiling));
  const money = (amount: number) => formatValue(place, amount, "money", "tile", currency);
  const open = unexplained.direct + unexplained.none;
  return (
    <section class="card" aria-labelledby="unclicked">
      <h2 id="unclicked">{words.title}</h2>
      <p class="hint muted">{words.hint}</p>
      <div class="scroll" tabIndex={0} role="group" aria-label={words.title}>
        <table>
          <caption class="hidden">{words.title}</caption>
          <thead>
            <tr>
              <th scope="col">{dimensionName(texts, question.by)}</th>
              <th scope="col" class="number">
                {words.clicks}
              </th>
              <th scope="col">
                <span class="hidden">{words.band}</span>
              </th>
              <th scope="col" class="number">
                {words.ceiling}
              </th>
              <th scope="col" class="number">
                {words.seen}
              </th>
              <th scope="col" class="number">
                {words.claimed}
              </th>
              {byChannel && (
                <th scope="col" class="number">
                  {words.said}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row) => (
              <tr key={row.value}>
                <th scope="row">{row.name ?? valueName(texts, question.by, row.value)}</th>
                <td class="number strong">
                  <Num value={row.clicks} kind="money" currency={currency} />
                </td>
                <td>
                  <Reach band={row} longest={longest} />
                </td>
                <td class="number strong">
                  <Num value={row.ceiling} kind="money" currency={currency} />
                </td>
                <td class="number muted">
                  {row.seen === 0 ? "—" : formatDifference(place, row.seen, "money", currency)}
                </td>
                <td class="number muted">
                  {row.claimed === null ? "—" : <Num value={row.claimed} kind="money" currency={currency} />}
                </td>
                {byChannel && <td class="number muted">{formatNumber(place.locale, row.selfReported ?? 0)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="unclicked-rest">
        {fill(words.open, { open: money(open), direct: money(unexplained.direct), none: money(unexplained.none) })}{" "}
        {fill(words.gap, { gap: money(gap) })}
      </p>
      {rows.every(({ seen }) => seen === 0) && <p class="hint muted">{words.noImpressions}</p>}
    </section>
  );
}

/** From nothing to the floor as a bar, from there to the ceiling as a lighter one. */
function Reach({ band: { clicks, ceiling }, longest }: { band: Band; longest: number }) {
  const x = (amount: number) => Math.round((Math.max(0, amount) / longest) * width * 10) / 10;
  return (
    <svg class="band" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect x="0" y="2" width={x(clicks)} height={height - 4} fill="var(--c1)" />
      <rect
        x={x(clicks)}
        y="3"
        width={Math.max(0, x(ceiling) - x(clicks))}
        height={height - 6}
        fill="var(--tint)"
        stroke="var(--c1)"
        stroke-dasharray="3 2"
      />
    </svg>
  );
}
