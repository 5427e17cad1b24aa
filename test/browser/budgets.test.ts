import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Listening } from "../../src/server/listen.ts";
import { languages } from "../../src/locales/index.ts";
import { readAssets } from "../../src/server/assets.ts";
import { contextFor, launch, missing, ready } from "./chromium.ts";
import { fakeApi } from "./fake-api.ts";
import { assetsFolder, serve } from "./serve.ts";

const folder = join(assetsFolder, "assets");
const built = readdirSync(folder);
const bytes = (name: string): Buffer => readFileSync(join(folder, name));
const packed = (ending: string): number =>
  built.filter((name) => name.endsWith(ending)).reduce((sum, name) => sum + gzipSync(bytes(name)).length, 0);

const { named } = readAssets(assetsFolder);
const textIn = (hrefs: readonly string[]): string =>
  hrefs.map((href) => bytes(href.replace("/assets/", "")).toString("utf8")).join("");
const sizeOf = (hrefs: readonly string[]): number =>
  [...new Set(hrefs)].reduce((sum, href) => sum + gzipSync(textIn([href])).length, 0);

describe("what a first visit loads", () => {
  let server: Listening;

  beforeAll(async () => {
    server = await serve(fakeApi());
  });

  afterAll(() => server.close());

  test.each(languages)(
    "B1, B2: all scripts of all screens in %s are at most 40 kB packed, a screen's own 12",
    (language) => {
      const { scripts, pieces = {} } = named[language];
      const own = Object.values(pieces).map((hrefs) => sizeOf(hrefs));
      expect(scripts).toHaveLength(1);
      expect(own.length).toBeGreaterThan(0);
      expect(sizeOf([...scripts, ...Object.values(pieces).flat()])).toBeLessThanOrEqual(40_000);
      expect(Math.max(...own)).toBeLessThanOrEqual(12_000);
    },
  );

  test("a page in one language loads no text of the others", () => {
    const [own, foreign] = languages.map((language) => textIn(named[language].scripts));
    expect([own?.includes("Saltar al contenido"), foreign?.includes("Saltar al contenido")]).toEqual([true, false]);
  });

  test("B3: styles are at most 14 kB packed, the font one file of at most 50 kB", () => {
    expect(packed(".css")).toBeLessThanOrEqual(14_000);
    const fonts = built.filter((name) => name.endsWith(".woff2"));
    expect(fonts).toHaveLength(1);
    expect(bytes(fonts[0] ?? "").length).toBeLessThanOrEqual(50_000);
  });

  test("B4: the home page with its data is at most 40 kB packed", async () => {
    const html = await (await fetch(server.url)).text();
    expect(html).toContain("data-kpi");
    expect(gzipSync(html).length).toBeLessThanOrEqual(40_000);
  });
});

test("the tracker, which other sites load, is at most 2.5 kB packed", () => {
  const script = readFileSync(join(assetsFolder, "..", "..", "tracker", "embudo.js"));
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(2500);
});

describe.skipIf(missing)("what a browser asks for", () => {
  let browser: Browser;
  let server: Listening;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launch(), serve(fakeApi())]);
  });

  afterAll(async () => {
    await Promise.all([browser.close(), server.close()]);
  });

  async function requestsOf(path: string): Promise<string[]> {
    const context = await contextFor(browser, server.url, { width: 1280, scheme: "light", language: "es" });
    const page = await context.newPage();
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(path);
    await ready(page);
    await page.evaluate(() => document.fonts.ready);
    await context.close();
    return requests.filter((url) => !url.startsWith("data:"));
  }

  test("B5: at most four requests until the first page has woken up, none to elsewhere", async () => {
    const ours = await requestsOf("/");
    expect(ours.every((url) => url.startsWith(server.url))).toBe(true);
    expect(ours.length).toBeLessThanOrEqual(4);
  });

  test("B5: an indicator's page asks for one script more, which its first paint does not wait for", async () => {
    const pieces = named.es.pieces?.indicator ?? [];
    const ours = await requestsOf("/kpi/win-ratio?x=win-ratio");
    expect(ours.filter((url) => pieces.some((href) => url.endsWith(href)))).toHaveLength(1);
    expect(ours.length - pieces.length).toBeLessThanOrEqual(4);
  });

  test("B9: nothing jumps while a page comes and goes", async () => {
    const context = await contextFor(browser, server.url, { width: 1280, scheme: "light", language: "es" });
    const page = await context.newPage();
    await page.goto("/kpi/win-ratio");
    await ready(page);
    await page.evaluate(() => document.fonts.ready);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
          }).observe({ type: "layout-shift", buffered: true });
          requestAnimationFrame(() => setTimeout(() => resolve(sum), 50));
        }),
    );
    expect(shift).toBeLessThanOrEqual(0.02);
    await context.close();
  });
});
