import {
  outcomesOfJourneys,
  type Journey,
  type JourneyOutcome,
  type JourneyRequest,
  type JourneyTouch,
} from "../../contract/journey.ts";
import type { Connection, Tuple } from "../../engine/database.ts";
import { Problem } from "../../engine/problem.ts";
import { ruleIds } from "../../methods/attribution/index.ts";
import { personNamed, type PeopleStore } from "../people/obey.ts";
import { aliasesOf, leadNamed, leadsOf, mostTouches, outcomesOf, sharesOf, textOf, touchesOf } from "./found.ts";

type Shares = Awaited<ReturnType<typeof sharesOf>>;

const touchOf = (row: Tuple, shares: Shares): JourneyTouch => ({
  type: "touch",
  at: new Date(String(row["occurred_at"])).toISOString(),
  id: String(row["touch_id"]),
  kind: String(row["kind"]),
  seen: row["seen"] === true,
  channel: textOf(row["channel"]),
  source: textOf(row["source"]),
  medium: textOf(row["medium"]),
  campaign: textOf(row["campaign"]),
  shares: shares.get(String(row["touch_id"]))?.shares ?? null,
});

/** The outcome that is asked for; else the first of the greatest kind. */
function chosenOf(outcomes: readonly JourneyOutcome[], asked: string | undefined): JourneyOutcome | undefined {
  const found = outcomes.find(({ kind, id }) => `${kind}:${id}` === asked);
  if (asked !== undefined && found === undefined)
    throw new Problem(
      "unknown-outcome",
      `${asked} is no outcome of this journey`,
      `use one of ${outcomes.map(({ kind, id }) => `${kind}:${id}`).join(", ") || "none"}`,
    );
  if (found !== undefined) return found;
  const kind = outcomesOfJourneys.find((each) => outcomes.some((outcome) => outcome.kind === each));
  return outcomes.find((outcome) => outcome.kind === kind);
}

/** In order; a touch of the same instant comes before what came of it. */
const inOrder = (one: Journey["events"][number], other: Journey["events"][number]): number =>
  one.at.localeCompare(other.at) || Number(one.type === "outcome") - Number(other.type === "outcome");

/** What was recorded on an outcome, where that has all of it. */
function recordedIn(shares: Shares): Journey["recorded"] {
  const own = shares.get("");
  if (own === undefined || !Object.values(own.shares).some((share) => share > 0)) return null;
  return { channel: own.channel, campaign: own.campaign };
}

async function told(
  connection: Connection,
  { name, outcome }: JourneyRequest,
  who: { person: string | null; lead?: string },
  zone: string,
): Promise<Journey> {
  const { person, lead } = who;
  const leads = person === null ? [lead ?? name] : await leadsOf(connection, person);
  const touches = person === null ? [] : await touchesOf(connection, person);
  const outcomes = await outcomesOf(connection, leads, zone);
  const chosen = chosenOf(outcomes, outcome);
  const shares: Shares = chosen === undefined ? new Map() : await sharesOf(connection, chosen.kind, chosen.id);
  const shown = touches.slice(0, mostTouches).map((row) => touchOf(row, shares));
  return {
    name,
    person,
    leads,
    aliases: person === null ? {} : await aliasesOf(connection, person),
    models: [...ruleIds],
    outcome: chosen === undefined ? null : `${chosen.kind}:${chosen.id}`,
    recorded: recordedIn(shares),
    events: [...shown, ...outcomes].toSorted(inOrder),
    cut: touches.length > mostTouches,
  };
}

/** The journey of a lead's person, of a person or of whom an alias is, as it is known now. */
export async function journeyOf(
  request: JourneyRequest,
  workspace: Pick<PeopleStore, "database" | "rules"> & { readonly rules: { readonly zone: string } },
): Promise<Journey> {
  const { database, rules } = workspace;
  const lead = await database.use((connection) => leadNamed(connection, request.name));
  const who = lead ?? { person: (await personNamed(request.name, workspace)).id };
  return database.use((connection) => told(connection, request, who, rules.zone));
}
