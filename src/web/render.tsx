import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Api } from "../contract/api.ts";
import { dictionaryOf, fill, type Language } from "../locales/index.ts";
import { App, type Parts } from "./App.tsx";
import { DrawnPage } from "./Drawn.tsx";
import { ApartEvidence, WhyEvidence } from "./evidence/Evidence.tsx";
import { Banner } from "./evidence/Banner.tsx";
import { Knobs } from "./evidence/Knobs.tsx";
import { ExplainPanel } from "./explain/Panel.tsx";
import { IndicatorScreen } from "./indicator/Screen.tsx";
import { loadPage as load, type Page, type PageRequest } from "./page.ts";
import { piecesOf, type PieceName } from "./routes.ts";
import type { ThemeName } from "./shell.ts";
import type { Stills } from "./Still.tsx";
import { viewOf, ViewProvider } from "./view.tsx";

export type { Page, PageRequest } from "./page.ts";

/** The built files that a page loads. */
export interface Assets {
  scripts: string[];
  styles: string[];
  /** Fetched early, so that text does not change its face. */
  fonts?: string[];
  /** The scripts of the pieces that only some pages show. */
  pieces?: Partial<Record<PieceName, string[]>>;
}

/** A page as the server is asked for it. */
export interface RenderRequest {
  path: string;
  search: URLSearchParams;
  language: Language;
  theme: ThemeName;
  nonce: string;
  assets: Assets;
  now?: string;
}

const parts: Parts = {
  Indicator: IndicatorScreen,
  Drawn: DrawnPage,
  Banner,
  Knobs,
  Why: WhyEvidence,
  Apart: ApartEvidence,
  Explain: ExplainPanel,
};

/** Loads a page and draws it as a whole HTML document. */
export async function renderPage(request: RenderRequest, api: Api): Promise<{ status: number; html: string }> {
  const page = await load(request, api);
  const body = renderToString(<App page={page} parts={parts} />);
  return { status: page.status, html: documentOf(request, page.title, body, page) };
}

/** Loads a page for a browser that is awake already: its answers, and the markup of what only the server draws. */
export async function loadPage(request: PageRequest, api: Api): Promise<Page> {
  const page = await load(request, api);
  const stills = stillsOf(page);
  return isDrawn(page.screen) ? { ...page, screen: screenAwake(page.screen), stills } : { ...page, stills };
}

function stillsOf({ shell, screen, explained }: Page): Stills {
  const draw = (part: ComponentChildren) => renderToString(<ViewProvider value={viewOf(shell)}>{part}</ViewProvider>);
  const { evidence = null, detail } = screen.name === "indicator" ? screen : {};
  const { shown = null } = isDrawn(screen) ? screen : {};
  return {
    banner: draw(<Banner />),
    ...(shown ? { drawn: draw(<DrawnPage shown={shown} />) } : {}),
    ...(evidence && detail
      ? {
          knobs: draw(<Knobs detail={detail} />),
          why: draw(<WhyEvidence evidence={evidence} detail={detail} />),
          apart: draw(<ApartEvidence evidence={evidence} detail={detail} />),
        }
      : {}),
    ...(explained ? { explain: draw(<ExplainPanel explained={explained} />) } : {}),
  };
}

type Drawn = Extract<Page["screen"], { shown: unknown }>;

/** Whether the server alone draws a screen. */
const isDrawn = (screen: Page["screen"]): screen is Drawn => "shown" in screen;

function screenAwake(screen: Page["screen"]): Page["screen"] {
  if (screen.name === "indicator") return { ...screen, evidence: null };
  return isDrawn(screen) ? { ...screen, shown: null } : screen;
}

/** A page as the browser needs it to wake up: without what only the server draws, which it has before it. */
const awake = (page: Page): Page => ({
  ...page,
  screen: screenAwake(page.screen),
  explained: page.explained && { ...page.explained, explanation: null },
});

/** The document for a page that could not be built; it asks no questions. */
export function renderFailure(request: RenderRequest, id: string): string {
  const { missing, product } = dictionaryOf(request.language);
  const body = renderToString(
    <main id="main" class="failure">
      <section class="card message">
        <h1>{missing.failedTitle}</h1>
        <p>{fill(missing.failed, { id })}</p>
        <p>
          <a class="button primary" href="/">
            {missing.back}
          </a>
        </p>
      </section>
    </main>,
  );
  return documentOf(
    { ...request, assets: { ...request.assets, scripts: [], pieces: {} } },
    `${missing.failedTitle} · ${product.name}`,
    body,
  );
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);

/** JSON that cannot end the script element it stands in. */
const embed = (value: unknown): string =>
  JSON.stringify(value).replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

function documentOf(request: RenderRequest, title: string, body: string, page?: Page): string {
  const { language, theme } = request;
  const chosen = theme === "auto" ? "" : ` data-theme="${theme}"`;
  return [
    `<!doctype html><html lang="${language}"${chosen}><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="color-scheme" content="${theme === "auto" ? "light dark" : theme}">`,
    `<title>${escape(title)}</title><link rel="icon" href="data:,">`,
    ...loadsOf(request),
    `</head><body><div id="app">${body}</div>`,
    page === undefined ? "" : `<script type="application/json" id="page">${embed(awake(page))}</script>`,
    `</body></html>`,
  ].join("");
}

/** The elements that load a page's files; the scripts of its pieces come along with the first one. */
function loadsOf({ path, nonce, assets }: RenderRequest): string[] {
  const own = `nonce="${escape(nonce)}"`;
  const pieces = piecesOf(path).flatMap((piece) => assets.pieces?.[piece] ?? []);
  return [
    ...(assets.fonts ?? []).map(
      (href) => `<link rel="preload" href="${escape(href)}" as="font" type="font/woff2" crossorigin>`,
    ),
    ...assets.styles.map((href) => `<link rel="stylesheet" href="${escape(href)}" ${own}>`),
    ...assets.scripts.map((src) => `<script type="module" src="${escape(src)}" ${own}></script>`),
    ...pieces.map((href) => `<link rel="modulepreload" href="${escape(href)}">`),
  ];
}
