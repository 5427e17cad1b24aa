import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Problem } from "../engine/problem.ts";
import type { Table } from "../engine/table.ts";
import { factNamed, facts } from "../facts/index.ts";
import { openDatabase } from "../engine/database.ts";
import { proposeMapping, sniffFile } from "../sources/files/index.ts";
import { dialectNames } from "../sources/messages/index.ts";
import { violationsIn } from "./check.ts";
import { importMessages } from "./import-messages.ts";
import { openClient } from "./client.ts";
import { selectOf, type ImportBody } from "./operations.ts";
import { oneOf, optionsOf, pair, Usage } from "./options.ts";
import { progressOn } from "./progress.ts";
import { summaryOf } from "./summary.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";
import { quoted } from "../engine/sql.ts";

type Format = NonNullable<ImportBody["format"]>;

function namedFact(fact: string): Table {
  const table = factNamed(fact);
  if (table !== undefined) return table;
  throw new Problem("unknown-fact", `${fact} is no fact`, `use one of ${facts.map((each) => each.name).join(", ")}`, {
    fact,
  });
}

/** What the file seems to hold, column by column of the fact, and what only a person can know about it. */
async function proposal(file: string, folder: string, fact: string, format: Format, terminal: Terminal) {
  const table = namedFact(fact);
  const database = await openDatabase(":memory:", { folders: [resolve(file, ".."), folder] });
  try {
    const sniffed = await database.use((connection) => sniffFile(connection, file, format));
    const found = proposeMapping(
      table,
      sniffed.columns.map((each) => each.name),
    );
    const map = Object.fromEntries(Object.entries(found).map(([column, target]) => [target, quoted(column)]));
    const lacking = Object.values(table.columns).filter((column) => column.required && map[column.name] === undefined);
    return {
      sniffed,
      map,
      lacking: lacking.map((each) => each.name),
      confirmed: await confirmed(sniffed.ambiguous, format, terminal),
    };
  } finally {
    database.close();
  }
}

type Ambiguous = Awaited<ReturnType<typeof sniffFile>>["ambiguous"];

async function asked<V extends string>(
  question: string,
  values: readonly V[],
  terminal: Terminal,
): Promise<V | undefined> {
  const given = (await terminal.ask?.(`${question} [${values.join(" | ")}] `))?.trim();
  return values.find((each) => each === given);
}

/** Formats that the values leave open are asked for; without anybody to ask they must be declared. */
async function confirmed(ambiguous: Ambiguous, format: Format, terminal: Terminal): Promise<Format> {
  const number = format.decimal === undefined ? ambiguous.find((each) => each.kind === "number") : undefined;
  const date = format.dates === undefined ? ambiguous.find((each) => each.kind === "date") : undefined;
  const decimal =
    number &&
    (await asked(
      `${number.column} has ${number.examples.slice(0, 3).join(" · ")}. What marks the decimals?`,
      [",", "."],
      terminal,
    ));
  const dates =
    date &&
    (await asked(
      `${date.column} has ${date.examples.slice(0, 3).join(" · ")}. How are days written?`,
      ["dd/mm/yyyy", "mm/dd/yyyy"],
      terminal,
    ));
  return { ...format, ...(decimal === undefined ? {} : { decimal }), ...(dates === undefined ? {} : { dates }) };
}

/** Asks a person for each column that the fact needs and the file does not plainly have. */
async function completed(
  map: Record<string, string>,
  lacking: readonly string[],
  terminal: Terminal,
): Promise<Record<string, string>> {
  const complete = { ...map };
  for (const column of lacking) {
    const expression = (
      await terminal.ask?.(`${column} is required. Which column or SQL expression gives it? `)
    )?.trim();
    if (expression !== undefined && expression !== "") complete[column] = expression;
  }
  return complete;
}

