import { stringify } from "yaml";
import type { Answer, Row } from "../src/contract/answer.ts";
import type { Api } from "../src/contract/api.ts";
import { conservation } from "../src/ask/conservation/conservation.ts";
import { openApi } from "../src/ask/api.ts";
import { openDatabase, type Connection, type Database } from "../src/engine/database.ts";
import { raw } from "../src/engine/sql.ts";
import type { DerivationRules } from "../src/facts/derived/rules.ts";
import { factNamed } from "../src/facts/index.ts";
import { load, type LoadSummary, type Mapping } from "../src/facts/load.ts";
import type { TextFormat } from "../src/facts/reading.ts";
import { prepareStore } from "../src/facts/store.ts";
import { definitionsOf } from "../src/workspace/definitions.ts";
import { wantedOf, wantedSettings, type CompanyFiles } from "../src/workspace/files.ts";
import { parseSettings } from "../src/workspace/settings.ts";
import { wantedRule } from "../src/workspace/mql-rule.ts";
import { derivationRules, follow } from "../src/workspace/workspace.ts";

export type FactRow = Readonly<Record<string, string | number | null>>;
/** Rows by the name of their fact. */
export type Facts = Readonly<Record<string, readonly FactRow[]>>;

/** Facts, or the text of the SELECT that states them, of more rows than are written down. */
export type Stated = Readonly<Record<string, readonly FactRow[] | string>>;

export interface CompanySpec {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The files of `indicators/`, by id. */
  readonly indicators?: Readonly<Record<string, string>>;
  /** The text of `rules/mql.yaml`. */
  readonly mql?: string;
  /** The clock at the first load and for every question, until it is moved. */
  readonly now?: string;
  /** Whether the checks of conservation are made after each load, as they are in a workspace; they take longer than the rest. */
  readonly checked?: boolean;
}

export interface LoadOptions {
  readonly source?: string;
  readonly now?: string;
  readonly format?: TextFormat;
  /** Whether the source states all it knows; true unless said otherwise. */
  readonly restates?: boolean;
  /** Whether what the source no longer states is gone. */
  readonly complete?: boolean;
  /** What happens while the load is under way, before it commits. */
  readonly during?: () => Promise<void>;
}

/** A company in memory: its rows go through the real loader and its questions through the real Api. */
export interface Company {
  readonly api: Api;
  readonly database: Database;
  /** What its settings decide about derived tables. */
  readonly rules: DerivationRules;
  readonly load: (facts: Stated, options?: LoadOptions) => Promise<LoadSummary>;
  /** Writes `indicators/`, and the rule by which a lead becomes an MQL, anew. */
  readonly define: (indicators: Readonly<Record<string, string>>, mql?: string) => Promise<void>;
  /** Moves the clock. */
  readonly at: (now: string) => void;
  readonly close: () => void;
}

/**
 * Rows written as a table: the first line names the columns, cells are apart by two spaces or more, `-` is empty.
 * A column of numbers is read as numbers.
 */
export function rows(texts: TemplateStringsArray): FactRow[] {
  const [header = [], ...lines] = (texts[0] ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.trim().split(/ {2,}/));
  const cells = lines.map((line) => header.map((_, i) => (line[i] === undefined || line[i] === "-" ? null : line[i])));
  const numeric = header.map((_, i) =>
    cells.every((line) => line[i] === null || /^-?\d+(\.\d+)?$/.test(line[i] ?? "")),
  );
  return cells.map((line) =>
    Object.fromEntries(
      header.map((column, i) => {
        const cell = line[i] ?? null;
        return [column, cell !== null && numeric[i] ? Number(cell) : cell];
      }),
    ),
  );
}

/** So many rows, numbered from 1. */
export const times = (count: number, row: (nth: number) => FactRow): FactRow[] =>
  Array.from({ length: count }, (_, i) => row(i + 1));

