import { canonical } from "../contract/canonical.ts";
import type { Receipt } from "../contract/receipt.ts";
import { badRequest } from "./parse.ts";
import type { Asked } from "./route.ts";

const nameOf = ({ question }: Receipt): string =>
  ["receipt", question.indicator, question.from, question.to]
    .filter(Boolean)
    .join("-")
    .replace(/[^\w-]/g, "_");

/** A receipt as a file to keep: its bytes are what `verify` takes. */
export const receiptFile = (receipt: Receipt): Response =>
  new Response(canonical(receipt), {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${nameOf(receipt)}.json"`,
    },
  });

/** The body exactly as it was sent: nothing is repaired, so that no altered byte goes unseen. */
export async function exactText(context: Asked): Promise<string> {
  const bytes = await context.req.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw badRequest("body", "expected text in UTF-8");
    throw error;
  }
}
