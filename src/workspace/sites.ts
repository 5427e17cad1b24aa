import { z } from "zod";

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;

/** The websites and programs that the workspace takes events from, by name. */
export const Sites = z
  .record(
    z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
    z.strictObject({
      /** Whose pages may send, each as a browser names it. */
      origins: z.array(z.string().refine(isOrigin, "expected an origin such as https://www.example.com")).default([]),
      /** When a visitor is known again: never, once the page says that they agreed, or until it says that they did not. */
      consent: z.enum(["never", "asked", "assumed"]).default("asked"),
      /** Forms and events that make a lead. */
      leads: z.array(z.string().min(1)).default([]),
      /** The environment variable that holds the secret of programs; without one it is a file in data/. */
      secret: z
        .string()
        .regex(/^[A-Z][A-Z0-9_]*$/, "expected the name of an environment variable such as WEB_SECRET, not the secret")
        .optional(),
      /** How many proxies stand before the server: the visitor's address is the one that the outermost of them saw. */
      proxies: z.number().int().min(0).max(5).default(1),
      /** Events per second, over ten seconds, above which the site is asked to wait. */
      per_second: z.number().int().min(1).max(1_000_000).default(1000),
    }),
  )
  .default({});
