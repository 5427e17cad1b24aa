import { PersonOrder, type Person, type PersonOutcome } from "../contract/person.ts";
import { Problem } from "../engine/problem.ts";
import { openClient, type Client } from "./client.ts";
import { oneOf, optionsOf, Usage } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const options = {
  ...workspaceOption,
  by: { type: "string" },
  yes: { type: "boolean" },
  format: { type: "string" },
} as const;

const minute = (instant: string): string => instant.slice(0, 16).replace("T", " ");

const linkTable = ({ links }: Person): string =>
  table(
    ["kind", "alias", "person", "said by", "source", "since", ""].map((title) => ({ title })),
    links.map(({ kind, alias, person, by, source, since, verdict }) => [
      kind,
      alias,
      person ?? "nobody",
      by,
      source,
      minute(since),
      verdict === "split" ? "void" : "",
    ]),
  );

function shown(person: Person): string {
  const { id, shared, erased, aliases, leads } = person;
  const ids = aliases.filter(({ kind }) => kind === "person").map(({ alias }) => alias);
  return [
    `${id}${ids.length > 1 ? ` (also ${ids.filter((each) => each !== id).join(", ")})` : ""}`,
    ...(shared ? ["shared: so many touches that they earn no credit"] : []),
    ...(erased ? ["erased: the rows that count are kept, and nothing personal of them"] : []),
    ...aliases.filter(({ kind }) => kind !== "person").map(({ kind, alias }) => `${kind}:${alias}`),
    ...(person.links.length === 0 ? [] : ["", linkTable(person)]),
    "",
    leads.length === 0
      ? "no leads"
      : `leads: ${leads.map(({ lead, createdAt }) => `${lead} (${minute(createdAt)})`).join(", ")}`,
  ].join("\n");
}

const verbs = ["join", "split", "erase"] as const;

function orderOf(words: readonly string[], by: string | undefined): PersonOrder | undefined {
  const [verb, name, person, ...more] = words;
  const act = verbs.find((each) => each === verb);
  if (act === undefined) return undefined;
  if (name === undefined) throw new Usage(`say whom to ${act}`);
  if (more.length > 0 || (act === "erase" && person !== undefined)) throw new Usage("too many names");
  if (by === undefined) throw new Usage(`say who ${act}s with --by NAME`);
  const order = PersonOrder.safeParse({ do: act, name, by, ...(person === undefined ? {} : { person }) });
  if (order.success) return order.data;
  throw new Usage(act === "join" ? "name the two that are one" : "not understood");
}

const told = ({ rows, person }: PersonOutcome, order: PersonOrder): string =>
  order.do === "erase"
    ? `${order.name} is erased: ${rows} rows no longer say who it was`
    : person === null
      ? `${order.name} is nobody's`
      : shown(person);

async function isSure(client: Client, { name }: PersonOrder, terminal: Terminal): Promise<boolean> {
  const person = await client.person({ name });
  terminal.err(`${shown(person)}\n`);
  const answer = await terminal.ask?.(`Erase for good? It cannot be undone. Write ${person.id} to go on: `);
  return answer?.trim() === person.id;
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, options);
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const order = orderOf(positionals, values.by ?? terminal.environment["USER"]);
  const [name, ...more] = positionals;
  if (name === undefined) throw new Usage("name a person or an alias");
  if (order === undefined && more.length > 0) throw new Usage(`one name at a time; ${more.join(" ")} is too much`);
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, order !== undefined);
  const write = <T>(found: T, text: (found: T) => string) =>
    terminal.out(format === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${text(found)}\n`);
  try {
    if (order === undefined) write(await client.person({ name }), shown);
    else if (order.do === "erase" && values.yes !== true && !(await isSure(client, order, terminal)))
      throw new Problem("not-sure", `${order.name} was not erased`, "add --yes when you are sure");
    else write(await client.changePerson(order), (outcome) => told(outcome, order));
    return 0;
  } finally {
    client.close();
  }
}

export const person: Command = {
  name: "person",
  summary: "shows a person, and joins, splits or erases one",
  usage: `embudo person NAME
  embudo person join NAME PERSON [--by NAME]
  embudo person split NAME [PERSON] [--by NAME]
  embudo person erase NAME [--yes] [--by NAME]
  [--format table|json] [--workspace DIR]`,
  run,
};
