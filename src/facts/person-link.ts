import { instant, oneOf, required, table, text } from "../engine/table.ts";
import { aliasKinds } from "./identity.ts";

/**
 * What people say of who is who, whatever sources say: an alias belongs to a person (`joined`), or it does not (`split`).
 * Without a person, it belongs to nobody. The alias may be a person's id too.
 */
export const personLink = table("person_link", {
  key: ["alias_kind", "alias", "person_id"],
  columns: {
    alias_kind: required(oneOf("person", ...aliasKinds)),
    alias: required(text),
    person_id: text,
    verdict: required(oneOf("joined", "split")),
    set_by: text,
    set_at: instant,
  },
  rules: [
    {
      holds: "verdict = 'split' OR person_id IS NOT NULL",
      reason: "person_id is required where the verdict is joined",
    },
  ],
});
