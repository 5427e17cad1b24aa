import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The tracker as pages load it. */
export interface Script {
  /** `embudo.HASH.js`: another script has another name. */
  readonly name: string;
  /** What a page's `integrity` says of it. */
  readonly integrity: string;
  readonly text: string;
}

const named = /^embudo\.[0-9a-f]{16}\.js$/;

/** Where scripts of this and earlier versions of Embudo lie, so that a page that names an old one goes on. */
const keptFile = (folder: string, name: string): string => join(folder, "data", "collect", "scripts", name);

/** Reads the built tracker, or nothing where it is not built. */
export function readScript(built: string): Script | undefined {
  if (!existsSync(built)) return undefined;
  const text = readFileSync(built, "utf8");
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return {
    name: `embudo.${hash}.js`,
    integrity: `sha384-${createHash("sha384").update(text).digest("base64")}`,
    text,
  };
}

/** Keeps a script for the pages that name it from now on. */
export function keepScript(folder: string, built: string, { name }: Script): void {
  const file = keptFile(folder, name);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) copyFileSync(built, file);
}

/** A script of an earlier version by its name, or nothing where it was never given away here. */
export function keptScript(folder: string, name: string): string | undefined {
  const file = keptFile(folder, name);
  return named.test(name) && existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** What goes into a page's head. `url` is where the pages reach Embudo. */
export const snippetOf = ({ name, integrity }: Script, url: string, site: string, consent: string): string =>
  `<script defer src="${new URL(name, url).href}" integrity="${integrity}" crossorigin="anonymous" data-site="${site}" data-consent="${consent}"></script>`;
