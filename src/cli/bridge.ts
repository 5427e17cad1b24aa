import type { Bridge, Bucket } from "../contract/bridge.ts";
import { examplesText } from "./examples.ts";
import { figure } from "./figures.ts";
import { table } from "./table.ts";

const reasons: Readonly<Record<string, string>> = {
  same: "both count it",
  amount: "both count it, with other amounts",
  unlinked: "its row names none",
  unknown: "unknown to the other",
  merged: "merged into another",
  disqualified: "disqualified",
  "not-reached": "did not get there",
  "out-of-window": "got there after the window",
  "another-period": "in another period",
  "no-rows": "a sum without rows of its own",
  unmatched: "cannot be matched row by row",
};

const inWords = (reason: string): string =>
  reason.startsWith("filter:") ? `other ${reason.slice("filter:".length)}` : (reasons[reason] ?? reason);

const number = (value: number): string => figure(value, "count", null);
const signed = (value: number): string => (value === 0 ? "" : `${value > 0 ? "+" : "−"}${number(Math.abs(value))}`);
const who: Readonly<Record<Bucket["side"], string>> = {
  left: "only the first",
  right: "only the second",
  both: "both",
};

/** From the first number to the second, bucket by bucket, as lines of a terminal. */
export function bridgeInLines({ left, right, entity, buckets, rows }: Bridge): string[] {
  let soFar = left.value;
  const steps = buckets.map((bucket) => {
    soFar += bucket.right - bucket.left;
    const change = signed(bucket.right - bucket.left);
    const examples = examplesText(bucket.examples);
    return [who[bucket.side], inWords(bucket.reason), number(bucket.rows), change, number(soFar), examples];
  });
  const end = ({ title, part }: Bridge["left"], value: string) => [title, part, "", "", value, ""];
  const columns = [
    { title: "counted by" },
    { title: "why" },
    { title: `n (${entity})`, right: true },
    { title: "change", right: true },
    { title: "so far", right: true },
    { title: "such as" },
  ];
  const waterfall = table(columns, [end(left, number(left.value)), ...steps, end(right, number(right.value))]);
  const listed = rows.map((row) => [row.key, number(row.left), number(row.right)]);
  const contents = [{ title: entity }, { title: "first", right: true }, { title: "second", right: true }];
  return [
    `How it differs from ${right.title}: ${number(left.value)} and ${number(right.value)}`,
    waterfall,
    ...(listed.length === 0 ? [] : ["", table(contents, listed)]),
    "",
  ];
}
