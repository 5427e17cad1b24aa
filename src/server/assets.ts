import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { z } from "zod";
import { languages, type Language } from "../locales/index.ts";
import type { Assets } from "../web/render.tsx";

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
};

const Manifest = z.record(
  z.string(),
  z.object({
    file: z.string(),
    isEntry: z.boolean().optional(),
    isDynamicEntry: z.boolean().optional(),
    imports: z.array(z.string()).optional(),
  }),
);
type Manifest = z.infer<typeof Manifest>;

/** The built files of the pages: what a page names in each language, and what each file holds. */
export interface BuiltAssets {
  named: Readonly<Record<Language, Assets>>;
  file: (name: string) => { type: string; bytes: Uint8Array<ArrayBuffer> } | undefined;
}

/** Reads the built files once; they are few, and their names change with what they hold. */
export function readAssets(folder: string): BuiltAssets {
  const files = new Map(namesIn(join(folder, "assets")).map((name) => [name, read(folder, name)]));
  const named = Object.fromEntries(languages.map((language) => [language, namedIn(manifestOf(folder, language))]));
  return { named: named as Record<Language, Assets>, file: (name) => files.get(name) };
}

/** What a manifest says that pages load: from the start, and for a piece of theirs. */
function namedIn(manifest: Manifest): Assets {
  const all = Object.values(manifest);
  const hrefs = (chosen: Manifest[string][]) => chosen.map(({ file }) => `/${file}`);
  const ending = (end: string) => hrefs(all.filter(({ file }) => file.endsWith(end)));
  const pieces = Object.entries(manifest).flatMap(([source, chunk]) =>
    chunk.isDynamicEntry === true ? [[pieceIn(source), hrefs([chunk, ...importedBy(manifest, chunk)])]] : [],
  );
  return {
    scripts: hrefs(all.filter(({ isEntry }) => isEntry)),
    styles: ending(".css"),
    fonts: ending(".woff2"),
    pieces: Object.fromEntries(pieces) as Assets["pieces"] & object,
  };
}

/** A piece has the name of its folder. */
const pieceIn = (source: string): string => dirname(source).split("/").at(-1) ?? source;

/** The chunks that a chunk needs beside the page's own script. */
function importedBy(manifest: Manifest, { imports = [] }: Manifest[string]): Manifest[string][] {
  return imports.flatMap((key) => {
    const chunk = manifest[key];
    return chunk === undefined || chunk.isEntry === true ? [] : [chunk, ...importedBy(manifest, chunk)];
  });
}

function manifestOf(folder: string, language: Language): Manifest {
  const path = join(folder, `${language}.json`);
  return existsSync(path) ? Manifest.parse(JSON.parse(readFileSync(path, "utf8"))) : {};
}

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

const read = (folder: string, name: string) => ({
  type: types[extname(name)] ?? "application/octet-stream",
  bytes: new Uint8Array(readFileSync(join(folder, "assets", name))),
});
