import { hrefOf } from "../address.ts";
import { formatAttainment } from "../change.ts";
import { formatInstant } from "../dates.ts";
import { fill } from "../../locales/index.ts";
import { spellTarget } from "../target.ts";
import { Delta } from "../ui/Delta.tsx";
import { Chips } from "../ui/FilterBar.tsx";
import { Dropped, Ended, Freshness, Warnings } from "../ui/Notices.tsx";
import { Tile } from "../ui/Tile.tsx";
import { indicatorPath } from "../routes.ts";
import { indicatorShort, useView } from "../view.tsx";
import type { Home } from "./loader.ts";
import { concernsOf, sentenceOf } from "./sentence.ts";
import "./screen.css";

/** The home page: are we well, where not, since when. */
export function HomeScreen({ home }: { home: Home }) {
  const { shell, texts, place } = useView();
  return (
    <>
      <header class="page-head">
        <h1 tabIndex={-1}>{texts.home.title}</h1>
        <p class="muted">{shell.workspace.name}</p>
      </header>
      <Ended />
      <Dropped />
      <Chips />
      <Sentence home={home} />
      <Attention home={home} />
      <section aria-labelledby="tiles">
        <h2 id="tiles" class="hidden">
          {texts.home.tiles}
        </h2>
        <div class="tiles">
          {home.tiles.map((tile) => (
            <Tile key={tile.id} tile={tile} />
          ))}
        </div>
      </section>
      <footer class="page-foot">
        <p class="muted">
          {shell.now &&
            shell.address.knownOn === undefined &&
            fill(texts.freshness.asOf, { when: formatInstant(place, shell.now, shell.workspace.timeZone) })}
        </p>
        <Freshness sources={home.freshness} />
        <Warnings warnings={home.warnings} />
      </footer>
    </>
  );
}

function Sentence({ home }: { home: Home }) {
  const view = useView();
  const pieces = sentenceOf(view, home.tiles);
  return (
    <p class="sentence">
      {pieces.map((piece, index) =>
        typeof piece === "string" ? (
          piece
        ) : (
          <a
            key={index}
            href={hrefOf(view.shell.address, {
              explain: spellTarget({ indicator: piece.indicator, variant: undefined, key: {}, period: undefined }),
            })}
          >
            <data value={String(piece.value)}>{piece.text}</data>
          </a>
        ),
      )}
    </p>
  );
}

function Attention({ home }: { home: Home }) {
  const view = useView();
  const { shell, texts } = view;
  const tiles = home.tiles.filter(({ id }) => id !== "scoreboard");
  const concerns = concernsOf(view, tiles).slice(0, 4);
  if (concerns.length === 0) return null;
  return (
    <section class="attention" aria-labelledby="attention">
      <h2 id="attention">{texts.home.attention}</h2>
      <ul>
        {concerns.map(({ tile, share, change }) => (
          <li key={tile.id}>
            <a href={hrefOf(shell.address, { path: indicatorPath(tile.id), explain: undefined })}>
              {indicatorShort(texts, tile.id, tile.title)}
            </a>{" "}
            {share !== null && (
              <span class="delta bad">
                {fill(texts.tile.attainment, { share: formatAttainment(view.place, share) })}
                {change.tone === "none" || change.tone === "same" ? "" : " · "}
              </span>
            )}
            {change.tone !== "none" && change.tone !== "same" && <Delta change={change} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
