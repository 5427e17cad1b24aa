import { Hono, type Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Api } from "../contract/api.ts";
import { isLanguage, languages, type Language } from "../locales/index.ts";
import type { Page, PageRequest, RenderRequest } from "../web/render.tsx";
import type { ThemeName } from "../web/shell.ts";
import type { BuiltAssets } from "./assets.ts";
import { badRequest } from "./parse.ts";
import { report, type Log } from "./failures.ts";
import type { Variables } from "./security.ts";

/** What draws pages; the built bundle of the web room. */
export interface Renderer {
  renderPage: (request: RenderRequest, api: Api) => Promise<{ status: number; html: string }>;
  renderFailure: (request: RenderRequest, id: string) => string;
  loadPage: (request: PageRequest, api: Api) => Promise<Page>;
}

interface Parts {
  api: Api;
  render: Renderer;
  assets: BuiltAssets;
  now: () => Date;
  log: Log;
}

type Asked = Context<Variables>;

/** The pages, their data for soft navigation, their files, and the reader's preferences. */
export function pages({ api, render, assets, now, log }: Parts): Hono<Variables> {
  const app = new Hono<Variables>();
  app.get("/assets/:name", (context) => {
    const file = assets.file(context.req.param("name"));
    if (file === undefined) return context.notFound();
    return context.body(file.bytes, 200, {
      "Content-Type": file.type,
      "Cache-Control": "public, max-age=31536000, immutable",
    });
  });
  app.get("/favicon.ico", (context) => context.body(null, 204));
  app.get("/api/page", async (context) => {
    const target = new URL(context.req.query("path") ?? "/", "http://localhost");
    const reader = { language: languageOf(context), theme: themeOf(context), now: now().toISOString() };
    const page = await render.loadPage(
      { path: target.pathname, search: target.searchParams, ...reader },
      heard(api, context),
    );
    return context.json(page, page.status === 404 ? 404 : 200);
  });
  app.post("/preferences", async (context) => keepPreferences(context));
  app.get("*", async (context) => {
    const request = requestOf(context, assets, now());
    try {
      const { status, html } = await render.renderPage(request, heard(api, context));
      return context.html(html, status === 404 ? 404 : 200);
    } catch (error) {
      return context.html(render.renderFailure(request, report(context, error, log)), 500);
    }
  });
  return app;
}

/** The same Api, whose questions stop when their reader leaves. */
function heard(api: Api, context: Asked): Api {
  const { signal } = context.req.raw;
  return {
    ...api,
    ask: (question) => api.ask(question, signal),
    explain: (request) => api.explain(request, signal),
    attainment: (request) => api.attainment(request, signal),
    attribution: (request) => api.attribution(request, signal),
    funnel: (request) => api.funnel(request, signal),
    retention: (request) => api.retention(request, signal),
    reps: (request) => api.reps(request, signal),
    rep: (request) => api.rep(request, signal),
    revenue: (request) => api.revenue(request, signal),
    viewThrough: (request) => api.viewThrough(request, signal),
    scoreboard: (request) => api.scoreboard(request, signal),
  };
}

function requestOf(context: Asked, assets: BuiltAssets, now: Date): RenderRequest {
  const { pathname, searchParams } = new URL(context.req.url);
  const language = languageOf(context);
  return {
    path: pathname,
    search: searchParams,
    language,
    theme: themeOf(context),
    nonce: context.get("nonce"),
    assets: assets.named[language],
    now: now.toISOString(),
  };
}

/** The reader's choice, or the first language of their browser that pages speak. */
function languageOf(context: Asked): Language {
  const chosen = getCookie(context, "language");
  if (isLanguage(chosen)) return chosen;
  const wanted = (context.req.header("accept-language") ?? "")
    .split(",")
    .map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find((language) => isLanguage(language)) ?? languages[0];
}

const themes: readonly ThemeName[] = ["light", "dark", "auto"];

const themeOf = (context: Asked): ThemeName => themes.find((theme) => theme === getCookie(context, "theme")) ?? "auto";

const cookie = { path: "/", maxAge: 31_536_000, sameSite: "Lax", httpOnly: true } as const;

async function keepPreferences(context: Asked): Promise<Response> {
  const { theme, language, back } = await context.req.parseBody();
  if (theme !== undefined) {
    const chosen = themes.find((each) => each === theme);
    if (chosen === undefined) throw badRequest("theme", `expected one of ${themes.join(", ")}`);
    setCookie(context, "theme", chosen, cookie);
  }
  if (language !== undefined) {
    if (typeof language !== "string" || !isLanguage(language))
      throw badRequest("language", `expected one of ${languages.join(", ")}`);
    setCookie(context, "language", language, cookie);
  }
  return context.redirect(ownPath(back), 303);
}

/** A path of this server, whatever was sent. */
function ownPath(back: unknown): string {
  if (typeof back !== "string" || !/^\/(?![/\\])/.test(back)) return "/";
  const { pathname, search } = new URL(back, "http://localhost");
  return pathname + search;
}
