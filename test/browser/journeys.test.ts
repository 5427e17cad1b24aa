import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Listening } from "../../src/server/listen.ts";
import { contextFor, launch, missing, ready, troublesOf, type Reader } from "./chromium.ts";
import { fakeApi } from "./fake-api.ts";
import { serve } from "./serve.ts";

const usual: Reader = { width: 1280, scheme: "light", language: "es" };

describe.skipIf(missing)("a reader", () => {
  let browser: Browser;
  let server: Listening;
  let context: BrowserContext;
  let page: Page;
  let troubles: string[];

  beforeAll(async () => {
    [browser, server] = await Promise.all([launch(), serve(fakeApi())]);
  });

  afterAll(async () => {
    await Promise.all([browser.close(), server.close()]);
  });

  async function arrive(path: string, reader: Reader = usual): Promise<void> {
    context = await contextFor(browser, server.url, reader);
    page = await context.newPage();
    troubles = troublesOf(page);
    await page.goto(path);
    if (reader.scripts !== false) await ready(page);
  }

  beforeEach(() => {
    troubles = [];
  });

  afterEach(async () => {
    await context.close();
    expect(troubles).toEqual([]);
  });

  const settled = () => page.waitForSelector("main[aria-busy=false]", { state: "attached" });
  const press = async (key: string) => {
    await page.keyboard.press(key);
    await settled();
  };
  const arrived = (part: string) => page.waitForURL((url) => decodeURIComponent(url.href).includes(part));

  test("chooses another model with the arrow keys: the numbers change, the address says it, the focus stays", async () => {
    await arrive("/attribution?by=campaign");
    await page.evaluate(() => Object.assign(window, { same: true }));
    const credited = () => page.locator("table.earnings tbody tr").first().locator("data").nth(1).getAttribute("value");
    expect(await credited()).toBe("161200");
    await page.getByRole("radio", { name: "Último no directo" }).focus();
    await page.keyboard.press("ArrowDown");
    await arrived("m=linear");
    expect(page.url()).toContain("by=campaign");
    await page.waitForFunction(() => document.activeElement?.id === "model-linear");
    expect(await credited()).toBe("155200");
    expect(await page.getByText("depende", { exact: true }).filter({ visible: true }).count()).toBe(1);
    await page.goBack();
    await page.waitForFunction(() => !location.search.includes("m="));
    await settled();
    expect(await credited()).toBe("161200");
    expect(await page.evaluate(() => "same" in window)).toBe(true);
  });

  test("finds where leads are lost, chooses other days, and goes on to what a lead costs", async () => {
    await arrive("/");
    await page.evaluate(() => Object.assign(window, { same: true }));
    await page.getByRole("link", { name: "Embudo", exact: true }).nth(1).click();
    await page.waitForURL(/\/funnel/);
    await settled();
    expect(await page.getByText("La mayor fuga: de MQL a SQL").isVisible()).toBe(true);
    expect(await page.getByText("Los prospectos de Meta Ads parecen baratos").isVisible()).toBe(true);
    await page.getByRole("link", { name: "Este año" }).click();
    await arrived("p=ytd");
    await page.getByRole("link", { name: "Meta Ads" }).click();
    await arrived("/kpi/cost-per-lead");
    expect(page.url()).toContain("channel=Meta+Ads");
    expect(await page.evaluate(() => "same" in window)).toBe(true);
  });

  test("finds which customers leave sooner, by another grouping, and goes on to their retention", async () => {
    await arrive("/");
    await page.evaluate(() => Object.assign(window, { same: true }));
    await page.getByRole("link", { name: "Quién se queda" }).first().click();
    await page.waitForURL(/\/retention/);
    await settled();
    expect(await page.getByText(/^Siguen el 69.4% de los clientes a los 12 meses/).isVisible()).toBe(true);
    expect(await page.getByText(/se van 2.4 veces más deprisa que los demás/).isVisible()).toBe(true);
    await page.getByRole("link", { name: "Segmento" }).click();
    await arrived("by=segment");
    await page.locator("tr.worst").getByRole("link").click();
    await arrived("/kpi/customer-retention");
    expect(page.url()).toContain("segment=paid_social");
    expect(await page.evaluate(() => "same" in window)).toBe(true);
  });

  test("sees where the month will land, assumes that more is won, and goes on to one rep, without scripts", async () => {
    await arrive("/revenue", { ...usual, scripts: false });
    expect(
      await page
        .getByText(/Pronóstico .*\(80 %: de .* a .*\)/)
        .first()
        .isVisible(),
    ).toBe(true);
    expect(await page.getByText(/de ellos se esperan/).isVisible()).toBe(true);
    expect(await page.getByText("La línea 3 de forecasts.jsonl").isVisible()).toBe(true);
    await page.getByLabel("Cierre, %").fill("120");
    await page.getByRole("button", { name: "Recalcular" }).click();
    await page.waitForURL(/wr=120/);
    expect(await page.getByText(/pasaría a/).count()).toBe(3);
    await page.getByRole("link", { name: "Mes", exact: true }).click();
    await page.waitForURL(/by=month/);
    await page.getByRole("link", { name: "Elena" }).click();
    await page.waitForURL(/rep=Elena/);
  });

  test("sees who creates and does not close, and goes on to that rep and back to a team", async () => {
    await arrive("/");
    await page.evaluate(() => Object.assign(window, { same: true }));
    await page.getByRole("link", { name: "Vendedores", exact: true }).first().click();
    await page.waitForURL(/\/reps$/);
    await settled();
    expect(await page.getByText("Cierra y no abre: Nuria Bellido.").isVisible()).toBe(true);
    await page.getByRole("link", { name: "Álvaro Quintana" }).first().click();
    await page.waitForURL(/\/reps\/.*Quintana/);
    await settled();
    expect(await page.getByText("Conviene revisar propuestas y negociaciones perdidas").isVisible()).toBe(true);
    expect(await page.getByText("Abiertas desde hace más de 70 días").isVisible()).toBe(true);
    await page.getByRole("link", { name: "Todos los vendedores" }).click();
    await page.waitForURL(/\/reps$/);
    await settled();
    await page.getByRole("link", { name: "Este año" }).click();
    await arrived("p=ytd");
    expect(await page.evaluate(() => "same" in window)).toBe(true);
  });

  test("compares models without scripts", async () => {
    await arrive("/attribution", { ...usual, scripts: false });
    await page.getByRole("radio", { name: "Primer toque" }).check();
    await page.locator("form.models").getByRole("button", { name: "Aplicar" }).click();
    expect(page.url()).toContain("m=first");
    expect(await page.getByRole("radio", { name: "Primer toque" }).isChecked()).toBe(true);
  });

  test("reads home, explains a number, opens its rows and goes back, without the page being loaded again", async () => {
    await arrive("/");
    await page.evaluate(() => Object.assign(window, { same: true }));
    await page.locator("[data-kpi=win-ratio] a[data-explain]").click();
    await arrived("x=win-ratio");
    const panel = page.getByRole("complementary");
    await panel.waitFor();
    expect(
      await panel.getByRole("heading", { level: 2 }).evaluate((heading) => heading === document.activeElement),
    ).toBe(true);
    const tile = await page.locator("[data-kpi=win-ratio] data").first().getAttribute("value");
    expect(await panel.locator("data").first().getAttribute("value")).toBe(tile);
    await panel.getByRole("link", { name: "cerradas" }).first().click();
    await arrived("part=closed");
    await panel.getByRole("link", { name: "Siguientes" }).click();
    await arrived("o=50");
    expect(await panel.getByText("51–100 de").isVisible()).toBe(true);
    await page.goBack();
    await page.goBack();
    await page.goBack();
    await panel.waitFor({ state: "detached" });
    expect(await page.evaluate(() => "same" in window)).toBe(true);
  });

  test("finds in the CSV what the panel shows", async () => {
    await arrive("/kpi/win-ratio?x=win-ratio.closed~rep:Elena%20Ruiz&part=won");
    const panel = page.getByRole("complementary");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      panel.getByRole("link", { name: "Descargar CSV" }).click(),
    ]);
    const chunks: Uint8Array[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Uint8Array);
    const lines = Buffer.concat(chunks).toString("utf8").trim().split("\r\n");
    const value = await panel.locator(".inputs data").first().getAttribute("value");
    expect(lines.length - 1).toBe(Number(value));
    expect(lines.some((line) => line.includes("'=HYPERLINK"))).toBe(true);
  });

  test("filters by a row, and takes the filter off again by going back", async () => {
    await arrive("/kpi/win-ratio?by=channel");
    await page.getByRole("link", { name: "Filtrar por Meta Ads" }).click();
    await arrived("channel=Meta");
    await page.getByRole("link", { name: "Quitar el filtro Canal" }).waitFor();
    expect(await page.getByRole("heading", { name: "Desglose por vendedor" }).isVisible()).toBe(true);
    await page.goBack();
    await page.getByRole("link", { name: "Filtrar por Meta Ads" }).waitFor();
  });

  test("changes period and comparison by choosing", async () => {
    await arrive("/");
    await page.getByRole("combobox", { name: "Periodo", exact: true }).selectOption("2026-10");
    await arrived("p=2026-10");
    await settled();
    await page.getByRole("combobox", { name: "Comparar con" }).selectOption("yoy");
    await arrived("c=yoy");
    await settled();
    expect(await page.locator("[data-kpi=win-ratio]").innerText()).toContain("vs oct 2025");
  });

  test("does everything by keys", async () => {
    await arrive("/");
    await press("[");
    await arrived("p=2026-10");
    await settled();
    await press("]");
    await page.waitForURL((url) => url.search === "");
    await settled();
    await press("c");
    await arrived("c=yoy");
    await settled();
    await page.locator("[data-kpi=sales-revenue] h3 a").focus();
    await press("e");
    await arrived("x=sales-revenue");
    await page.getByRole("complementary").waitFor();
    await press("Escape");
    await page.getByRole("complementary").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.closest("[data-kpi]")?.getAttribute("data-kpi"))).toBe(
      "sales-revenue",
    );
    await press("f");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("p");
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press("?");
    expect(await page.getByRole("dialog").isVisible()).toBe(true);
    await page.getByLabel("Usar atajos de una sola letra").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("[");
    expect(new URL(page.url()).search).toBe("?c=yoy");
  });

  test("walks through a chart with arrows, hears it, and opens its rows", async () => {
    await arrive("/kpi/sales-revenue");
    const chart = page.getByRole("group", { name: "Evolución" });
    await chart.focus();
    await page.keyboard.press("End");
    expect(await page.locator(".readout").innerText()).toContain("nov 2026");
    await page.keyboard.press("ArrowLeft");
    expect(await page.locator(".readout").innerText()).toContain("oct 2026");
    await page.keyboard.press("Enter");
    await arrived("period:2026-10-01");
    await press("t");
    await arrived("t=1");
    expect(await page.getByRole("table").first().isVisible()).toBe(true);
  });

  test("skips to the content, and is taken to the title of each page", async () => {
    await arrive("/");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Saltar al contenido");
    await page.locator("[data-kpi=win-ratio] h3 a").click();
    await arrived("/kpi/win-ratio");
    await settled();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    expect(await page.title()).toBe("Oportunidad a ganada · Café Nube · Embudo");
  });

  test("chooses language and appearance, which last", async () => {
    await arrive("/kpi/win-ratio?p=qtd");
    await page.getByRole("button", { name: "Oscuro" }).click();
    await page.waitForURL(/p=qtd/);
    await ready(page);
    expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Opportunity-to-win ratio" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
    await ready(page);
  });

  test("does all of it without scripts", async () => {
    await arrive("/", { ...usual, scripts: false });
    await page.locator("[data-kpi=customer-acquisition-cost] h3 a").click();
    await page.getByRole("heading", { level: 1, name: "Costo de adquirir un cliente (CAC)" }).waitFor();
    await page.getByRole("combobox", { name: "Periodo", exact: true }).selectOption("2026-10");
    await page.getByRole("button", { name: "Aplicar" }).first().click();
    await arrived("p=2026-10");
    const breakdown = page.getByRole("region", { name: "Desglose por" });
    await breakdown.getByRole("link", { name: "Campaña" }).click();
    await breakdown.getByRole("link", { name: "Filtrar por Demo" }).click();
    await arrived("campaign=Demo");
    await page.locator(".headline a[data-explain]").click();
    await page.getByRole("complementary").waitFor();
    await page.getByText("Ver la consulta").click();
    expect(await page.getByRole("group", { name: "Consulta SQL" }).isVisible()).toBe(true);
    await page.getByRole("link", { name: "Cerrar la explicación" }).click();
    await page.getByText("Ver como tabla").click();
    expect(await page.getByRole("table").first().isVisible()).toBe(true);
  });

  /** What a reader asks who doubts a number: the same walk with scripts, which follow a choice, and without. */
  async function doubt(scripts: boolean): Promise<void> {
    const why = page.getByRole("region", { name: "Por qué cambió" });
    await why.getByRole("link", { name: "Canal" }).click();
    await arrived("why=channel");
    await why.getByRole("rowheader", { name: "Meta Ads" }).waitFor();
    await page.getByText("Qué se supo después").click();
    await page.getByLabel("Comparar con lo que se sabía el").fill("2026-11-01");
    await page.getByRole("button", { name: "Ver qué cambió" }).click();
    await arrived("since=2026-11-01");
    await page.getByRole("rowheader", { name: "Llegó tarde: ya había ocurrido" }).waitFor();
    await page.getByText("En qué se diferencia de otro número").click();
    await page
      .getByRole("combobox", { name: "Comparar con", exact: true })
      .last()
      .selectOption("sales-qualified-leads.count");
    if (!scripts) await page.getByRole("button", { name: "Ver la diferencia" }).click();
    await arrived("vs=sales-qualified-leads.count");
    await page.getByRole("rowheader", { name: /^= / }).waitFor();
    await page.getByText("Ver como se sabía otro día").click();
    await page.getByLabel("Tal como se sabía el").fill("2026-11-10");
    await page.getByRole("button", { name: "Ver", exact: true }).click();
    await arrived("as=2026-11-10");
    await page.getByRole("link", { name: "Volver a lo que se sabe hoy" }).click();
    await page.getByText("Está viendo los números").waitFor({ state: "detached" });
    await why.getByRole("link", { name: "Filtrar por Meta Ads" }).click();
    await arrived("channel=Meta");
  }

  test.each([true, false])("asks why a number is what it is (scripts: %s)", async (scripts) => {
    await arrive("/kpi/win-ratio", { ...usual, scripts });
    await doubt(scripts);
    expect(await page.getByRole("region", { name: "Por qué cambió" }).isVisible()).toBe(true);
  });

  /** Every text of the page but those of drawings, which depend on their width. */
  const wordsOf = () =>
    page.evaluate(() => {
      const words: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.parentElement?.closest("svg, script")) words.push(node.textContent ?? "");
      }
      return words.join("").replace(/\s+/g, " ");
    });

  test("reads the same before and after the page wakes up", async () => {
    for (const path of ["/", "/kpi/sales-revenue?g=day", "/kpi/win-ratio?by=rep&x=win-ratio&k=cohort&r=1&vs=leads"]) {
      await arrive(path, { ...usual, scripts: false });
      const still = await wordsOf();
      await context.close();
      await arrive(path);
      expect(await wordsOf()).toEqual(still);
      await context.close();
    }
    await arrive("/");
  });

  test("prints a page without its controls", async () => {
    await arrive("/");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".rail").isVisible()).toBe(false);
    expect(await page.locator("[data-kpi=win-ratio]").isVisible()).toBe(true);
  });
});
