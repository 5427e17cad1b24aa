import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Problem } from "../engine/problem.ts";

const pepperFile = (folder: string): string => join(folder, "data", "pepper");

/** The key of the hashes of e-mails and phones, as hexadecimal text; undefined before anything was loaded. */
export function pepperIn(folder: string): string | undefined {
  if (!existsSync(pepperFile(folder))) return undefined;
  const pepper = readFileSync(pepperFile(folder), "utf8").trim();
  if (/^[0-9a-f]{64}$/.test(pepper)) return pepper;
  throw new Problem(
    "pepper-unreadable",
    `${pepperFile(folder)} does not hold the key of the hashed e-mails`,
    "restore it from a backup; with another one, people are not recognised by their e-mails and phones",
  );
}

/** That key, drawn when there is none yet; only its owner can read it. */
export function pepperOf(folder: string): string {
  const known = pepperIn(folder);
  if (known !== undefined) return known;
  mkdirSync(dirname(pepperFile(folder)), { recursive: true, mode: 0o700 });
  writeFileSync(pepperFile(folder), `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  return pepperOf(folder);
}
