import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Listening } from "../../src/server/listen.ts";
import { contextFor, launch, missing, ready, troublesOf, violationsOf, type Reader } from "./chromium.ts";
import { fakeApi } from "./fake-api.ts";
import { serve } from "./serve.ts";

const readers: Reader[] = ([1280, 390] as const).flatMap((width) =>
  (["light", "dark"] as const).flatMap((scheme) =>
    (["es", "en"] as const).map((language) => ({ width, scheme, language })),
  ),
);

const screens = [
  ["home", "/"],
  ["home with an explanation", "/?x=win-ratio"],
  ["detail", "/kpi/win-ratio?by=rep&channel=!Meta Ads&unknown=1"],
  ["detail as a table", "/kpi/customer-acquisition-cost?t=1&g=week"],
  ["detail with an explanation", "/kpi/win-ratio?by=rep&x=win-ratio.closed~rep:Elena%20Ruiz"],
  ["a cohort, ranked", "/kpi/win-ratio?k=cohort&w=60&r=1&by=rep&x=win-ratio.closed"],
  ["why, since and against", "/kpi/win-ratio?why=channel&since=2026-11-01&vs=leads&as=2026-11-20"],
  ["steps to readiness", "/kpi/marketing-qualified-leads?st=page"],
  [
    "a rule that is looked at",
    "/kpi/marketing-qualified-leads?ru=threshold%3A+50%0Abehaviour%3A+%5B%7Bpoints%3A+5%7D%5D",
  ],
  ["one person's journey", "/attribution/journey/L1"],
  ["the funnel", "/funnel?unknown=1"],
  ["retention", "/retention?by=segment&unknown=1"],
  ["the forecast", "/revenue?by=month&wr=120&unknown=1"],
  ["who creates and who closes", "/reps?unknown=1"],
  ["one rep", "/reps/%C3%81lvaro%20Quintana"],
  ["a rep whom nobody knows", "/reps/Nobody"],
  ["attribution", "/attribution?by=campaign&m=linear&vs=first&unknown=1"],
  ["the company's own indicator", "/kpi/demo-requests"],
  ["a page that is missing", "/kpi/none-such"],
] as const;

const violation = {
  check: "spend",
  dimension: "channel",
  model: null,
  grain: null,
  expected: "100.00",
  found: "98.50",
  message: "what was spent does not land exactly once",
};

describe.skipIf(missing)("axe finds nothing", () => {
  let browser: Browser;
  let server: Listening;
  let empty: Listening;
  let wrong: Listening;

  beforeAll(async () => {
    const violations = [violation];
    [browser, server, empty, wrong] = await Promise.all([
      launch(),
      serve(fakeApi()),
      serve(fakeApi({ empty: true })),
      serve(fakeApi({ violations })),
    ]);
  });

  afterAll(async () => {
    await Promise.all([browser.close(), server.close(), empty.close(), wrong.close()]);
  });

  /** What is wrong with a page: for those who cannot see it, for those who scroll sideways, and in the console. */
  async function faultsOf(url: string, path: string, reader: Reader, open?: string): Promise<string[]> {
    const context = await contextFor(browser, url, reader);
    try {
      const page = await context.newPage();
      const troubles = troublesOf(page);
      await page.goto(path);
      await ready(page);
      if (open)
        await page.evaluate(
          (selector) => document.querySelectorAll(selector).forEach((each) => each.setAttribute("open", "")),
          open,
        );
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      return [
        ...(await violationsOf(page)),
        ...(overflow > 0 ? [`wider than the screen by ${overflow} px`] : []),
        ...troubles.filter((trouble) => !path.includes("none-such") || !trouble.includes("404")),
      ];
    } finally {
      await context.close();
    }
  }

  describe.each(readers)("at $width, $scheme, $language", (reader) => {
    test.each(screens)("%s", async (_, path) => expect(await faultsOf(server.url, path, reader)).toEqual([]));
    test("the first run", async () => expect(await faultsOf(empty.url, "/", reader)).toEqual([]));
    test("numbers that do not add up", async () => expect(await faultsOf(wrong.url, "/", reader)).toEqual([]));
    test("with everything unfolded", async () =>
      expect(await faultsOf(server.url, "/kpi/win-ratio?x=win-ratio", reader, "details")).toEqual([]));
  });
});
