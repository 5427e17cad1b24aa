import { Problem } from "../engine/problem.ts";
import { readFiles } from "../workspace/files.ts";
import { WebhookSource } from "../sources/webhook/index.ts";
import { runningServer } from "./client.ts";
import { secretOfWebhook } from "./collecting.ts";
import { optionsOf, Usage } from "./options.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

function specOf(folder: string, source: string): WebhookSource {
  const { sources } = readFiles(folder).settings.settings;
  const parsed = WebhookSource.safeParse(Object.hasOwn(sources, source) ? sources[source] : undefined);
  if (parsed.success) return parsed.data;
  throw new Problem(
    "unknown-source",
    `embudo.yaml has no source ${source} of \`kind: webhook\``,
    "add it under `sources:`, as docs/sources/webhook.md shows",
    { source },
  );
}

const proof = ({ signature }: WebhookSource): string =>
  signature === undefined
    ? "Send it as `Authorization: Bearer SECRET`, or add `?key=SECRET` to the address."
    : `Sign with it: ${signature.header} is ${signature.prefix}${signature.algorithm} of the body, in ${signature.encoding}.`;

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, { ...workspaceOption, url: { type: "string" } });
  const [source] = positionals;
  if (values.url !== undefined && !URL.canParse(values.url))
    throw new Usage("say with --url where other systems reach Embudo, such as https://embudo.example.com");
  if (source === undefined) throw new Usage("name the source that takes things in");
  const folder = workspaceOf(values.workspace, terminal);
  const spec = specOf(folder, source);
  const url = values.url ?? (await runningServer(folder))?.url ?? "http://localhost";
  terminal.out(
    `address  ${new URL(`/in/${source}`, url).href}   (or /in/${source}/STREAM)\n` +
      `secret   ${secretOfWebhook(folder, source, spec, terminal.environment)}\n\n${proof(spec)}\n` +
      "What is taken in is loaded every few minutes while the server runs, or by `embudo sync`.\n",
  );
  return 0;
}

export const webhook: Command = {
  name: "webhook",
  summary: "says where and how other systems send to a source",
  usage: "embudo webhook SOURCE [--url URL] [--workspace DIR]",
  run,
};
