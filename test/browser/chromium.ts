import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axeCore from "axe-core";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Why browser tests cannot run here, or nothing. */
export const missing: string | undefined = existsSync(executablePath)
  ? undefined
  : `no browser at ${executablePath}: install Debian's chromium or set CHROMIUM`;

if (missing) process.stderr.write(`browser tests are skipped: ${missing}\n`);

/** Starts the browser, as bare as can be. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--font-render-hinting=none",
      "--disable-lcd-text",
      "--force-color-profile=srgb",
      "--hide-scrollbars",
    ],
  });

/** How a reader looks at pages. */
export interface Reader {
  width: 1280 | 390;
  scheme: "light" | "dark";
  language: "es" | "en";
  scripts?: boolean;
}

/** A fresh reader of the pages at an address. */
export async function contextFor(
  browser: Browser,
  url: string,
  { width, scheme, language, scripts = true }: Reader,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width, height: width === 390 ? 844 : 900 },
    baseURL: url,
    colorScheme: scheme,
    locale: language === "es" ? "es-MX" : "en-US",
    timezoneId: "UTC",
    reducedMotion: "reduce",
    javaScriptEnabled: scripts,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await context.addCookies([{ name: "language", value: language, url }]);
  return context;
}

/** What must not happen on any page: errors, failed requests, requests to elsewhere. */
export function troublesOf(page: Page): string[] {
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      troubles.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol !== "data:" && hostname !== "127.0.0.1") troubles.push(`off-origin: ${request.url()}`);
  });
  return troubles;
}

/** Waits until the page answers to the reader. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName("ready").length > 0);
  await page.waitForSelector("main[aria-busy=false]", { state: "attached" });
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with a page, one line each. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axeCore };
    const { violations } = await checker.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ""}`),
    );
  });
}
