import { createHash, timingSafeEqual } from "node:crypto";

/** Whether two secrets are the same, in a time that says nothing of where they differ. */
export const isSame = (one: string, other: string): boolean => {
  const [left, right] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
};
