import type { Answer } from "../../contract/answer.ts";
import type { Question } from "../../contract/question.ts";
import type { Database } from "../../engine/database.ts";
import { platformClaims } from "../../indicators/platform-claims.ts";
import { answer } from "../answer.ts";
import type { Context } from "../draft.ts";

/** Answers a question on the same facts as every other, what platforms claim included. */
export type Ask = (question: Question) => Promise<Answer>;

/** Questions of one request, on one state of the facts. */
export function askOn(context: Context, database: Database, signal?: AbortSignal): Ask {
  const withClaims = { ...context, indicators: [...context.indicators, platformClaims] };
  return (question) => answer(question, withClaims, database, signal);
}
