import { createHmac } from "node:crypto";
import { isSame } from "../../engine/same.ts";

const tolerance = 5 * 60;

const hmac = (algorithm: "sha1" | "sha256", secret: string, text: string): string =>
  createHmac(algorithm, secret).update(text).digest("hex");

/** Segment's signature of a webhook: the hexadecimal HMAC-SHA1 of the body. */
export const isSegments = (given: string, body: string, secret: string): boolean =>
  isSame(given.toLowerCase(), hmac("sha1", secret, body));

/**
 * Our signature, `t=1763892720,v1=…`: the seconds since 1970 and the hexadecimal HMAC-SHA256 of them, a point and the body.
 * One that is more than five minutes away is refused, so that an overheard request cannot be sent again later.
 */
export function isOurs(given: string, body: string, secret: string, now: Date): boolean {
  const { t, v1 } = /^t=(?<t>\d{1,12}),v1=(?<v1>[0-9a-f]{64})$/.exec(given)?.groups ?? {};
  if (t === undefined || v1 === undefined) return false;
  if (Math.abs(now.getTime() / 1000 - Number(t)) > tolerance) return false;
  return isSame(v1, hmac("sha256", secret, `${t}.${body}`));
}
