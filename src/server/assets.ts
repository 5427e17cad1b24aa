import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { z } from "zod";
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
    css: z.array(z.string()).optional(),
    assets: z.array(z.string()).optional(),
  }),
);

/** The built files of the pages: what a page names, and what each file holds. */
export interface BuiltAssets {
  named: Assets;
  file: (name: string) => { type: string; bytes: Uint8Array<ArrayBuffer> } | undefined;
}

/** Reads the built files once; they are few, and their names change with what they hold. */
export function readAssets(folder: string): BuiltAssets {
  const manifest = manifestOf(folder);
  const files = new Map(namesIn(join(folder, "assets")).map((name) => [name, read(folder, name)]));
  const entries = Object.values(manifest).filter(({ isEntry }) => isEntry);
  const href = (file: string) => `/${file}`;
  return {
    named: {
      scripts: entries.map(({ file }) => href(file)),
      styles: entries.flatMap(({ css = [] }) => css.map(href)),
      fonts: entries.flatMap(({ assets = [] }) => assets.filter((file) => file.endsWith(".woff2")).map(href)),
    },
    file: (name) => files.get(name),
  };
}

function manifestOf(folder: string): z.infer<typeof Manifest> {
  const path = join(folder, ".vite", "manifest.json");
  return existsSync(path) ? Manifest.parse(JSON.parse(readFileSync(path, "utf8"))) : {};
}

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

const read = (folder: string, name: string) => ({
  type: types[extname(name)] ?? "application/octet-stream",
  bytes: new Uint8Array(readFileSync(join(folder, "assets", name))),
});
