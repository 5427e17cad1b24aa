import { open } from "node:fs/promises";
import type { Located } from "./locate.ts";
import { cut, unreadableFile } from "./peek.ts";
import type { Relation, Workshop } from "./relation.ts";
import { quotedPath } from "./typed.ts";

async function checkEnds({ file, path, bytes }: Located): Promise<void> {
  const handle = await open(path);
  try {
    const mark = async (from: number) => (await handle.read(Buffer.alloc(4), 0, 4, from)).buffer.toString("latin1");
    if (bytes === 0) throw unreadableFile(file, "it is empty");
    if ((await mark(0)) !== "PAR1") throw unreadableFile(file, "it is no Parquet file");
    if (bytes < 12 || (await mark(bytes - 4)) !== "PAR1") throw cut(file, "the footer of the Parquet file is missing");
  } finally {
    await handle.close();
  }
}

/** Parquet files carry their own types; nothing about them is guessed. */
export async function parquetRelation(files: readonly Located[], workshop: Workshop): Promise<Relation> {
  await Promise.all(files.map(checkEnds));
  const paths = await Promise.all(files.map(({ path }) => workshop.reachable(path)));
  const list = paths.map(quotedPath).join(", ");
  return {
    select: () => `SELECT * FROM read_parquet([${list}], union_by_name=true)`,
    insist: () => false,
    settle: () => Promise.resolve(true),
    unreadable: () => Promise.resolve([]),
    short: () => [],
  };
}
