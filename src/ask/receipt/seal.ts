import { createHash } from "node:crypto";
import { canonical } from "../../contract/canonical.ts";
import { Receipt } from "../../contract/receipt.ts";

/** SHA-256 of a value as it is written canonically. */
export const digestOf = (value: unknown): string => createHash("sha256").update(canonical(value)).digest("hex");

/** A receipt with the digest of everything else in it. */
export const sealed = (unsealed: Omit<Receipt, "digest">): Receipt => ({ ...unsealed, digest: digestOf(unsealed) });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether a text is exactly what was sealed: written canonically, byte by byte, and with the digest of its content. */
function isUntouched(text: string, content: unknown): content is object {
  if (typeof content !== "object" || content === null || !("digest" in content)) return false;
  const { digest, ...rest } = content;
  return canonical(content) === text && digest === digestOf(rest);
}

/** The receipt that a text is, or why it is none: it was altered, or is of a form that this version does not know. */
export function opened(text: string): Receipt | "altered" | "unknown" {
  const content = parsed(text);
  if (!isUntouched(text, content)) return "altered";
  const receipt = Receipt.safeParse(content);
  return receipt.success ? receipt.data : "unknown";
}
