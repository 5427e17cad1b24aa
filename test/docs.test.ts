import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";

const pages = [
  "README.md",
  "TENETS.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...globSync("docs/**/*.md"),
];
const textOf = (page: string) => readFileSync(page, "utf8");
const withoutCode = (text: string) => text.replace(/^```[^]*?^```/gm, "").replace(/`[^`\n]*`/g, "");

const slugOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
const anchorsOf = (page: string) => [...textOf(page).matchAll(/^#+ (.*)$/gm)].map((found) => slugOf(found[1] ?? ""));

/** The links of a page to files of the project, pictures included. */
const linksOf = (page: string) =>
  [...withoutCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map((found) => found[1] ?? "")
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path = "", anchor] = link.split("#");
      return { link, target: path === "" ? page : join(dirname(page), path), anchor };
    });

/** The ids in a list that a room's index exports. */
async function idsOf(index: string, list: string): Promise<string[]> {
  const room: Record<string, { readonly id: string }[]> = await import(resolve(index));
  return (room[list] ?? []).map(({ id }) => id);
}

const pagesIn = (folder: string) => globSync(`docs/${folder}/*.md`).map((page) => basename(page, ".md"));

test.each(pages)("%s: every link leads to a file and a heading that exist", (page) => {
  const dead = linksOf(page).filter(
    ({ target, anchor }) => !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor)),
  );
  expect(dead.map(({ link }) => link)).toEqual([]);
});

test("every page can be reached from README.md", () => {
  const reached = new Set(["README.md"]);
  for (const page of reached) {
    for (const { target } of linksOf(page)) if (target.endsWith(".md") && existsSync(target)) reached.add(target);
  }
  expect(pages.filter((page) => !reached.has(page))).toEqual([]);
});

const lists = [
  ["indicators", "src/indicators/index.ts", "indicators"],
  ["commands", "src/cli/index.ts", "commands"],
] as const;

test.each(lists.filter(([, index]) => existsSync(index)))(
  "docs/%s has a page for each id in %s, and no other",
  async (folder, index, list) => {
    const ids = await idsOf(index, list);
    expect(ids.length).toBeGreaterThan(0);
    expect(pagesIn(folder).toSorted()).toEqual(ids.toSorted());
  },
);
