import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

/** Path → text. */
type Tree = Readonly<Record<string, string>>;

const domain = ["indicators", "methods", "facts", "engine"];
const product = ["watch", "ask", "collect", "sources", "workspace", ...domain, "contract", "locales"];

/** The rooms of src/ and what each may import besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  contract: [],
  locales: [],
  facts: ["methods", "engine"],
  methods: ["engine"],
  indicators: ["methods", "facts", "engine"],
  sources: ["facts", "engine"],
  collect: ["facts", "engine"],
  workspace: ["indicators", "methods", "facts", "engine", "contract"],
  ask: ["workspace", ...domain, "contract"],
  watch: ["ask", "sources", "workspace", ...domain, "contract"],
  server: [...product, "web/render.tsx", "web/shell.ts"],
  cli: [...product, "server/index.ts"],
  web: ["contract", "locales"],
};

const isTest = (path: string) => path.includes(".test.");
const roomOf = (path: string) => path.split("/")[1] ?? "";
const strings = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)/;
const stringsOrComments = new RegExp(String.raw`${strings.source}|//.*|/\*[^]*?\*/`, "g");
const withoutComments = (text: string) => text.replace(stringsOrComments, "$1");

const importsOf = (path: string, text: string) =>
  [...withoutComments(text).matchAll(/\b(?:from|import)\s*\(?\s*["'](\.[^"']*)["']/g)].map((found) =>
    join(dirname(path), found[1] ?? ""),
  );

function upwardImports(tree: Tree): string[] {
  const allowed = (path: string, target: string) =>
    [roomOf(path), ...(mayImport[roomOf(path)] ?? [])].some((room) => `${target}/`.startsWith(`src/${room}/`));
  return Object.entries(tree)
    .filter(([path]) => !isTest(path))
    .flatMap(([path, text]) => importsOf(path, text).map((target) => ({ path, target })))
    .filter(({ path, target }) => !allowed(path, target))
    .map(({ path, target }) => `${path} imports ${target}`);
}

function cycles(tree: Tree): string[] {
  const done = new Set<string>();
  function walk(path: string, trail: readonly string[]): string[] {
    if (trail.includes(path)) return [[...trail.slice(trail.indexOf(path)), path].join(" → ")];
    if (done.has(path)) return [];
    const found = importsOf(path, tree[path] ?? "").flatMap((target) => walk(target, [...trail, path]));
    done.add(path);
    return found;
  }
  return Object.keys(tree).flatMap((path) => walk(path, []));
}

const trade =
  /\b(?:leads?|deals?|campaigns?|churn|spend|touch(?:es)?|customers?|revenues?|channels?|subscriptions?|opportunit(?:y|ies)|visitors?|marketing|sales)\b/gi;
const inWords = (text: string) => text.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ");

const each = (offences: (path: string, text: string) => readonly string[]) => (tree: Tree) =>
  Object.entries(tree).flatMap(([path, text]) => offences(path, text).map((offence) => `${path}: ${offence}`));

const wordsOfTheTrade = each((path, text) => (roomOf(path) === "engine" ? (inWords(text).match(trade) ?? []) : []));
const longFiles = each((_, text) => (text.trimEnd().split("\n").length > 400 ? ["more than 400 lines"] : []));
const anys = each(
  (_, text) => withoutComments(text).match(/(?:[:<|&,([]|\bas|=>)\s*any\b(?=\s*[;,)>\]|&=}[]|$)/gm) ?? [],
);

const strangers = each((path) => (roomOf(path) in mayImport ? [] : ["no such room"]));

const rules: [name: string, rule: (tree: Tree) => string[], ...broken: Tree[]][] = [
  ["every file lives in a room that has rules", strangers, { "src/utils/a.ts": "" }],
  [
    "imports only point down, pages know the wire alone, and server and pages are entered by their front doors",
    upwardImports,
    { "src/engine/a.ts": 'import { lead } from "../facts/lead.ts";' },
    { "src/web/a.tsx": 'const all = import("../engine/sql.ts");' },
    { "src/cli/a.ts": 'import "../server/routes.ts";' },
    { "src/server/a.ts": 'import "../web/home/Home.tsx";' },
  ],
  [
    "no cycles between files",
    cycles,
    { "src/ask/a.ts": 'import "./b.ts";', "src/ask/b.ts": 'export * from "./a.ts";' },
  ],
  ["the engine has never heard of the trade", wordsOfTheTrade, { "src/engine/a.ts": "const perLead = 1;" }],
  ["no file has over 400 lines", longFiles, { "src/ask/a.ts": "a;\n".repeat(401) }],
  ["no type is any", anys, { "src/ask/a.ts": ["const a = b as", "any;"].join(" ") }],
];

describe.each(rules)("%s", (_, rule, ...broken) => {
  const everywhere = rule === longFiles || rule === anys;
  const paths = globSync(everywhere ? "{src,test,bench}/**/*.{ts,tsx}" : "src/**/*.{ts,tsx}");
  const tree = Object.fromEntries(paths.map((path) => [path.replaceAll("\\", "/"), readFileSync(path, "utf8")]));

  test("holds", () => expect(rule(tree)).toEqual([]));
  test.each(broken)("notices a breach: %j", (breach) => expect(rule(breach)).not.toEqual([]));
});
