import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createSite, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  journalFolder,
  openCollector,
  openEndpoint,
  readScript,
  segmentsIn,
  snippetOf,
} from "../../src/collect/index.ts";
import { listen, type Listening } from "../../src/server/listen.ts";
import { createServer } from "../../src/server/server.ts";
import { launch, missing } from "./chromium.ts";
import { fakeApi } from "./fake-api.ts";
import { assetsFolder, builtRenderer } from "./serve.ts";

const built = join(import.meta.dirname, "..", "..", "dist", "tracker", "embudo.js");
const script = readScript(built);
if (script === undefined) throw new Error("the tracker is not built");

const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
const campaign = "?utm_source=google&utm_medium=cpc&utm_campaign=crm&gclid=G-1";

type Event = Record<string, unknown> & {
  type: string;
  flag?: string;
  touch?: Record<string, string>;
  claimed?: Record<string, string>;
  identity?: Record<string, string>[];
};

describe.skipIf(missing)("the tracker in a browser", () => {
  let folder: string;
  let browser: Browser;
  let embudo: Listening;
  let site: Server;
  let origin: string;
  let close: () => Promise<void>;
  let consent: "asked" | "assumed" | "never" = "asked";
  const contexts: BrowserContext[] = [];

  const html = (path: string) => `<!doctype html><html><head><link rel="icon" href="data:,">
    ${snippetOf(script, embudo.url, "www", consent)}</head><body><h1>${path}</h1>
    <a id="file" href="/precios.pdf">Precios</a> <a id="out" href="${embudo.url}/healthz">Partner</a>
    <a id="next" href="/otra">Otra</a> <a id="tel" href="tel:+34600000000">Tel</a>
    <button id="spa" onclick="history.pushState({}, '', '/planes?orden=1')">Planes</button>
    <form name="contact" action="/gracias" method="post"><input name="email"><input name="utm_term" value="typed"><button>Enviar</button></form>
    </body></html>`;

  beforeAll(async () => {
    browser = await launch();
    site = createSite((request, response) => {
      if (request.url?.endsWith(".pdf") === true) response.writeHead(204);
      else response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(response.statusCode === 204 ? undefined : html(new URL(request.url ?? "/", origin).pathname));
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  });

  beforeEach(async () => {
    consent = "asked";
    folder = mkdtempSync(join(tmpdir(), "embudo-tracker-"));
    const now = () => new Date();
    const collector = await openCollector({ folder, now, log: () => undefined });
    const sites = () => ({ www: { origins: [origin], consent, leads: ["contact"], proxies: 1, per_second: 1000 } });
    const scripts = { current: script, named: (name: string) => (name === script.name ? script.text : undefined) };
    const collect = openEndpoint({ collector, sites, secretOf: () => "a secret", now, scripts });
    const app = createServer({ api: fakeApi(), render: await builtRenderer(), assetsFolder, now, collect });
    embudo = await listen({ app, port: 0 });
    close = async () => {
      await embudo.close();
      await collector.seal();
    };
  });

  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((each) => each.close()));
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  afterAll(async () => {
    await browser.close();
    site.close();
  });

  const events = (): Event[] =>
    segmentsIn(journalFolder(folder))
      .flatMap((name) =>
        readFileSync(join(journalFolder(folder), name), "utf8")
          .trim()
          .split("\n"),
      )
      .map((line) => JSON.parse(line.slice(9)) as Event);

  async function arrived(count: number): Promise<Event[]> {
    await expect.poll(() => events().length, { timeout: 10_000 }).toBe(count);
    return events();
  }

  /** A page of the site in a browser of its own, which nothing drives as far as the page can see. */
  async function visit(path: string, init?: string): Promise<Page> {
    const context = await browser.newContext({ userAgent: chrome });
    contexts.push(context);
    await context.addInitScript("Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false })");
    if (init !== undefined) await context.addInitScript(init);
    const page = await context.newPage();
    await page.goto(origin + path);
    return page;
  }

  const call = (page: Page, text: string) => page.evaluate(text);
  const stored = async (page: Page) => [
    await page.context().cookies(),
    await page.evaluate("[localStorage.length, sessionStorage.length]"),
  ];

  test("without consent a visit is told, and nothing is stored", async () => {
    const page = await visit(`/${campaign}`);
    await page.click("#spa");
    await page.click("#tel");
    await call(page, "embudo.event('Calculated')");
    await call(page, "embudo.identify('u1', { email: 'ana@example.com' })");
    await page.click("#file");
    const [first, ...rest] = await arrived(5);
    expect(first?.touch).toMatchObject({
      kind: "visit",
      source: "google",
      medium: "cpc",
      campaign: "crm",
      click_id: "gclid:G-1",
      url: `${origin}/`,
      landing_page: `${origin}/`,
      device: "desktop",
    });
    expect(rest.map(({ touch }) => [touch?.["kind"], touch?.["event"], touch?.["url"]])).toEqual([
      ["page", undefined, `${origin}/planes`],
      ["event", "tel", `${origin}/planes`],
      ["event", "Calculated", `${origin}/planes`],
      ["event", "download precios.pdf", `${origin}/planes`],
    ]);
    expect(new Set(events().map(({ touch }) => touch?.["visitor"])).size).toBe(1);
    expect(await stored(page)).toEqual([[], [0, 0]]);
  });

  test("a form that is sent is told once, as a lead where the site says so", async () => {
    const page = await visit(`/${campaign}`);
    await page.click("form button");
    await page.waitForURL("**/gracias");
    const told = await arrived(3);
    expect(told.map(({ type }) => type).toSorted()).toEqual(["form", "page", "page"]);
    const sent = told.find(({ type }) => type === "form");
    expect(sent?.touch).toMatchObject({ form: "contact", source: "google" });
    expect(sent?.["lead"]).toMatchObject({ form: "contact", source: "google", landing_page: `${origin}/` });
  });

  test("links to elsewhere are told", async () => {
    const page = await visit("/");
    await page.click("#out");
    const told = await arrived(2);
    expect(told[1]?.touch).toMatchObject({ kind: "event", event: `outbound ${new URL(embudo.url).host}` });
  });

  test("with consent the visitor is known again, the visit under way becomes theirs, and a no removes all", async () => {
    const page = await visit(`/${campaign}`);
    await arrived(1);
    await call(page, "embudo.consent('granted')");
    await call(page, "embudo.identify('u1', { email: 'ana@example.com' })");
    await arrived(2);
    await page.goto(`${origin}/otra`);
    const told = await arrived(3);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ name: "_emb", value: expect.stringMatching(/^[0-9a-f]{32}$/), sameSite: "Lax" });
    expect((cookie?.expires ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(395 * 86_400);
    const visitor = cookie?.value ?? "";
    expect(told[1]?.identity?.[0]).toMatchObject({ alias_kind: "visitor", alias: visitor, person_id: "u1" });
    expect(told[2]).toMatchObject({ touch: { kind: "page", visitor } });
    expect(told[2]?.claimed).toEqual({ ...told[0]?.touch, visitor });

    await call(page, "embudo.consent('denied')");
    expect(await stored(page)).toEqual([[], [0, 0]]);
    await page.goto(`${origin}/`);
    expect((await arrived(4))[3]?.touch?.["visitor"]).toMatch(/^visit:/);
  });

  const fields = (page: Page) =>
    page.evaluate(() =>
      Object.fromEntries(
        [...new FormData(document.forms[0] as HTMLFormElement)].map(String).map((each) => each.split(",")),
      ),
    ) as Promise<Record<string, string>>;

  test("fill writes where the visitor came from into forms, and who they are only with consent", async () => {
    const page = await visit(`/${campaign}&utm_term=crm`);
    await call(page, "embudo.fill()");
    const came = {
      utm_source: "google",
      utm_medium: "cpc",
      utm_campaign: "crm",
      gclid: "G-1",
      landing_page: `${origin}/`,
    };
    expect(await fields(page)).toEqual({ email: "", utm_term: "typed", ...came });

    await call(page, "embudo.consent('granted')");
    await page.goto(`${origin}/otra?utm_source=news`);
    await call(page, "embudo.fill(document.forms[0])");
    const [cookie] = await page.context().cookies();
    const first = Object.fromEntries(
      Object.entries({ ...came, utm_term: "crm" }).map(([name, value]) => [`first_${name}`, value]),
    );
    expect(await fields(page)).toEqual({
      email: "",
      utm_term: "typed",
      utm_source: "news",
      landing_page: `${origin}/otra`,
      embudo_visitor: cookie?.value,
      ...first,
    });
  });

  test("a browser that objects is not known again, whatever the page says, and what was stored is removed", async () => {
    const objecting = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })";
    const page = await visit("/", objecting);
    await page.context().addCookies([{ name: "_emb", value: "0".repeat(32), url: origin }]);
    await page.goto(`${origin}/otra`);
    await call(page, "embudo.consent('granted')");
    await call(page, "embudo.identify('u1')");
    const told = await arrived(2);
    expect(told.map(({ touch }) => touch?.["visitor"]?.slice(0, 6))).toEqual(["visit:", "visit:"]);
    expect(await stored(page)).toEqual([[], [0, 0]]);
  });

  test("where consent is assumed it holds until the visitor says no, and then for good", async () => {
    consent = "assumed";
    const page = await visit("/");
    expect((await arrived(1))[0]?.touch?.["visitor"]).toMatch(/^[0-9a-f]{32}$/);
    await call(page, "embudo.consent('denied')");
    await page.goto(`${origin}/otra`);
    expect((await arrived(2))[1]?.touch?.["visitor"]).toMatch(/^visit:/);
    expect(await page.context().cookies()).toMatchObject([{ name: "_emb", value: "no" }]);
  });

  test("a site that never knows anybody again stores nothing", async () => {
    consent = "never";
    const page = await visit("/");
    await call(page, "embudo.consent('granted')");
    await arrived(1);
    expect(await stored(page)).toEqual([[], [0, 0]]);
  });

  test("a browser that a program drives is flagged", async () => {
    await visit("/", "Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => true })");
    expect((await arrived(1))[0]?.flag).toBe("bot");
  });

  test("a page that is only prepared is told when somebody looks at it", async () => {
    const page = await visit("/", "Object.defineProperty(Document.prototype, 'prerendering', { get: () => true })");
    await page.waitForLoadState("networkidle");
    expect(events()).toEqual([]);
    await call(page, "document.dispatchEvent(new Event('prerenderingchange'))");
    expect((await arrived(1))[0]?.touch?.["kind"]).toBe("visit");
  });

  test("what could not be sent is sent when the network is there again, once", async () => {
    const page = await visit("/");
    await arrived(1);
    await page.context().setOffline(true);
    await Promise.all([page.waitForEvent("requestfailed"), call(page, "embudo.event('Offline')")]);
    await page.context().setOffline(false);
    expect((await arrived(2))[1]?.touch?.["event"]).toBe("Offline");
  });

  test("so it is where the network comes back before it is known that the sending failed", async () => {
    const page = await visit("/");
    await arrived(1);
    await call(
      page,
      "const own = window.fetch; window.fetch = () => new Promise((_, fail) => { window.failed = () => { window.fetch = own; fail(new TypeError()); }; })",
    );
    await call(page, "embudo.event('Late')");
    await call(page, "dispatchEvent(new Event('online'))");
    await call(page, "failed()");
    expect((await arrived(2))[1]?.touch?.["event"]).toBe("Late");
  });
});