async function guided(file: string, folder: string, fact: string, format: Format, terminal: Terminal) {
  const { sniffed, map, lacking, confirmed: known } = await proposal(file, folder, fact, format, terminal);
  if (lacking.length > 0 && terminal.ask === undefined)
    throw new Problem(
      "mapping-lacks-column",
      `${file} has no column that is plainly ${lacking.join(", ")} of ${fact}`,
      `say where each comes from with --map ${lacking[0]}=EXPRESSION; the file has ${sniffed.columns.map((each) => each.name).join(", ")}`,
      { fact },
    );
  const complete = await completed(map, lacking, terminal);
  if (terminal.ask !== undefined) {
    terminal.err(`\n${selectOf(complete, file)}\n\n`);
    const answer = (await terminal.ask("Load it so? [y/n] ")).trim().toLowerCase();
    if (!["y", "yes", "s", "sí", "si"].includes(answer)) return undefined;
  }
  return { map: complete, format: known };
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    as: { type: "string" },
    map: { type: "string", multiple: true },
    source: { type: "string" },
    delimiter: { type: "string" },
    decimal: { type: "string" },
    dates: { type: "string" },
    encoding: { type: "string" },
    zone: { type: "string" },
    sheet: { type: "string" },
    format: { type: "string" },
    singer: { type: "boolean" },
    airbyte: { type: "boolean" },
    "state-out": { type: "string" },
  });
  const [name] = positionals;
  const dialect = dialectNames.find((each) => values[each] === true);
  if (dialect !== undefined) {
    if (name !== undefined) throw new Usage(`--${dialect} reads what is piped in, not ${name}`);
    if (values.source === undefined) throw new Usage("name the source of the messages with --source NAME");
    const folder = workspaceOf(values.workspace, terminal);
    return importMessages({ folder, source: values.source, dialect, stateOut: values["state-out"] }, terminal);
  }
  if (name === undefined) throw new Usage("name the file to import");
  if (values.as === undefined)
    throw new Usage(`say what its rows are with --as FACT, one of ${facts.map((each) => each.name).join(", ")}`);
  const output = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const decimal = oneOf(values.decimal, "decimal", [",", "."]);
  const { delimiter, dates, encoding, zone, sheet } = values;
  const stated = Object.fromEntries(
    Object.entries({ delimiter, decimal, dates, encoding, zone, sheet }).filter(([, value]) => value !== undefined),
  ) as Format;
  const file = resolve(terminal.folder, name);
  namedFact(values.as);
  if (!existsSync(file))
    throw new Problem("file-missing", `there is no file ${file}`, "check its name and folder", { file });
  const folder = workspaceOf(values.workspace, terminal);
  const mapped =
    values.map === undefined
      ? await guided(file, folder, values.as, stated, terminal)
      : { map: Object.fromEntries(values.map.map((each) => pair(each, "map"))), format: stated };
  if (mapped === undefined) {
    terminal.err("nothing was loaded\n");
    return 0;
  }
  const client = await openClient(folder, terminal.now, true);
  const progress = progressOn(terminal);
  try {
    const body: ImportBody = {
      file,
      fact: values.as,
      ...mapped,
      ...(values.source === undefined ? {} : { source: values.source }),
    };
    const result = await client.import(body, progress.report);
    progress.done();
    terminal.out(
      output === "json"
        ? `${JSON.stringify(result, null, 2)}\n`
        : `${summaryOf([{ source: result.source, result }])}\n`,
    );
    const { violations } = (await client.catalogue()).workspace;
    terminal.err(violationsIn(violations));
    return violations.length === 0 ? 0 : 1;
  } finally {
    progress.done();
    client.close();
  }
}

export const importCommand: Command = {
  name: "import",
  summary: "loads one file as one fact, or the messages of a Singer tap or an Airbyte source",
  usage: `… | embudo import --singer|--airbyte --source NAME [--state-out FILE] [--workspace DIR]
embudo import FILE --as FACT [--map COLUMN=EXPRESSION]… [--source NAME]
  [--delimiter ;] [--decimal ,] [--dates dd/mm/yyyy] [--encoding windows-1252] [--zone ZONE] [--sheet NAME]
  [--format table|json] [--workspace DIR]`,
  run,
};
