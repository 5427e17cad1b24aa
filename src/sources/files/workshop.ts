import { randomUUID } from "node:crypto";
import { realpathSync } from "node:fs";
import { constants, copyFile, link, mkdir, rm } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Connection } from "../../engine/database.ts";
import { quoted, raw } from "../../engine/sql.ts";
import type { Workshop } from "./relation.ts";

/** A workshop and the broom that sweeps it: prepared copies and temporary things go. */
export interface OpenWorkshop extends Workshop {
  sweep(): Promise<void>;
}

/**
 * Prepared copies live in a folder of their own under `data/prepared/`. The engine follows symbolic links before it checks
 * whether it may read, so a link that leads out of the workspace is read through a hard link there, or through a copy where
 * the file is on another disk.
 */
export function openWorkshop(
  connection: Connection,
  folder: string,
  copiesIn = join(folder, "data", "prepared"),
): OpenWorkshop {
  const id = randomUUID().slice(0, 8);
  const place = join(copiesIn, id);
  const token = `embudo_${id}`;
  const sequences: string[] = [];
  let copies = 0;

  async function prepared(extension: string): Promise<string> {
    await mkdir(place, { recursive: true });
    return join(place, `${++copies}.${extension}`);
  }

  async function reachable(path: string): Promise<string> {
    const real = realpathSync(path);
    if (real.startsWith(realpathSync(folder) + sep)) return path;
    const copy = await prepared(/[^/\\]*?((\.[a-z]+)?\.[a-z]+)$/i.exec(path)?.[1]?.slice(1) ?? "file");
    await link(real, copy).catch(() => copyFile(real, copy, constants.COPYFILE_FICLONE));
    return copy;
  }

  return {
    connection,
    token,
    prepared,
    reachable,
    async sequence() {
      const name = `${token}_${sequences.length}`;
      await connection.run(raw(`CREATE TEMP SEQUENCE ${quoted(name)}`));
      sequences.push(name);
      return name;
    },
    async sweep() {
      for (const name of sequences.splice(0)) {
        await connection.run(raw(`DROP SEQUENCE IF EXISTS ${quoted(name)}`));
        for (const table of ["errors", "scans", "text_errors", "text_scans"])
          await connection.run(raw(`DROP TABLE IF EXISTS temp.${quoted(`${name}_${table}`)}`));
      }
      await rm(place, { recursive: true, force: true });
    },
  };
}
