import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { Problem } from "../engine/problem.ts";
import { isZone, parseSettings } from "../workspace/settings.ts";
import { isWorkspace } from "../workspace/files.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { optionsOf, Usage } from "./options.ts";
import type { Command, Terminal } from "./terminal.ts";

const settings = (
  name: string,
  currency: string,
  zone: string,
): string => `# What this company's words mean. docs/workspace.md explains each of them.
name: ${JSON.stringify(name)}
currency: ${currency}
time_zone: ${zone}
languages: [es, en]

# Each source gives facts by a SELECT over its files:
# sources:
#   crm:
#     kind: files
#     facts:
#       deal: |
#         SELECT id AS deal_id, opened AS created_at, owner AS rep, status AS outcome,
#                closed AS closed_at, value AS amount, '${currency}' AS currency
#         FROM 'deals.csv'
`;

const ownIndicators = `# Indicators of your own

Each \`.yaml\` file here is an indicator of your own, or a change of a shipped one with its id.
\`embudo rehearse FILE\` shows what it would change, \`embudo publish FILE\` puts it into force. For example,
\`cost-per-viable-lead.yaml\`:

    title: Cost per viable media lead
    owner: Ana
    better: lower
    value: spend(category = "media") / leads(disqualified_as = null)
`;

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    name: { type: "string" },
    currency: { type: "string" },
    "time-zone": { type: "string" },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Usage("name the folder of the new workspace");
  const path = resolve(terminal.folder, folder);
  if (isWorkspace(path))
    throw new Problem(
      "already-a-workspace",
      `${path} has an embudo.yaml already`,
      "name another folder, or go on with this one",
      { folder: path },
    );
  if (values.currency !== undefined && !/^[A-Z]{3}$/.test(values.currency))
    throw new Usage(`--currency takes an ISO 4217 code such as EUR, not ${values.currency}`);
  if (values["time-zone"] !== undefined && !isZone(values["time-zone"]))
    throw new Usage(`--time-zone takes a zone such as America/Bogota, not ${values["time-zone"]}`);
  const zone = values["time-zone"] ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const text = settings(values.name ?? basename(path), values.currency ?? "EUR", zone);
  parseSettings(text, "embudo.yaml");
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "embudo.yaml"), text);
  writeFileSync(join(path, ".gitignore"), "data/\n");
  mkdirSync(join(path, "indicators"), { recursive: true });
  writeFileSync(join(path, "indicators", "README.md"), ownIndicators);
  (await openWorkspace(path, { now: terminal.now })).close();
  terminal.out(`${path} is a workspace now. Say in embudo.yaml where its data comes from, then run \`embudo sync\`.\n`);
  return 0;
}

export const init: Command = {
  name: "init",
  summary: "makes an empty workspace",
  usage: "embudo init DIR [--name NAME] [--currency EUR] [--time-zone Europe/Madrid]",
  run,
};
