import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serveWorkspace } from "../src/cli/serve.ts";
import type { Terminal } from "../src/cli/terminal.ts";
import { makeDemo, usualDemo } from "../src/cli/demo.ts";

const today = "2026-11-23";
const folder = join(import.meta.dirname, "..", "docs", "pictures");
const workspace = join(mkdtempSync(join(tmpdir(), "embudo-pictures-")), "demo");

const terminal: Terminal = {
  out: () => undefined,
  err: (text) => process.stderr.write(text),
  input: () => process.stdin,
  watched: false,
  columns: 100,
  ask: undefined,
  environment: {},
  now: () => new Date(`${today}T10:12:00Z`),
  folder: workspace,
  signal: new AbortController().signal,
};

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly language: "es" | "en";
  readonly theme: "light" | "dark";
  readonly width: number;
  readonly height: number;
  /** The heading of the one card that is shown; the whole screen without it. */
  readonly card?: string;
}

const pictures: readonly Picture[] = [
  { name: "home", path: "/", language: "es", theme: "light", width: 1280, height: 860 },
  { name: "home-phone", path: "/", language: "en", theme: "dark", width: 390, height: 844 },
  {
    name: "indicator",
    path: "/kpi/win-ratio?p=ytd&by=team",
    language: "en",
    theme: "light",
    width: 1280,
    height: 1000,
  },
  {
    name: "explain",
    path: "/kpi/cost-per-lead?by=channel&x=cost-per-lead~channel:paid_search",
    language: "es",
    theme: "light",
    width: 1280,
    height: 900,
  },
  {
    name: "why",
    path: "/kpi/cost-per-lead?p=2026-Q3&why=channel",
    language: "en",
    theme: "light",
    width: 1280,
    height: 900,
    card: "Why it changed",
  },
];

await makeDemo(workspace, { ...usualDemo, today }, terminal);
const served = await serveWorkspace(workspace, 0, terminal);
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--hide-scrollbars",
  ],
});
mkdirSync(folder, { recursive: true });
for (const { name, path, language, theme, width, height, card } of pictures) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language,
    colorScheme: theme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(served.url + path, { waitUntil: "networkidle" });
  const shown = card === undefined ? page : page.getByRole("region", { name: card });
  await shown.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}
await browser.close();
await served.close();
rmSync(join(workspace, ".."), { recursive: true, force: true });
