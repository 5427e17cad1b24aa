import { join } from "node:path";
import type { Api } from "../../src/contract/api.ts";
import { listen, type Listening } from "../../src/server/listen.ts";
import type { Renderer } from "../../src/server/pages.ts";
import { createServer } from "../../src/server/server.ts";

const root = join(import.meta.dirname, "..", "..");

/** The built pages' folder for browsers. */
export const assetsFolder = join(root, "dist", "web", "client");

/** The instant at which browser tests stand still. */
export const frozen = new Date("2026-11-23T10:12:00Z");

/** The built renderer, as the command line loads it. */
export async function builtRenderer(): Promise<Renderer> {
  const module = (await import(join(root, "dist", "web", "server", "render.js"))) as Renderer;
  return module;
}

/** Serves the built pages over an Api, on any free port. */
export async function serve(api: Api, port = 0): Promise<Listening> {
  return listen({ app: createServer({ api, render: await builtRenderer(), assetsFolder, now: () => frozen }), port });
}
