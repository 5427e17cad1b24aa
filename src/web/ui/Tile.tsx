import { hrefOf, shared } from "../address.ts";
import { changeOf, formatAttainment, unlessChance } from "../change.ts";
import { Bullet } from "../charts/bullet.tsx";
import { Spark } from "../charts/spark.tsx";
import { pageTheme } from "../charts/theme.ts";
import { formatSpan } from "../dates.ts";
import { formatNumber, formatValue, type Place } from "../format.ts";
import type { Tile as TileData } from "../home/loader.ts";
import { isOnGoal, standingOf } from "../home/standing.ts";
import { fill } from "../../locales/index.ts";
import { indicatorPath } from "../routes.ts";
import { spellTarget } from "../target.ts";
import { indicatorTitle, Num, reasonOf, useView } from "../view.tsx";
import { Delta } from "./Delta.tsx";
import { Refusal } from "./Notices.tsx";

/** One indicator on the home page: value, change in words, trend and goal; its name opens its page, ƒx its explanation. */
export function Tile({ tile }: { tile: TileData }) {
  const { shell, texts } = useView();
  const title = indicatorTitle(texts, tile.id, tile.title);
  const path = indicatorPath(tile.id);
  return (
    <article class="tile" data-kpi={tile.id}>
      <header>
        <h3>
          <a href={hrefOf(shell.address, { ...shared(shell.address), path })}>{title}</a>
        </h3>
        <Fx indicator={tile.id} title={title} />
      </header>
      {tile.problem ? <Refusal problem={tile.problem} /> : <Value tile={tile} />}
      <div class="tile-spark">
        <Spark points={tile.series} width={300} height={40} theme={pageTheme} />
      </div>
      <GoalLine tile={tile} />
    </article>
  );
}

/** The link that explains a number. The sign that is seen is drawn by the style sheet; its name is in words. */
export function Fx({
  indicator,
  title,
  variant,
  keyed = {},
  period,
}: {
  indicator: string;
  title: string;
  variant?: string | undefined;
  keyed?: Record<string, string | null>;
  period?: string;
}) {
  const { shell, texts } = useView();
  const explain = spellTarget({ indicator, variant, key: keyed, period });
  const isOpen = shell.address.explain === explain;
  return (
    <a
      class="fx"
      href={hrefOf(shell.address, { explain, part: undefined, offset: 0 })}
      aria-current={isOpen ? "true" : undefined}
      data-explain
    >
      <span class="hidden">{fill(texts.tile.explain, { indicator: title })}</span>
    </a>
  );
}

function Value({ tile }: { tile: TileData }) {
  const { shell, texts, place } = useView();
  const { total } = tile;
  if (total === null || total.value === null) {
    return (
      <>
        <p class="tile-value">—</p>
        <p class="tile-change muted">{reasonOf(texts, total?.flags ?? [], total?.parts)}</p>
      </>
    );
  }
  const change = changeOf(place, total.value, tile.previous, tile.kind, tile.better);
  const versus =
    shell.compared && fill(texts.change.versus, { range: formatSpan(place, shell.compared, shell.workspace.today) });
  return (
    <>
      <p class="tile-value">
        {tile.id === "scoreboard" ? (
          <Count tile={tile} value={total.value} />
        ) : (
          <Num value={total.value} kind={tile.kind} currency={tile.currency} />
        )}
        {total.flags.includes("estimated") && <span class="flag">{texts.detail.estimated}</span>}
      </p>
      <p class="tile-change">
        <Delta change={unlessChance(change, tile.certain === false)} versus={versus} />
      </p>
    </>
  );
}

/** A share of few things reads better as "5 of 8". */
function Count({ tile, value }: { tile: TileData; value: number }) {
  const { texts, place } = useView();
  const [part, whole] = Object.values(tile.total?.parts ?? {});
  if (typeof part !== "number" || typeof whole !== "number") return <Num value={value} kind={tile.kind} />;
  const number = (amount: number) => formatNumber(place.locale, amount);
  return <data value={String(value)}>{fill(texts.units.of, { part: number(part), whole: number(whole) })}</data>;
}

/** A goal as its value is told: a count of things where the value is one. */
function goalText(place: Place, tile: TileData, goal: number): string {
  const whole = Object.values(tile.total?.parts ?? {})[1];
  if (tile.id === "scoreboard" && typeof whole === "number")
    return formatNumber(place.locale, goal * whole, { maximumFractionDigits: 1 });
  return formatValue(place, goal, tile.kind, "tile", tile.currency);
}

function GoalLine({ tile }: { tile: TileData }) {
  const { texts, place } = useView();
  const value = tile.total?.value ?? null;
  const standing = standingOf(tile);
  if (tile.goal === null || value === null || standing === null)
    return <p class="tile-goal muted">{texts.tile.noGoal}</p>;
  const goal = goalText(place, tile, tile.goal);
  return (
    <div class="tile-goal">
      <Bullet value={value} goal={tile.goal} pace={standing.due} width={300} height={12} theme={pageTheme} />
      <p>
        {fill(texts.tile.goal, { goal })} · <strong>{formatAttainment(place, standing.share)}</strong>
        <span class={`delta ${isOnGoal(standing) ? "good" : "bad"}`}> {texts.goal[standing.state]}</span>
      </p>
    </div>
  );
}
