import { instant, oneOf, required, table, text } from "../engine/table.ts";

/** A name under which a person is known somewhere; personal aliases are hashed. */
export const identity = table("identity", {
  key: ["alias_kind", "alias"],
  columns: {
    alias_kind: required(oneOf("visitor", "email", "phone", "crm", "click_id")),
    alias: required(text),
    person_id: required(text),
    seen_at: instant,
  },
});
