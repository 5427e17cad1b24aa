import { createHash } from "node:crypto";
import { clickIds } from "./click-ids.ts";
import { groupingOf, type ChannelSettings } from "./grouping.ts";
import { listTexts } from "./lists.ts";
import { paidMedia } from "./words.ts";

/** Raised when the same rules and lists give other channels than before, because texts are read otherwise. */
const edition = 1;

/** Differs whenever channels may come out differently. */
export function groupingSignature(settings: ChannelSettings): string {
  const { rules, hosts } = groupingOf(settings);
  const all = [edition, rules, [...hosts], clickIds, paidMedia, listTexts()];
  return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}
