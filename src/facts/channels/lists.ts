import { readFileSync } from "node:fs";
import { categories, type Category, type Known } from "./channels.ts";
import { cleaned } from "./clean.ts";

type List = "search" | "social" | "ai" | "spam" | "known";

const textOf = (list: List): string => readFileSync(new URL(`lists/${list}.txt`, import.meta.url), "utf8");

/** The lists as they are written. */
export const listTexts = (): string[] => (["search", "social", "ai", "spam", "known"] as const).map(textOf);

const linesOf = (list: List): string[] =>
  textOf(list)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

/** A list of hosts, each with the name of whose it is: lines of `name: host host …`. */
export function hostList(list: "search" | "social" | "ai"): [host: string, name: string][] {
  return linesOf(list).flatMap((line) => {
    const [name = "", hosts = ""] = line.split(": ");
    return hosts.split(" ").map((host): [string, string] => [host.replace(/^www\./, ""), cleaned(name)]);
  });
}

/** Hosts that appear as referrers only to be looked at. */
export const spamHosts = (): string[] => linesOf("spam");

function knownLine(line: string): [word: string, known: Known][] {
  const [head = "", others = ""] = line.split(/:\s*/);
  const [kind = "", name = ""] = head.split(" ");
  const category: Category | undefined = categories.find((each) => each === kind);
  if (category === undefined) throw new Error(`lists/known.txt: ${kind} is no category`);
  return [name, ...others.split(" ").filter((each) => each !== "")].map((word) => [word, { category, name }]);
}

/** Names and hosts that Embudo knows beside the lists. */
export const knownWords = (): [word: string, known: Known][] => linesOf("known").flatMap(knownLine);
