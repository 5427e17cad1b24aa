import type { SpendAudit } from "../contract/spend-audit.ts";
import { openClient } from "./client.ts";
import { figure } from "./figures.ts";
import { refuseWords } from "./found.ts";
import { oneOf, optionsOf } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const right = (...titles: string[]) => titles.map((title) => ({ title, right: true }));
const left = (...titles: string[]) => titles.map((title) => ({ title }));
const count = (number: number): string => figure(number, "count", null);
const share = (part: number, whole: number): string => (whole === 0 ? "" : `, ${figure(part / whole, "ratio", null)}`);

function asText(found: SpendAudit): string {
  const { from, to, currency, spend, ofChannels, unmatchedSpend, unmatched, unpaid, renamed } = found;
  const money = (amount: number) => figure(amount, "money", currency);
  const section = (title: string, nothing: string, lines: readonly string[][], columns: Parameters<typeof table>[0]) =>
    lines.length === 0 ? nothing : `${title}\n${table(columns, lines)}`;
  return [
    `Spend from ${from} to ${to} (exclusive): ${money(spend)}, of which ${money(ofChannels)} of a channel or campaign; of that ${money(unmatchedSpend)} matches no touch and no lead${share(unmatchedSpend, ofChannels)}.`,
    section(
      "Spend that no touch and no lead matches",
      "All of it is matched by a touch or a lead.",
      unmatched.map((each) => [
        each.campaign ?? "(none)",
        each.name ?? "",
        each.channel ?? "(none)",
        money(each.amount),
      ]),
      [...left("campaign", "name", "channel"), ...right("spend")],
    ),
    section(
      "Campaigns of touches and leads without spend",
      "Every campaign of a touch or lead has spend.",
      unpaid.map((each) => [
        each.campaign,
        each.channel ?? "(none)",
        count(each.touches),
        count(each.leads),
        each.meant.length === 0 ? "" : `name of ${each.meant.join(", ")}`,
      ]),
      [...left("campaign", "channel"), ...right("touches", "leads"), { title: "" }],
    ),
    section(
      "Campaigns with several names",
      "No campaign was renamed.",
      renamed.flatMap(({ campaign, names }) =>
        names.map((each, i) => [i === 0 ? campaign : "", each.name, each.from, each.to]),
      ),
      left("campaign", "name", "from", "to"),
    ),
  ].join("\n\n");
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    from: { type: "string" },
    to: { type: "string" },
    format: { type: "string" },
  });
  refuseWords(positionals);
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const request = Object.fromEntries(
    Object.entries({ from: values.from, to: values.to }).filter(([, value]) => value !== undefined),
  );
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, false);
  try {
    const found = await client.spendAudit(request, terminal.signal);
    terminal.out(format === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${asText(found)}\n`);
    return 0;
  } finally {
    client.close();
  }
}

export const spendAudit: Command = {
  name: "audit",
  summary: "lists spend that no touch matches, campaigns without spend, and campaigns that were renamed",
  usage: "embudo audit [--from DAY] [--to DAY] [--format table|json] [--workspace DIR]",
  run,
};
