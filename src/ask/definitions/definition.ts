import type { Question } from "../../contract/question.ts";
import { Problem } from "../../engine/problem.ts";
import { addDays, minDay, type Day } from "../../engine/time.ts";
import type { Indicator } from "../../indicators/definition.ts";
import type { Version } from "../../workspace/definitions.ts";
import type { Context, Note } from "../draft.ts";
import { findIndicator } from "../resolve.ts";

/** The last day that a question is about, today at most. */
const lastDay = ({ to }: Question, today: Day): Day => (to === undefined ? today : minDay(addDays(to, -1), today));

function numbered({ indicator: id, definition = 0 }: Question, { definitions }: Context): Indicator {
  const found = definitions.numbered(id, definition)?.indicator();
  if (found != null) return found;
  const known = definitions.versionsOf(id).filter((each) => each.indicator() !== null);
  throw new Problem(
    "unknown-definition",
    `${id} has no definition ${definition}`,
    `use one of ${[...new Set(known.map((each) => each.version))].join(", ")}, or leave it out for the one in force`,
    { indicator: id, definition },
  );
}

const dayBefore = ({ effective }: Version): Day => addDays(effective ?? "0001-01-02", -1);

function changedWithin(question: Question, chosen: Version, { definitions }: Context): Note[] {
  const { from } = question;
  if (chosen.effective === null || from === undefined || from >= chosen.effective) return [];
  const other = definitions.versionOn(question.indicator, dayBefore(chosen));
  if (other === undefined || other.version === chosen.version) return [];
  const message = `definition ${chosen.version} answers all of it and is in force since ${chosen.effective}; --definition ${other.version} asks by the one before`;
  return [{ code: "definition-changed", message, count: other.version }];
}

function changedSince(question: Question, chosen: Version, { definitions, today }: Context): Note[] {
  const present = definitions.versionOn(question.indicator, today);
  if (present === undefined || present.version === chosen.version || present.effective === null) return [];
  const message = `definition ${chosen.version} answers, which was in force on the last day; --definition ${present.version} asks by the one in force since ${present.effective}`;
  return [{ code: "definition-changed", message, count: present.version }];
}

/**
 * The definition that answers a question: the one that it names, or the one in force on its last day. It answers the whole
 * question, what it compares with included; where another was in force on some of its days, a note says so.
 */
export function definitionFor(question: Question, context: Context): { indicator: Indicator; notes: Note[] } {
  const { indicator: id, definition } = question;
  if (definition !== undefined) return { indicator: numbered(question, context), notes: [] };
  const chosen = context.definitions.versionOn(id, lastDay(question, context.today));
  const indicator = chosen?.indicator() ?? undefined;
  if (chosen === undefined || indicator === undefined)
    return { indicator: findIndicator(id, context.indicators), notes: [] };
  return {
    indicator,
    notes: [...changedWithin(question, chosen, context), ...changedSince(question, chosen, context)],
  };
}
