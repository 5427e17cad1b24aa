import { z } from "zod";
import { StreamsSource } from "../messages/index.ts";

/** How a system signs what it sends: the HMAC of the body in a header. */
export const Signature = z.strictObject({
  header: z.string().min(1),
  algorithm: z.enum(["sha256", "sha1", "sha512"]).default("sha256"),
  encoding: z.enum(["hex", "base64"]).default("hex"),
  /** What stands before it in the header, such as `sha256=`. */
  prefix: z.string().default(""),
});
export type Signature = z.infer<typeof Signature>;

/** A source of kind `webhook`: what other systems send to `/in/NAME`, and a SELECT per fact over its streams. */
export const WebhookSource = z.strictObject({
  ...StreamsSource.shape,
  kind: z.literal("webhook"),
  /** The environment variable that holds the secret; without one it is drawn, and kept in a file in data/. */
  secret: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, "expected the name of an environment variable such as FORMS_SECRET, not the secret")
    .optional(),
  /** Without it the secret itself is sent: as a bearer token, or as `key` in the address. */
  signature: Signature.optional(),
  /** The fields that find a record again; its `id` where it has one, or else all of it. */
  key: z.array(z.string().min(1)).optional(),
  facts: z.record(z.string(), z.string()).default({}),
});
export type WebhookSource = z.infer<typeof WebhookSource>;

/** The stream of what is sent to `/in/NAME` alone. */
export const plainStream = "events";
