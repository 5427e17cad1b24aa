import { renderToString } from "preact-render-to-string";
import type { Api } from "../contract/api.ts";
import { dictionaryOf, fill, type Language } from "../locales/index.ts";
import { App } from "./App.tsx";
import { loadPage, type Page } from "./page.ts";
import type { ThemeName } from "./shell.ts";

export { loadPage };
export type { Page, PageRequest } from "./page.ts";

/** The built files that a page loads. */
export interface Assets {
  scripts: string[];
  styles: string[];
  /** Fetched early, so that text does not change its face. */
  fonts?: string[];
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

/** Loads a page and draws it as a whole HTML document. */
export async function renderPage(request: RenderRequest, api: Api): Promise<{ status: number; html: string }> {
  const page = await loadPage(request, api);
  return { status: page.status, html: documentOf(request, page.title, renderToString(<App page={page} />), page) };
}

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
    { ...request, assets: { ...request.assets, scripts: [] } },
    `${missing.failedTitle} · ${product.name}`,
    body,
  );
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);

/** JSON that cannot end the script element it stands in. */
const embed = (value: unknown): string =>
  JSON.stringify(value).replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

function documentOf(
  { language, theme, nonce, assets }: RenderRequest,
  title: string,
  body: string,
  page?: Page,
): string {
  const styles = assets.styles.map((href) => `<link rel="stylesheet" href="${escape(href)}" nonce="${escape(nonce)}">`);
  const fonts = (assets.fonts ?? []).map(
    (href) => `<link rel="preload" href="${escape(href)}" as="font" type="font/woff2" crossorigin>`,
  );
  const scripts = assets.scripts.map(
    (src) => `<script type="module" src="${escape(src)}" nonce="${escape(nonce)}"></script>`,
  );
  const chosen = theme === "auto" ? "" : ` data-theme="${theme}"`;
  return [
    `<!doctype html><html lang="${language}"${chosen}><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="color-scheme" content="${theme === "auto" ? "light dark" : theme}">`,
    `<title>${escape(title)}</title><link rel="icon" href="data:,">`,
    ...fonts,
    ...styles,
    ...scripts,
    `</head><body><div id="app">${body}</div>`,
    page === undefined ? "" : `<script type="application/json" id="page">${embed(page)}</script>`,
    `</body></html>`,
  ].join("");
}
