import { z } from "zod";

/** Whose aliases, links and leads are wanted: an alias or an id, as `KIND:NAME` where the kind is not clear. */
export const PersonRequest = z.strictObject({ name: z.string().trim().min(1, "name a person or an alias") });
export type PersonRequest = z.infer<typeof PersonRequest>;

/** What says that an alias is of a person: a fact of a source, or somebody by hand. */
export const PersonLink = z.object({
  kind: z.string(),
  alias: z.string(),
  person: z.string().nullable(),
  /** The fact that says so, `click` where a click joins a visitor with a lead, or `by hand`. */
  by: z.string(),
  /** The source; who did it, where it was by hand. */
  source: z.string(),
  /** Since when it is known. */
  since: z.string(),
  verdict: z.enum(["joined", "split"]),
});
export type PersonLink = z.infer<typeof PersonLink>;

/** A person: all of the aliases, what joined them, and the leads. */
export const Person = z.object({
  id: z.string(),
  /** Whether there are so many touches that they earn no credit. */
  shared: z.boolean(),
  erased: z.boolean(),
  aliases: z.array(z.object({ kind: z.string(), alias: z.string() })),
  links: z.array(PersonLink),
  leads: z.array(z.object({ lead: z.string(), createdAt: z.string() })),
});
export type Person = z.infer<typeof Person>;

const named = { name: PersonRequest.shape.name, by: z.string().trim().min(1, "say who does it") };

/** What a person decides about who is who. */
export const PersonOrder = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("join"), ...named, person: z.string().trim().min(1) }),
  z.strictObject({ do: z.literal("split"), ...named, person: z.string().trim().min(1).optional() }),
  z.strictObject({ do: z.literal("erase"), ...named }),
]);
export type PersonOrder = z.infer<typeof PersonOrder>;

/** What became of it: how many rows were changed, and the person afterwards where there is one to show. */
export const PersonOutcome = z.object({ rows: z.number(), person: Person.nullable() });
export type PersonOutcome = z.infer<typeof PersonOutcome>;
