import { keepScript, readScript, snippetOf } from "../collect/index.ts";
import { Problem } from "../engine/problem.ts";
import { readFiles } from "../workspace/files.ts";
import { builtTracker } from "./collecting.ts";
import { optionsOf, Usage } from "./options.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

function siteNamed(name: string | undefined, sites: ReturnType<typeof readFiles>["settings"]["settings"]["sites"]) {
  const all = Object.keys(sites);
  const chosen = name ?? (all.length === 1 ? all[0] : undefined);
  const site = chosen !== undefined && Object.hasOwn(sites, chosen) ? sites[chosen] : undefined;
  if (chosen !== undefined && site !== undefined) return { name: chosen, site };
  throw new Problem(
    "unknown-site",
    chosen === undefined ? "say which site the page is of" : `embudo.yaml has no site ${chosen}`,
    all.length > 0 ? `use one of ${all.join(", ")}` : "add it under `sites:`, as docs/sources/web.md shows",
  );
}

function currentScript(folder: string) {
  const script = readScript(builtTracker);
  if (script === undefined)
    throw new Problem("pages-not-built", "the tracker is not built", "run `npm run build`, or start with `npm start`");
  keepScript(folder, builtTracker, script);
  return script;
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, { ...workspaceOption, url: { type: "string" } });
  const [named, ...more] = positionals;
  if (more.length > 0) throw new Usage(`one site at a time; ${more.join(" ")} is too much`);
  if (values.url === undefined || !URL.canParse(values.url))
    throw new Usage("say with --url where the site's pages reach Embudo, such as https://collect.example.com");
  const folder = workspaceOf(values.workspace, terminal);
  const { name, site } = siteNamed(named, readFiles(folder).settings.settings.sites);
  terminal.out(`${snippetOf(currentScript(folder), values.url, name, site.consent)}\n`);
  return Promise.resolve(0);
}

export const tracker: Command = {
  name: "tracker",
  summary: "writes what goes into the head of a site's pages",
  usage: "embudo tracker [SITE] --url URL [--workspace DIR]",
  run,
};
