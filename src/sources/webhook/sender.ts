import { createHmac } from "node:crypto";
import { isSame } from "../../engine/same.ts";
import { Problem } from "../../engine/problem.ts";
import type { Signature, WebhookSource } from "./spec.ts";

/** A request to take something in. */
export interface Delivery {
  readonly header: (name: string) => string | undefined;
  readonly query: URLSearchParams;
  readonly body: string;
}

function isSigned(
  { header, body }: Delivery,
  { header: name, algorithm, encoding, prefix }: Signature,
  secret: string,
) {
  const given = header(name) ?? "";
  const expected = createHmac(algorithm, secret).update(body).digest(encoding);
  const own = given.startsWith(prefix) ? given.slice(prefix.length) : "";
  return isSame(encoding === "hex" ? own.toLowerCase() : own, expected);
}

/** Refuses who does not show the secret. */
export function checkSender(delivery: Delivery, { signature }: WebhookSource, secret: string): void {
  if (signature !== undefined) {
    if (isSigned(delivery, signature, secret)) return;
    throw new Problem(
      "wrong-signature",
      `${signature.header} is not the ${signature.algorithm} of the body with this source's secret`,
      "`embudo webhook NAME` shows the secret and how it is used",
    );
  }
  const bearer = /^Bearer (.+)$/i.exec(delivery.header("authorization") ?? "")?.[1];
  const key = bearer ?? delivery.query.get("key");
  if (key !== null && isSame(key, secret)) return;
  throw new Problem(
    "wrong-key",
    "the secret of this source is missing or wrong",
    "send it as `Authorization: Bearer SECRET`, or as `?key=SECRET`; `embudo webhook NAME` shows it",
  );
}
