import { appendFileSync, readFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { sync } from "../src/cli/operations.ts";
import { openWorkspace } from "../src/workspace/workspace.ts";
import { timed } from "./measure.ts";

/** What comes late, by file: records under ids of their own; spend under the keys that it has, which restates their days. */
const late: Readonly<Record<string, (line: string) => string>> = {
  "lead.csv": (line) => `late-${line}`,
  "revenue.csv": (line) => `late-${line}`,
  "spend.csv": (line) => line,
};

/** The last hundredth of the lines of a file. */
function hundredth(text: string): string[] {
  const lines = text.trimEnd().split("\n").slice(1);
  return lines.slice(-Math.ceil(lines.length / 100));
}

/** Milliseconds that it takes to load everything again with a hundredth more, late and restated; the files are left as they were. */
export async function nightly(folder: string, now: () => Date): Promise<number> {
  const sizes = new Map<string, number>();
  try {
    for (const [name, other] of Object.entries(late)) {
      const file = join(folder, "files", name);
      const text = readFileSync(file, "utf8");
      sizes.set(file, statSync(file).size);
      appendFileSync(file, `${hundredth(text).map(other).join("\n")}\n`);
    }
    const workspace = await openWorkspace(folder, { now });
    const taken = await timed(() => sync(workspace, {}, now, () => undefined));
    workspace.close();
    return taken;
  } finally {
    for (const [file, size] of sizes) truncateSync(file, size);
  }
}
