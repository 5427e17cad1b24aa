import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Listening } from "../../src/server/listen.ts";
import { contextFor, launch, missing, ready } from "./chromium.ts";
import { fakeApi } from "./fake-api.ts";
import { assetsFolder, serve } from "./serve.ts";

const folder = join(assetsFolder, "assets");
const built = readdirSync(folder);
const bytes = (name: string): Buffer => readFileSync(join(folder, name));
const packed = (ending: string): number =>
  built.filter((name) => name.endsWith(ending)).reduce((sum, name) => sum + gzipSync(bytes(name)).length, 0);

describe("what a first visit loads", () => {
  let server: Listening;

  beforeAll(async () => {
    server = await serve(fakeApi());
  });

  afterAll(() => server.close());

  test("B1, B2: all scripts of all screens are at most 40 kB packed", () => {
    expect(packed(".js")).toBeLessThanOrEqual(40_000);
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

describe.skipIf(missing)("what a browser asks for", () => {
  let browser: Browser;
  let server: Listening;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launch(), serve(fakeApi())]);
  });

  afterAll(async () => {
    await Promise.all([browser.close(), server.close()]);
  });

  test("B5: at most four requests until the first paint, none to elsewhere", async () => {
    const context = await contextFor(browser, server.url, { width: 1280, scheme: "light", language: "es" });
    const page = await context.newPage();
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto("/");
    await ready(page);
    await page.evaluate(() => document.fonts.ready);
    const ours = requests.filter((url) => !url.startsWith("data:"));
    expect(ours.every((url) => url.startsWith(server.url))).toBe(true);
    expect(ours.length).toBeLessThanOrEqual(4);
    await context.close();
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
