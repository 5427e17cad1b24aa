import { instant, oneOf, required, table, text } from "../engine/table.ts";

/** What a person can be known by; personal ones (e-mails, phones) are hashed. */
export const aliasKinds = ["visitor", "email", "phone", "crm", "click_id"] as const;

/**
 * A name under which a person is known somewhere. Sources may disagree about whose it is, and so may one source: each
 * person that is named is a row, and what a source states again of an alias replaces what it stated of it before.
 */
export const identity = table("identity", {
  key: ["alias_kind", "alias", "person_id"],
  columns: {
    alias_kind: required(oneOf(...aliasKinds)),
    alias: required(text),
    person_id: required(text),
    seen_at: instant,
  },
  replacedBy: ["alias_kind", "alias"],
  replacedInPart: true,
});
