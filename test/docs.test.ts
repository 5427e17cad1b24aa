import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../src/cli/index.ts";
import { namedLists, namedMeasures } from "../src/indicators/expression/named-measures.ts";
import { indicators } from "../src/indicators/index.ts";

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

test("every indicator has its page, and no other has one", () => {
  expect(pagesIn("indicators").toSorted()).toEqual(indicators.map(({ id }) => id).toSorted());
});

test("every command has its page, and no other has one", () => {
  expect(pagesIn("commands").toSorted()).toEqual(commands.map(({ name }) => name).toSorted());
});

test.each(commands)("the page of the command $name says all of its options", ({ name, usage }) => {
  const page = textOf(`docs/commands/${name}.md`) + (name === "explain" ? textOf("docs/commands/ask.md") : "");
  const options: string[] = usage.match(/--[a-z-]+/g) ?? [];
  expect(options.filter((option) => !page.includes(option))).toEqual([]);
});

test("every file of a method is named on the page of one", () => {
  const files = globSync("src/methods/**/*.ts").filter((path) => !/(?:index|\.test)\.ts$/.test(path));
  const named = pagesIn("methods")
    .map((page) => textOf(`docs/methods/${page}.md`))
    .join();
  expect(files.filter((path) => !named.includes(`\`${path}\``))).toEqual([]);
});

test("each indicator's page lists its variants, the default first", () => {
  for (const { id, variants } of indicators.filter((each) => each.variants.length > 0)) {
    const listed = [
      ...textOf(`docs/indicators/${id}.md`).matchAll(/^\| `([a-z-]+)`.* \| (?:ratio|money|count|days)\s*\|$/gm),
    ];
    expect({ id, variants: listed.map((found) => found[1]) }).toEqual({
      id,
      variants: [...new Set(variants.map((each) => each.id))],
    });
  }
});

test("the page of definitions says every measure and list that an expression may name", () => {
  const page = textOf("docs/definitions.md");
  const names = [...Object.keys(namedMeasures), ...Object.keys(namedLists)];
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
