import type { Attainment } from "../../contract/attainment.ts";
import type { Row } from "../../contract/answer.ts";
import { paceOf, verdictTexts } from "../attainments.ts";
import { attainmentOf, changeOf, formatAttainment, isChance, unlessChance } from "../change.ts";
import { Bullet } from "../charts/bullet.tsx";
import { pageTheme } from "../charts/theme.ts";
import { formatSpan } from "../dates.ts";
import { formatNumber, formatValue } from "../format.ts";
import { fill } from "../../locales/index.ts";
import { Delta } from "../ui/Delta.tsx";
import { Fx } from "../ui/Tile.tsx";
import { definitionText, formulaText, Num, reasonOf, useView } from "../view.tsx";
import type { Detail } from "./loader.ts";

/** The number of the page: its change in words, what is expected of it, and where it stands against its goal. */
export function Headline({ detail, title }: { detail: Detail; title: string }) {
  const { shell, texts, place } = useView();
  const { total, kind, currency, entry, variant } = detail;
  const change = changeOf(place, total?.value ?? null, detail.previous, kind, detail.better);
  const isNoise = isChance(change, detail.certain === false);
  const versus =
    shell.compared && fill(texts.change.versus, { range: formatSpan(place, shell.compared, shell.workspace.today) });
  return (
    <>
      <div class="headline-value">
        <p class="big">
          {typeof total?.value === "number" ? <Num value={total.value} kind={kind} currency={currency} /> : "—"}{" "}
          <Fx indicator={entry.id} variant={variant.id} title={title} />
          {total?.flags.includes("estimated") && <span class="flag">{texts.detail.estimated}</span>}
        </p>
        <p class="tile-change">
          {typeof total?.value === "number" ? (
            <>
              <Delta change={unlessChance(change, isNoise)} versus={versus} />
              {isNoise && <span class="muted"> · {texts.detail.noise}</span>}
            </>
          ) : (
            reasonOf(texts, total?.flags ?? [], total?.parts)
          )}
        </p>
        {total && <Estimate row={total} detail={detail} />}
        <p class="muted">{formatSpan(place, shell.period, shell.workspace.today)}</p>
      </div>
      <Facts detail={detail} />
      <Goal detail={detail} />
    </>
  );
}

/** What was seen so far, what is expected of it, and how much of its time it has had. */
function Estimate({ row, detail }: { row: Row; detail: Detail }) {
  const { texts, place } = useView();
  const { kind, currency, window } = detail;
  if (row.observed === null || row.value === null) return null;
  const value = (amount: number) => formatValue(place, amount, kind, "tile", currency);
  const days = window === null ? "" : formatNumber(place.locale, window);
  const expected = fill(window === null ? texts.detail.expected : texts.detail.expectedAt, {
    value: value(row.value),
    days,
  });
  const [low, high] = row.band ?? [];
  const share = row.maturity === null ? null : formatAttainment(place, row.maturity);
  const pieces = [
    fill(texts.detail.soFar, { value: value(row.observed) }),
    low === undefined || high === undefined
      ? expected
      : fill(texts.detail.between, { expected, low: value(low), high: value(high) }),
    share === null ? "" : fill(texts.detail.lived, { share }),
  ];
  return <p class="estimate">{pieces.filter(Boolean).join(" · ")}</p>;
}

function Facts({ detail }: { detail: Detail }) {
  const { texts, place } = useView();
  const { total, kind, currency, variant, clock } = detail;
  const value = (amount: number) => formatValue(place, amount, kind, "tile", currency);
  return (
    <ul class="facts">
      <li>
        <code>{formulaText(texts, variant.formula)}</code>
      </li>
      <li>{texts.detail.better[detail.better]}</li>
      {clock && <li>{texts.detail.clock[clock]}</li>}
      {typeof total?.n === "number" && <li>{fill(texts.explain.n, { n: formatNumber(place.locale, total.n) })}</li>}
      {total?.interval && (
        <li>
          {fill(texts.detail.intervalOf, { level: formatNumber(place.locale, detail.level, { style: "percent" }) })}{" "}
          {value(total.interval[0])} – {value(total.interval[1])}
        </li>
      )}
      <li>{definitionText(texts, place, detail.definition)}</li>
    </ul>
  );
}

/** What the goal asks for by now, and of each working day that is left. */
function Pace({ attainment, detail: { kind, currency } }: { attainment: Attainment; detail: Detail }) {
  const { texts, place } = useView();
  const { due, passed, days, required } = attainment;
  const value = (amount: number) => formatValue(place, amount, kind, "tile", currency);
  if (paceOf(attainment) === null) return null;
  const asked = fill(texts.goal.due, {
    due: value(due),
    passed: formatNumber(place.locale, passed),
    days: formatNumber(place.locale, days),
  });
  const asks = attainment.better === "higher" ? texts.goal.required : texts.goal.requiredMost;
  const left = required === null || required <= 0 ? "" : fill(asks, { amount: value(required) });
  return <p>{[asked, left].filter(Boolean).join(" · ")}</p>;
}

function Goal({ detail }: { detail: Detail }) {
  const { texts, place } = useView();
  const { goal, total, kind, currency, attainment } = detail;
  const share = attainmentOf(total?.value ?? null, goal, detail.better);
  if (goal === null || share === null || typeof total?.value !== "number") return null;
  return (
    <div class="headline-goal">
      <Bullet value={total.value} goal={goal} pace={paceOf(attainment)} width={300} height={14} theme={pageTheme} />
      <p>
        {fill(texts.tile.goal, { goal: formatValue(place, goal, kind, "tile", currency) })} ·{" "}
        <strong>{fill(texts.tile.attainment, { share: formatAttainment(place, share) })}</strong>
        {attainment?.verdict && (
          <span class={`delta ${attainment.met ? "good" : "bad"}`}>
            {" "}
            {texts.goal[verdictTexts[attainment.verdict]]}
          </span>
        )}
        {!attainment?.verdict && share >= 1 && <span class="delta good"> {texts.goal.met}</span>}
      </p>
      {attainment && <Pace attainment={attainment} detail={detail} />}
    </div>
  );
}
