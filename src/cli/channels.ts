import type { ChannelDecision, ChannelReport } from "../contract/channels.ts";
import { openClient } from "./client.ts";
import { oneOf, optionsOf, Usage, wholeNumber } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const shortened = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text);

function reportText({ rules, unmatched }: ChannelReport): string {
  const inOrder = rules.map(({ rule, channel, when }, i) => [String(i + 1), rule, channel, shortened(when)]);
  const listed = table(
    [{ title: "", right: true }, { title: "rule" }, { title: "channel" }, { title: "when" }],
    inOrder,
  );
  if (unmatched.length === 0) return `${listed}\n\nevery pair of source and medium is named by a rule\n`;
  const heads = [
    { title: "fact" },
    { title: "rule" },
    { title: "source" },
    { title: "medium" },
    { title: "rows", right: true },
  ];
  const pairs = unmatched.map((each) => [
    each.fact,
    each.rule,
    each.source ?? "",
    each.medium ?? "",
    String(each.rows),
  ]);
  return `${listed}\n\nnamed by no rule of their own\n${table(heads, pairs)}\n`;
}

function decisionText({ channel, rule, because, found }: ChannelDecision): string {
  const decided =
    channel === null ? "no channel: nothing is known of it" : `${channel}, by the rule ${rule}: ${because}`;
  const signals = Object.entries(found).map(([signal, value]) => [signal, String(value)]);
  return `${decided}\n${table([{ title: "found" }, { title: "" }], signals)}\n`;
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    try: { type: "string" },
    referrer: { type: "string" },
    source: { type: "string" },
    medium: { type: "string" },
    campaign: { type: "string" },
    "click-id": { type: "string" },
    kind: { type: "string" },
    limit: { type: "string" },
    format: { type: "string" },
  });
  if (positionals.length > 0) throw new Usage(`${positionals.join(" ")} is too much; give an address with --try`);
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const { try: url, referrer, source, medium, campaign, "click-id": click_id, kind } = values;
  const stated = Object.entries({ url, referrer, source, medium, campaign, click_id, kind }).filter(
    ([, value]) => value !== undefined,
  );
  const limit = wholeNumber(values.limit, "limit");
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, false);
  const write = <T>(result: T, text: (result: T) => string) =>
    terminal.out(format === "json" ? `${JSON.stringify(result, null, 2)}\n` : text(result));
  try {
    if (stated.length > 0) write(await client.tryChannel(Object.fromEntries(stated)), decisionText);
    else write(await client.channels(limit === undefined ? {} : { limit }), reportText);
    return 0;
  } finally {
    client.close();
  }
}

export const channels: Command = {
  name: "channels",
  summary: "lists the rules that give channels and what none of them names, or tries an address",
  usage:
    "embudo channels [--try URL] [--referrer URL] [--source S] [--medium M] [--campaign C] [--click-id NAME=VALUE] [--kind KIND] [--limit N] [--format table|json] [--workspace DIR]",
  run,
};
