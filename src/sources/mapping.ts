import type { Connection } from "../engine/database.ts";
import { Problem } from "../engine/problem.ts";
import { sql, typed } from "../engine/sql.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Node = { readonly [key: string]: Json };

/** A SELECT of a mapping and the names that it reads from. */
export interface ParsedSelect {
  readonly fact: string;
  readonly select: string;
  readonly names: readonly string[];
  /** The names of the columns, and of the fields within them, that it reads; `*` where it reads all. */
  readonly columns: readonly string[];
}

/** What FROM may name in the mappings of a kind of source. */
export interface Readable {
  /** Whether a name that stands alone is one of them. */
  readonly isName: (name: string) => boolean;
  /** What is to be told of another name. */
  readonly refusal: (name: string) => string;
  /** How FROM names one, for what a table function is told to do instead. */
  readonly example: (path: string | undefined) => string;
}

const harmlessFunctions = new Set(["unnest", "range", "generate_series", "json_each", "json_tree"]);
const readingFunctions = /^(read_|parquet_|sniff_csv$|glob$)/;

function nodes(json: Json): Node[] {
  if (json === null || typeof json !== "object") return [];
  if (Array.isArray(json)) return json.flatMap(nodes);
  const node = json as Node;
  return [node, ...Object.values(node).flatMap(nodes)];
}

/** The tables that a tree reads, without the names that a WITH around them defines. */
function tablesIn(json: Json, defined: readonly string[]): Node[] {
  if (json === null || typeof json !== "object") return [];
  if (Array.isArray(json)) return json.flatMap((each: Json) => tablesIn(each, defined));
  const node = json as Node;
  const entries = ((node["cte_map"] as Node | undefined)?.["map"] ?? []) as readonly Node[];
  const visible = [...defined, ...entries.map((entry) => word(entry["key"]).toLowerCase())];
  const bare = word(node["schema_name"]) === "" && word(node["catalog_name"]) === "";
  const isDefined = bare && visible.includes(word(node["table_name"]).toLowerCase());
  const here = node["type"] === "BASE_TABLE" && !isDefined ? [node] : [];
  return [...here, ...Object.values(node).flatMap((each) => tablesIn(each, visible))];
}

const word = (json: Json | undefined): string => (typeof json === "string" ? json : "");

function place(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The Problem of a SELECT that cannot be parsed or bound, with what the engine says about it. */
export function invalid(fact: string, message: string, at?: { line: number; column: number }): Problem {
  const where = at === undefined ? "" : ` (line ${at.line}, column ${at.column})`;
  return new Problem(
    "mapping-invalid",
    `the mapping to ${fact} is no valid SELECT${where}: ${message.trim()}`,
    "correct the SQL of the mapping in embudo.yaml",
    { fact, ...at },
  );
}

const writes = (fact: string): Problem =>
  new Problem(
    "mapping-writes",
    `the mapping to ${fact} is more than one SELECT`,
    "write exactly one SELECT statement; a mapping can read files and nothing else",
    { fact },
  );

function checkFunction(fact: string, node: Node, { example }: Readable): void {
  const call = nodes(node["function"] ?? null);
  const called = word(call[0]?.["function_name"]).toLowerCase();
  if (harmlessFunctions.has(called)) return;
  const [path] = call.flatMap((each) =>
    each["type"] === "VALUE_CONSTANT" ? [word((each["value"] as Node)["value"])] : [],
  );
  const outside = path !== undefined && (/^(\/|~|[a-z][a-z0-9+.-]+:)/i.test(path) || path.split("/").includes(".."));
  if (readingFunctions.test(called) && outside)
    throw new Problem(
      "mapping-outside-workspace",
      `the mapping to ${fact} reads ${path} with ${called}`,
      "put the file into the workspace's folder and write FROM 'file'",
      { fact },
    );
  throw invalid(
    fact,
    readingFunctions.test(called)
      ? `${called}(…) is not used here; write ${example(path)}`
      : `the table function ${called} is not allowed; it can use ${[...harmlessFunctions].join(", ")}`,
  );
}

function nameIn(fact: string, node: Node, readable: Readable): string {
  const table = word(node["table_name"]);
  const schema = word(node["schema_name"]);
  if (schema === "" && readable.isName(table)) return table;
  const whole = [word(node["catalog_name"]), schema, table].filter((part) => part !== "").join(".");
  throw invalid(fact, readable.refusal(whole));
}

/** The names that a node of a tree reads: those of a column, or a text by which a field may be taken out of one. */
function columnsOf(node: Node): string[] {
  if (node["class"] === "STAR") return ["*"];
  if (node["class"] === "COLUMN_REF") return (node["column_names"] as readonly Json[]).map(word);
  const value = word((node["value"] as Node | null | undefined)?.["value"]);
  return node["class"] === "CONSTANT" ? value.split(/[^\w-]+/).filter((part) => part !== "") : [];
}

async function parse(connection: Connection, fact: string, text: string): Promise<Node[]> {
  const [row] = await connection.rows(
    sql`SELECT CAST(json_serialize_sql(${typed(text, "VARCHAR")}) AS VARCHAR) AS tree`,
  );
  const tree = JSON.parse(String(row?.["tree"])) as Node;
  const message = word(tree["error_message"]);
  if (/Only SELECT|A CTE needs a SELECT/.test(message)) throw writes(fact);
  if (tree["error"] === true) {
    const position = Number(tree["position"]);
    throw invalid(
      fact,
      message,
      Number.isFinite(position) && tree["position"] != null ? place(text, position) : undefined,
    );
  }
  if ((tree["statements"] as readonly Json[]).length !== 1) throw writes(fact);
  return nodes((tree["statements"] as readonly Json[])[0] ?? null);
}

/**
 * Reads a mapping's text with the engine's own parser: refuses anything but one SELECT over what it may read, and gives the
 * names of that. Names that a WITH of the same statement defines are its own.
 */
export async function parseSelect(
  connection: Connection,
  fact: string,
  text: string,
  readable: Readable,
): Promise<ParsedSelect> {
  const tree = await parse(connection, fact, text);
  const select = `${text.replace(/[\s;]+$/, "")}\n`;
  await parse(connection, fact, `SELECT * FROM (${select}) AS mapped`);
  for (const node of tree) if (node["type"] === "TABLE_FUNCTION") checkFunction(fact, node, readable);
  if (tree.some((node) => node["type"] === "SHOW_REF")) throw writes(fact);
  const names = tablesIn(tree[0] ?? null, []).map((node) => nameIn(fact, node, readable));
  return { fact, select, names: [...new Set(names)], columns: [...new Set(tree.flatMap(columnsOf))] };
}