function literal(value: string | number | null): string {
  if (value === null) return "NULL";
  return typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

/** The SELECT that a mapping would be, over rows written down; columns that are empty in every row are left out. */
export function selectOf(facts: readonly FactRow[]): string {
  const all = [...new Set(facts.flatMap((row) => Object.keys(row)))];
  const columns = all.filter((column) => facts.some((row) => row[column] != null));
  const tuples = facts.map((row) => `(${columns.map((column) => literal(row[column] ?? null)).join(", ")})`);
  return `SELECT * FROM (VALUES ${tuples.join(", ")}) AS written(${columns.map((column) => `"${column}"`).join(", ")})`;
}

const mappingsOf = (facts: Stated): Mapping[] =>
  Object.entries(facts)
    .filter(([, written]) => written.length > 0)
    .map(([name, written]) => {
      const fact = factNamed(name);
      if (fact === undefined) throw new Error(`${name} is no fact`);
      return { fact, select: typeof written === "string" ? written : selectOf(written) };
    });

/** The key of the hashes of e-mails and phones in every company of the tests. */
export const pepper = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/** A company of these settings (a EUR company in UTC unless said otherwise), with these rows loaded. */
export async function company(
  facts: Facts,
  { settings = {}, indicators = {}, mql, now = "2026-11-23T12:00:00Z", checked = false }: CompanySpec = {},
): Promise<Company> {
  const text = stringify({ name: "Test", currency: "EUR", time_zone: "UTC", ...settings });
  const file = parseSettings(text, "embudo.yaml");
  const database = await openDatabase(":memory:");
  let clock = now;
  await database.use((connection) => prepareStore(connection, file.settings.time_zone));
  let definitions = definitionsOf([], file.settings);
  let files: CompanyFiles = { settings: file, wanted: [] };
  const rulesNow = () => ({ ...derivationRules(file.settings, definitions.recorded), pepper });
  const one: Company = {
    api: openApi(
      {
        ...file,
        get files() {
          return files;
        },
        publish: () => Promise.reject(new Error("a company in memory has no folder")),
        folder: "",
        database,
        get rules() {
          return rulesNow();
        },
        refresh: () => Promise.resolve(),
        close: () => database.close(),
        get definitions() {
          return definitions;
        },
      },
      () => new Date(clock),
      checked ? conservation : () => Promise.resolve([]),
    ),
    database,
    get rules() {
      return rulesNow();
    },
    define: async (texts, rule) => {
      const own = Object.entries(texts).map(([id, each]) => wantedOf(id, each, file.settings));
      files = {
        settings: file,
        wanted: [wantedSettings(file), ...(rule === undefined ? [] : [wantedRule(rule)]), ...own],
      };
      const versions = database.use((connection) => follow(connection, files, { now: () => new Date(clock) }));
      definitions = definitionsOf(await versions, file.settings);
    },
    load: (more, options = {}) =>
      database.use((connection) =>
        load(connection, {
          source: options.source ?? "test",
          origin: options.source ?? "test",
          mappings: mappingsOf(more),
          format: options.format ?? {},
          zone: file.settings.time_zone,
          rules: rulesNow(),
          fingerprint: "",
          restates: options.restates ?? true,
          complete: options.complete ?? false,
          unreadable: async () => {
            await options.during?.();
            return [];
          },
          now: () => new Date(options.now ?? clock),
        }),
      ),
    at: (moved) => {
      clock = moved;
    },
    close: () => database.close(),
  };
  await one.define(indicators, mql);
  if (Object.keys(facts).length > 0) await one.load(facts);
  return one;
}

export const keyOf = (row: Row): string =>
  [...(row.period === null ? [] : [row.period]), ...Object.values(row.key).map((value) => value ?? "(none)")].join(" ");

/** The values of an answer by the key and period of their row; an empty key is (none). */
export const values = (answer: Answer): Record<string, number | null> =>
  Object.fromEntries(answer.rows.map((row) => [keyOf(row), row.value]));

/** One part of an answer by the key and period of its row. */
export const part = (answer: Answer, name: string): Record<string, number | null> =>
  Object.fromEntries(answer.rows.map((row) => [keyOf(row), row.parts[name] ?? null]));

/** The present content of a table, apart from who stated it and when, in an order of its own. */
export async function contentOf(connection: Connection, table: string): Promise<string[]> {
  const found = await connection.rows(
    raw(
      `SELECT * EXCLUDE (source_name, source_key, load_id, known_from, known_to) FROM ${table} WHERE known_to IS NULL`,
    ),
  );
  return found.map((row) => JSON.stringify(row)).toSorted();
}
