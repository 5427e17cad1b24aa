import { z } from "zod";
import { DefinitionVersion } from "./catalogue.ts";
import { Edit } from "./rehearsal.ts";

/** Which definition's versions are wanted; those of all that were ever recorded where left out. */
export const DefinitionsRequest = z.strictObject({ id: z.string().min(1).optional() });
export type DefinitionsRequest = z.infer<typeof DefinitionsRequest>;

/** Every version of one definition, the oldest first, each with what it changed. */
export const DefinitionHistory = z.object({
  /** The indicator's id, or `(company)` for the settings. */
  id: z.string(),
  versions: z.array(
    DefinitionVersion.extend({
      /** Whether the company's file was taken away with it. */
      withdrawn: z.boolean(),
      edits: z.array(Edit),
    }),
  ),
});
export type DefinitionHistory = z.infer<typeof DefinitionHistory>;
