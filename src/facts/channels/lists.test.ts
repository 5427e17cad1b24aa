import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { cleaned } from "./clean.ts";
import { hostList, spamHosts } from "./lists.ts";

const published = "../shared/contracts/lists";
const why = existsSync(published) ? "" : ` (skipped: ${published} is not here)`;

const textOf = (file: string) => readFileSync(`${published}/${file}`, "utf8");
const bare = (host: string) =>
  host
    .trim()
    .toLowerCase()
    .replace(/^www\./, "");
const named = (name: string) => cleaned(name.replaceAll(":", " "));

function hostsOf(entry: unknown): string[] {
  if (typeof entry === "string") return [entry];
  if (Array.isArray(entry)) return entry.flatMap(hostsOf);
  return typeof entry === "object" && entry !== null && "urls" in entry ? hostsOf(entry.urls) : [];
}

/** The hosts of a published list, without entries that name a path. */
const asPublished = (file: string): Set<string> =>
  new Set(
    Object.entries(parse(textOf(file)) as Record<string, unknown>).flatMap(([name, entry]) =>
      hostsOf(entry)
        .filter((host) => !host.includes("/"))
        .map((host) => `${named(name)} ${bare(host)}`),
    ),
  );

test.skipIf(why !== "").each([
  ["search", "matomo-SearchEngines.yml"],
  ["social", "matomo-Socials.yml"],
  ["ai", "matomo-AIAssistants.yml"],
] as const)(`the list %s says what was published${why}`, (list, file) => {
  expect(new Set(hostList(list).map(([host, name]) => `${name} ${host}`))).toEqual(asPublished(file));
});

test.skipIf(why !== "")(`the list of referrer spam says what was published${why}`, () => {
  const spam = textOf("matomo-spammers.txt")
    .split("\n")
    .filter((line) => line !== "");
  expect(new Set(spamHosts())).toEqual(new Set(spam.map((each) => each.toLowerCase())));
});
