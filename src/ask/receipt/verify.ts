import { canonical } from "../../contract/canonical.ts";
import type { Receipt, ReceiptDifference, Verification } from "../../contract/receipt.ts";
import { Problem } from "../../engine/problem.ts";
import type { Evidence } from "./receipt.ts";
import { opened } from "./seal.ts";

const text = (value: unknown): string =>
  value === undefined ? "nothing" : typeof value === "string" ? value : JSON.stringify(value);

const short = (value: string): string => (value.length > 200 ? `${value.slice(0, 200)} …` : value);

/** What differs, in plain words. */
function messageOf(where: string, before: string, now: string): string {
  const [section = "", ...path] = where.split(".");
  const [name = ""] = path;
  if (section === "inputs" && path.at(-1) === "fingerprint") return `${name}: the rows say something else than then`;
  if (section === "inputs" && path.at(-1) === "rows") return `${name}: ${before} rows then, ${now} now`;
  if (where === "definition.digest") return "definition: it counts something else than then";
  if (section === "sql") return "sql: another statement than then";
  return `${[section, path.join(".")].filter((each) => each !== "").join(": ")} ${short(before)} then, ${short(now)} now`;
}

const difference = (where: string, before: string, now: string): ReceiptDifference => ({
  where,
  before,
  now,
  message: messageOf(where, before, now),
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** Every leaf of two values that is not the same in both. */
function differing(where: string, before: unknown, now: unknown): ReceiptDifference[] {
  if (canonical(before ?? null) === canonical(now ?? null)) return [];
  if (!isObject(before) || !isObject(now)) return [difference(where, text(before), text(now))];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return keys.flatMap((key) => differing(where === "" ? key : `${where}.${key}`, before[key], now[key]));
}

const unreadable: Readonly<Record<"altered" | "unknown", ReceiptDifference>> = {
  altered: {
    where: "receipt",
    before: "as it was made",
    now: "altered",
    message: "the receipt itself was altered: it is not, byte by byte, what was sealed",
  },
  unknown: {
    where: "receipt",
    before: "of a form that this version does not know",
    now: "of form 1",
    message: "the receipt is of a form that this version of Embudo does not know",
  },
};

const evidenceIn = ({
  receipt: _form,
  product: _product,
  createdAt: _made,
  digest: _digest,
  ...rest
}: Receipt): Evidence => rest;

/** Holds a receipt against what `again` finds for its question, as of its instant and day. It never throws for what a file says. */
export async function verified(written: string, again: (receipt: Receipt) => Promise<Evidence>): Promise<Verification> {
  const receipt = opened(written);
  if (typeof receipt === "string") return { equal: false, differences: [unreadable[receipt]] };
  try {
    const differences = differing("", evidenceIn(receipt), await again(receipt));
    return { equal: differences.length === 0, differences };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { equal: false, differences: [difference("question", "answered", error.message)] };
  }
}
