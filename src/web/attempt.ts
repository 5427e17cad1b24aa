import type { ProblemBody } from "../contract/problem.ts";

/** An answer, or the refusal that stands in its place so that the rest of a page goes on. */
export type Attempt<T> = { answer: T; problem: null } | { answer: null; problem: ProblemBody };

/** Waits for an answer; a refusal becomes a value, anything else goes on as the failure that it is. */
export async function attempt<T>(promise: Promise<T>): Promise<Attempt<T>> {
  try {
    return { answer: await promise, problem: null };
  } catch (error) {
    if (!isProblem(error)) throw error;
    const { code, message, remedy } = error;
    return { answer: null, problem: { code, message, remedy } };
  }
}

function isProblem(error: unknown): error is ProblemBody {
  if (typeof error !== "object" || error === null) return false;
  return ["code", "message", "remedy"].every((key) => typeof (error as Record<string, unknown>)[key] === "string");
}
