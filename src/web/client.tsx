import { hydrate, render } from "preact";
import "./styles/index.css";
import { App } from "./App.tsx";
import { watchKeys } from "./browser/keys.ts";
import { watchLinks } from "./browser/navigation.ts";
import { watchCopies } from "./browser/copy.ts";
import type { Page } from "./page.ts";

const root = document.getElementById("app");
const embedded = document.getElementById("page")?.textContent;

if (root && embedded) {
  const page = JSON.parse(embedded) as Page;
  document.documentElement.classList.add("scripted");
  hydrate(<App page={page} />, root);
  watchLinks(page, (next) => render(<App page={next} />, root));
  watchKeys();
  watchCopies();
  performance.mark("ready");
}
