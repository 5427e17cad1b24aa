import { hydrate, render } from "preact";
import "./styles/index.css";
import { App } from "./App.tsx";
import { watchKeys } from "./browser/keys.ts";
import { watchLinks } from "./browser/navigation.ts";
import { watchCopies } from "./browser/copy.ts";
import { fetchPieces } from "./browser/pieces.ts";
import type { Page } from "./page.ts";
import { piecesOf } from "./routes.ts";

/** Wakes the page up. Its pieces import this script, so nothing here may wait for them before it has run. */
async function wake(root: HTMLElement, page: Page): Promise<void> {
  document.documentElement.classList.add("scripted");
  const parts = await fetchPieces(piecesOf(location.pathname));
  hydrate(<App page={page} parts={parts} />, root);
  watchLinks(page, (next) => render(<App page={next} parts={parts} />, root));
  watchKeys();
  watchCopies();
  performance.mark("ready");
}

const root = document.getElementById("app");
const embedded = document.getElementById("page")?.textContent;
if (root && embedded) void wake(root, JSON.parse(embedded) as Page);
