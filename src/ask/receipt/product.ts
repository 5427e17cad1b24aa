import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Manifest = z.object({ version: z.string() });

const manifest = join(import.meta.dirname, "..", "..", "..", "package.json");

/** The version of Embudo that answers. */
export const product = `Embudo ${Manifest.parse(JSON.parse(readFileSync(manifest, "utf8"))).version}`;
