import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { diskAt, type Disk } from "./disk.ts";
import { framed, unframed } from "./framing.ts";
import { openJournal } from "./journal.ts";
import { linesOf, segmentsIn, type Line } from "./segments.ts";

const now = () => new Date("2026-11-23T10:12:00Z");
const folders: string[] = [];

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "embudo-journal-"));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function read(folder: string): Promise<Line[]> {
  const lines = [];
  for (const name of segmentsIn(folder)) for await (const chunk of linesOf(folder, name)) lines.push(...chunk);
  return lines;
}

const textsIn = async (folder: string) => (await read(folder)).flatMap((each) => ("text" in each ? [each.text] : []));

test("a framed text is itself again, and nothing else is", () => {
  expect(framed("abc")).toBe("352441c2 abc\n");
  expect(unframed("352441c2 abc")).toBe("abc");
  expect(unframed("352441c2 abd")).toBeUndefined();
  expect(unframed("352441c2 ab")).toBeUndefined();
  expect(unframed("")).toBeUndefined();
});

describe("on the real disk", () => {
  test("what comes at once shares a sync and keeps its order", async () => {
    const folder = temporary();
    const real = diskAt(folder);
    let syncs = 0;
    const counting: Disk = {
      async create(name) {
        const file = await real.create(name);
        return { ...file, sync: () => ((syncs += 1), file.sync()) };
      },
    };
    const journal = openJournal(counting, now);
    await Promise.all(Array.from({ length: 100 }, (_, nth) => journal.append([`${nth}`])));
    expect(syncs).toBeLessThanOrEqual(2);
    expect(await textsIn(folder)).toEqual(Array.from({ length: 100 }, (_, nth) => `${nth}`));
    await journal.seal(() => undefined);
  });

  test("a sealed segment is not written any more", async () => {
    const folder = temporary();
    const journal = openJournal(diskAt(folder), now);
    await journal.append(["a"]);
    const sealed = await journal.seal(() => segmentsIn(folder));
    await journal.append(["b"]);
    expect(sealed).toHaveLength(1);
    expect(segmentsIn(folder)).toHaveLength(2);
    expect(readFileSync(join(folder, sealed[0] ?? ""), "utf8")).toBe(framed("a"));
    expect(await journal.seal(() => segmentsIn(folder).length)).toBe(2);
  });

  test("a line that the disk changed is told, with its place", async () => {
    const folder = temporary();
    writeFileSync(join(folder, "1.journal"), `${framed("a")}12345678 b\n${framed("c")}352441c2 ab`);
    expect(await read(folder)).toEqual([{ text: "a" }, { line: 2, broken: "12345678 b" }, { text: "c" }]);
  });
});

/** A disk that loses power: of what was not synced, any part from the front stays. */
function failingDisk(stopAt: number, kept: number) {
  const files = new Map<string, { synced: string; after: string }>();
  let steps = 0;
  const step = () => {
    steps += 1;
    if (steps > stopAt) throw new Error("no power");
  };
  const disk: Disk = {
    async create(name) {
      step();
      const file = { synced: "", after: "" };
      files.set(name, file);
      return {
        async write(text) {
          file.after += text;
          step();
        },
        async sync() {
          step();
          file.synced += file.after;
          file.after = "";
        },
        close: () => Promise.resolve(),
      };
    },
  };
  const left = () =>
    [...files].map(
      ([name, { synced, after }]) => [name, synced + after.slice(0, Math.floor(after.length * kept))] as const,
    );
  return { disk, left };
}

test("wherever the power goes, what was acknowledged is there once and nothing is there twice", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }), { maxLength: 12 }),
      fc.nat(30),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.array(fc.boolean()),
      fc.boolean(),
      async (batches, stopAt, kept, seals, together) => {
        const { disk, left } = failingDisk(stopAt, kept);
        const journal = openJournal(disk, now);
        const acknowledged: string[] = [];
        let nth = 0;
        const sent = [];
        for (const [batch, texts] of batches.entries()) {
          const mine = texts.map((text) => JSON.stringify([nth++, text]));
          if (seals[batch] === true) void journal.seal(() => undefined);
          const told = journal.append(mine).then(
            () => acknowledged.push(...mine),
            () => undefined,
          );
          if (!together) await told;
          sent.push(told);
        }
        await Promise.all(sent);
        const folder = temporary();
        for (const [name, text] of left()) writeFileSync(join(folder, name), text);
        const found = await textsIn(folder);
        expect(found).toEqual(expect.arrayContaining(acknowledged));
        expect(new Set(found).size).toBe(found.length);
      },
    ),
    { numRuns: 300 },
  );
});
