import { csv } from "../contract/csv.ts";
import { JourneyRequest, type Journey } from "../contract/journey.ts";
import { tellFound } from "./found.ts";
import { figure } from "./figures.ts";
import { optionsOf, Usage } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOption } from "./workspace.ts";

const options = {
  outcome: { type: "string" },
  format: { type: "string" },
  ...workspaceOption,
} as const;

type Event = Journey["events"][number];

const minute = (instant: string): string => instant.slice(0, 16).replace("T", " ");
const percent = (share: number): string => (share === 0 ? "·" : `${Math.round(share * 100)} %`);

const nameOf = (event: Event): string =>
  event.type === "touch" ? `${event.kind}${event.seen ? " (seen)" : ""}` : `→ ${event.kind} ${event.id}`;

const whereFrom = (event: Event): string =>
  event.type === "touch"
    ? [event.channel ?? "(none)", [event.source, event.medium, event.campaign].filter(Boolean).join(" / ")]
        .filter((each) => each !== "")
        .join("  ")
    : event.amount === null
      ? ""
      : figure(event.amount, "money", event.currency);

const cells = (event: Event, models: readonly string[]): string[] => [
  minute(event.at),
  nameOf(event),
  whereFrom(event),
  ...models.map((model) => (event.type === "touch" && event.shares !== null ? percent(event.shares[model] ?? 0) : "")),
];

function asTable({ name, person, leads, aliases, models, outcome, recorded, events, cut }: Journey): string {
  const known = Object.entries(aliases).map(([kind, n]) => `${n} ${kind}`);
  const columns = ["at (UTC)", "", ""].map((title) => ({ title }));
  return [
    `${name}${person === null || person === name ? "" : ` is ${person}`} · leads ${leads.join(", ") || "none"}${known.length === 0 ? "" : ` · known by ${known.join(", ")}`}`,
    outcome === null ? "nothing came of it yet" : `shares of ${outcome}`,
    "",
    table(
      [...columns, ...models.map((title) => ({ title, right: true }))],
      events.map((event) => cells(event, models)),
    ),
    ...(recorded === null ? [] : ["", `all of it to what was recorded: ${recorded.channel ?? "(none)"}`]),
    ...(cut ? ["", "there are more touches than these"] : []),
  ].join("\n");
}

const asCsv = ({ events, models }: Journey): string =>
  csv([
    ["at", "type", "kind", "id", "channel", "source", "medium", "campaign", "seen", ...models],
    ...events.map((event) =>
      event.type === "touch"
        ? [
            event.at,
            event.type,
            event.kind,
            event.id,
            event.channel,
            event.source,
            event.medium,
            event.campaign,
            event.seen,
            ...models.map((model) => event.shares?.[model] ?? null),
          ]
        : [event.at, event.type, event.kind, event.id, null, null, null, null, null, ...models.map(() => null)],
    ),
  ]);

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, options);
  const [name, ...more] = positionals;
  if (name === undefined) throw new Usage("name a lead, a person or an alias");
  if (more.length > 0) throw new Usage(`one name at a time; ${more.join(" ")} is too much`);
  const { outcome } = values;
  const request = JourneyRequest.safeParse({ name, ...(outcome === undefined ? {} : { outcome }) });
  if (!request.success) throw new Usage(request.error.issues[0]?.message ?? "not understood");
  return tellFound(values, (client) => client.journey(request.data), { asTable, asCsv }, terminal);
}

export const journey: Command = {
  name: "journey",
  summary: "shows what one person did, in order, what came of it, and what each model gives each touch",
  usage: "embudo journey LEAD|PERSON|ALIAS [--outcome KIND:ID] [--format table|json|csv] [--workspace DIR]",
  run,
};
