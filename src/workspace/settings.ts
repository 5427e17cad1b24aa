import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { Problem } from "../engine/problem.ts";
import { isDay } from "../engine/time.ts";
import { weekdays, type WorkWeek } from "../engine/working-days.ts";
import { costCategories } from "../facts/spend.ts";

const names = z.union([
  z
    .string()
    .min(1)
    .transform((one) => [one]),
  z.array(z.string().min(1)).min(1),
]);
const categories = z.array(z.enum(costCategories));

/** Whether a time zone of that name exists. */
export const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** The workspace's `embudo.yaml`: what a company's words mean. Unknown keys are refused, so that no typing error is a default. */
const Settings = z.strictObject({
  name: z.string().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/, "expected an ISO 4217 code such as EUR"),
  time_zone: z.string().refine(isZone, "expected a time zone such as America/Bogota"),
  languages: z
    .array(z.enum(["es", "en"]))
    .min(1)
    .default(["es", "en"]),
  locale: z.string().default("es-ES"),
  /** The names of the stages that make a lead an MQL or an SQL. */
  stages: z
    .strictObject({ mql: names.default(["mql"]), sql: names.default(["sql"]) })
    .default({ mql: ["mql"], sql: ["sql"] }),
  /** Which revenue counts; bookings are won deals, the others are what the revenue fact holds. */
  revenue: z.enum(["bookings", "billings", "recognised", "cash"]).optional(),
  paid_channels: z.array(z.string()).default(["paid_search", "paid_social", "display", "video", "affiliates"]),
  marketing_costs: categories.default(["media", "agency", "content", "events", "tools", "research"]),
  include_product_cost: z.boolean().default(false),
  gross_margin: z.number().gt(0).max(1).default(1),
  model: z.enum(["first", "last", "last_non_direct"]).default("last_non_direct"),
  look_back_days: z.number().int().min(1).max(3650).default(90),
  /** The days on which the company works, and those on which it does not all the same: the pace of goals. */
  working_days: z.array(z.enum(weekdays)).min(1).default(["mon", "tue", "wed", "thu", "fri"]),
  holidays: z.array(z.string().refine(isDay, "expected a day such as 2026-12-25")).default([]),
  /** Each source by name: its `kind` and what that kind needs. */
  sources: z.record(z.string().regex(/^[a-z][a-z0-9_-]*$/i), z.looseObject({ kind: z.string() })).default({}),
});
export type Settings = z.infer<typeof Settings>;

/** Settings with the means to point at the place in the file where something is wrong. */
export interface SettingsFile {
  readonly settings: Settings;
  /** A Problem that names the line and column of a path such as `["sources", "crm", "facts"]`. */
  readonly problemAt: (path: readonly PropertyKey[], message: string) => Problem;
}

/** Where a key of the file is written, or the nearest thing above it. */
function place(document: Document, lines: LineCounter, path: readonly PropertyKey[]): { line: number; column: number } {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = isMap(parent)
      ? parent.items.find((pair) => isScalar(pair.key) && pair.key.value === path[length - 1])?.key
      : undefined;
    const node = isScalar(key) ? key : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      const { line, col } = lines.linePos(node.range[0]);
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}

const malformed = (file: string, at: { line: number; column: number }, message: string): Problem =>
  new Problem(
    "settings-invalid",
    `${file}, line ${at.line}, column ${at.column}: ${message}`,
    "correct that line and try again",
    {
      file,
      ...at,
    },
  );

/** Reads the text of an `embudo.yaml`; a mistake is a Problem with its line and column. */
export function parseSettings(text: string, file: string): SettingsFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw malformed(
      file,
      { line, column: col },
      (error.message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, ""),
    );
  }
  const problemAt = (path: readonly PropertyKey[], message: string) =>
    malformed(file, place(document, lines, path), message);
  const parsed = Settings.safeParse(document.toJS() ?? {});
  if (parsed.success) return { settings: parsed.data, problemAt };
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  const at = issue?.code === "unrecognized_keys" ? [...path, issue.keys[0] ?? ""] : path;
  throw problemAt(at, `${path.length > 0 ? `${path.join(".")}: ` : ""}${issue?.message ?? "invalid"}`);
}

/** The company's working days. */
export const workWeek = ({ working_days, holidays }: Settings): WorkWeek => ({ days: working_days, holidays });

const without = (all: readonly string[], left: string): string[] => all.filter((each) => each !== left);

/** The lists and numbers that measures and formulas refer to by name. */
export function references(settings: Settings): {
  lists: Record<string, readonly string[]>;
  numbers: Record<string, number>;
} {
  return {
    lists: {
      paid_channels: settings.paid_channels,
      marketing_costs: settings.marketing_costs,
      acquisition_costs: settings.include_product_cost ? costCategories : without(costCategories, "product"),
    },
    numbers: { gross_margin: settings.gross_margin },
  };
}
