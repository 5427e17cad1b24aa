/** What an error says of itself. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A refusal or failure that a person can act on: a stable code, what happened, and what to do. */
export class Problem extends Error {
  readonly code: string;
  readonly remedy: string;
  readonly detail: Readonly<Record<string, string | number>>;

  constructor(code: string, message: string, remedy: string, detail: Record<string, string | number> = {}) {
    super(message);
    this.name = "Problem";
    this.code = code;
    this.remedy = remedy;
    this.detail = detail;
  }

  toJSON(): { code: string; message: string; remedy: string; detail?: Record<string, string | number> } {
    const { code, message, remedy, detail } = this;
    return Object.keys(detail).length > 0 ? { code, message, remedy, detail } : { code, message, remedy };
  }
}
