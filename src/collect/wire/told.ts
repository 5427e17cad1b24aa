import { z } from "zod";
import { cleaned } from "./address.ts";

/** Text that may be kept, or nothing where it is empty. */
export const Words = z
  .string()
  .transform((text) => cleaned(text.trim()))
  .transform((text) => (text === "" ? undefined : text));

/** A name that rows are known by; Segment's senders also write numbers. */
export const Name = z
  .union([z.string(), z.number().transform(String)])
  .transform((text) => text.trim())
  .pipe(z.string().max(200));

export const optionalName = Name.nullish().transform((name) =>
  name === undefined || name === null || name === "" ? undefined : name,
);

export const Address = z
  .string()
  .nullish()
  .transform((text) => text?.slice(0, 8000));

/** An instant as milliseconds. */
export const Instant = z
  .union([z.number(), z.string().transform((text) => Date.parse(text))])
  .pipe(z.number("expected an instant such as 2026-11-23T10:12:00Z").int())
  .nullish()
  .transform((at) => at ?? undefined);

export const Email = z
  .string()
  .nullish()
  .transform((text) => (text?.includes("@") === true ? text : undefined));
