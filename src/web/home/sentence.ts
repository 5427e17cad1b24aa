import { attainmentOf, changeOf, formatAttainment, unlessChance, type Change } from "../change.ts";
import { daysIn, formatMonthName, formatSpan } from "../dates.ts";
import { formatCounted, formatValue } from "../format.ts";
import { fill } from "../../locales/index.ts";
import { indicatorShort, type View } from "../view.tsx";
import type { Tile } from "./loader.ts";
import { isOnGoal, standingOf } from "./standing.ts";

/** A piece of the sentence: words, or a number that opens its explanation. */
export type Piece = string | { text: string; indicator: string; value: number };

/** The change of a tile as the page compares it; one that may be chance is neither better nor worse. */
export const changeOfTile = ({ place }: View, tile: Tile): Change =>
  unlessChance(
    changeOf(place, tile.total?.value ?? null, tile.previous, tile.kind, tile.better),
    tile.certain === false,
  );

/** What the page says in words: where revenue stands, what got worse the most, and how many improve. */
export function sentenceOf(view: View, tiles: readonly Tile[]): Piece[] {
  return [...revenuePieces(view, tiles), " ", ...worstPieces(view, tiles)];
}

function revenuePieces(view: View, tiles: readonly Tile[]): Piece[] {
  const { shell, texts, place } = view;
  const tile = tiles.find(({ id }) => id === "sales-revenue");
  const value = tile?.total?.value;
  if (tile === undefined || typeof value !== "number") return [];
  const change = changeOfTile(view, tile);
  const share = attainmentOf(value, tile.goal, tile.better);
  const compared = shell.compared !== undefined && change.tone !== "none";
  const template = !compared
    ? texts.home.sentenceValue
    : share === null
      ? texts.home.sentenceCompared
      : texts.home.sentenceGoal;
  return split(template, {
    period: periodName(view),
    value: { text: formatValue(place, value, tile.kind, "tile", tile.currency), indicator: tile.id, value },
    change: change.amount || texts.home.sentenceSame,
    previous: shell.compared ? formatSpan(place, shell.compared, shell.workspace.today) : "",
    attainment: share === null ? "" : formatAttainment(place, share),
  });
}

function worstPieces(view: View, tiles: readonly Tile[]): Piece[] {
  const { shell, texts, place } = view;
  if (shell.compared === undefined) return [];
  const measured = tiles.filter(({ id }) => id !== "scoreboard");
  const [worst] = worseningOf(view, measured);
  const comparable = measured.filter((tile) => changeOfTile(view, tile).tone !== "none");
  if (comparable.length === 0) return [];
  const improving = comparable.filter((tile) => changeOfTile(view, tile).tone === "good").length;
  const told = fill(formatCounted(place, texts.home.improving, improving), { total: comparable.length });
  if (worst === undefined) return [`${texts.home.nothingWorse} ${told}.`];
  const value = worst.tile.total?.value ?? 0;
  const change = { text: worst.change.amount, indicator: worst.tile.id, value };
  return [
    ...split(texts.home.worst, { indicator: indicatorShort(texts, worst.tile.id, worst.tile.title), change }),
    ` ${told}.`,
  ];
}

/** What a manager should look at: goals that are missed or behind, the farthest first, then worsenings of what has no goal. */
export function concernsOf(view: View, tiles: readonly Tile[]): { tile: Tile; share: number | null; change: Change }[] {
  const standings = tiles.map((tile) => ({ tile, standing: standingOf(tile), change: changeOfTile(view, tile) }));
  const off = standings
    .flatMap(({ tile, standing, change }) =>
      standing === null || isOnGoal(standing) ? [] : [{ tile, share: standing.share, change }],
    )
    .toSorted((one, other) => one.share - other.share);
  const withoutGoal = standings.filter(({ standing }) => standing === null).map(({ tile }) => tile);
  const worse = worseningOf(view, withoutGoal).map(({ tile, change }) => ({ tile, share: null, change }));
  return [...off, ...worse];
}

/** Worsenings beyond noise, the greatest first; of at least 3 % where noise cannot be told. */
export function worseningOf(view: View, tiles: readonly Tile[]): { tile: Tile; change: Change }[] {
  return tiles
    .map((tile) => ({ tile, change: changeOfTile(view, tile), size: relativeChange(tile) }))
    .filter(({ tile, change, size }) => change.tone === "bad" && (tile.certain === true || size >= 0.03))
    .toSorted((one, other) => other.size - one.size);
}

const relativeChange = ({ total, previous }: Tile): number =>
  previous === null || previous === 0 || typeof total?.value !== "number"
    ? 0
    : Math.abs((total.value - previous) / previous);

function periodName({ shell, place, texts }: View): string {
  const { period } = shell;
  if (period.grain === "month") return formatMonthName(place, period.from);
  const named = period.text === "qtd" || period.text === "ytd" || period.text === "last30";
  return named
    ? texts.periods[period.text as "qtd"]
    : formatSpan(place, daysIn(period) > 0 ? period : { from: period.from, to: period.end });
}

/** A template with its placeholders replaced by pieces. */
function split(template: string, values: Record<string, Piece>): Piece[] {
  return template.split(/(\{\w+\})/).flatMap((text) => {
    const name = /^\{(\w+)\}$/.exec(text)?.[1];
    const piece = name === undefined ? text : (values[name] ?? text);
    return piece === "" ? [] : [piece];
  });
}
