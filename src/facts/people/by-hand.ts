import type { Connection } from "../../engine/database.ts";
import { Problem } from "../../engine/problem.ts";
import { join, runnable, sql } from "../../engine/sql.ts";
import type { FactRules } from "../derived/rules.ts";
import { load } from "../load.ts";
import { personLink } from "../person-link.ts";

/** The source of what people say by hand of who is who; the origin of its loads is who did it. */
export const peopleSource = "(people)";

/** What a person says of an alias: that it is somebody's, or that it is not; of a split without a person, that it is nobody's. */
export interface Verdict {
  readonly kind: string;
  readonly alias: string;
  readonly person: string | null;
  readonly verdict: "joined" | "split";
}

const rowOf = ({ kind, alias, person, verdict }: Verdict, by: string, at: string) =>
  sql`SELECT ${kind} AS alias_kind, ${alias} AS alias, CAST(${person} AS VARCHAR) AS person_id, ${verdict} AS verdict,
    ${by} AS set_by, ${at} AS set_at`;

/** Keeps what a person says of who is who, as a load of its own: it stands whatever sources state. */
export async function setVerdicts(
  connection: Connection,
  verdicts: readonly Verdict[],
  by: string,
  rules: FactRules,
  now: () => Date,
): Promise<number> {
  const at = now().toISOString();
  const { facts } = await load(connection, {
    source: peopleSource,
    origin: by,
    fingerprint: "",
    mappings: [
      {
        fact: personLink,
        select: runnable(
          join(
            verdicts.map((each) => rowOf(each, by, at)),
            " UNION ALL ",
          ),
        ),
      },
    ],
    format: {},
    zone: rules.zone,
    rules,
    restates: false,
    overrides: true,
    now,
  });
  const [refused] = facts.flatMap((each) => each.reasons);
  if (refused !== undefined)
    throw new Problem("link-refused", `it was refused: ${refused.reason}`, "correct it and try again");
  return facts.reduce((sum, each) => sum + each.loaded + each.changed, 0);
}
