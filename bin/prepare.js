// Plain JavaScript for whatever Node the machine has: it brings the pinned one and the built pages.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

const pinned = at("node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const installStamp = at("node_modules", ".embudo-install");
// The build empties this folder, so a stamp never outlives what it stamped.
const buildStamp = at("dist", "web", "server", ".embudo-build");
const pagesAreMadeOf = [
  "src/web",
  "src/locales",
  "src/contract",
  "src/collect/tracker",
  "src/facts/channels/click-ids.ts",
  "vite.config.ts",
  "package-lock.json",
];

/** What to tell a person who cannot go on, without a stack. */
export class Stop extends Error {}

/** The Node that runs the project: the pinned one, or the machine's own where it is new enough. */
export function node() {
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  throw new Stop("The pinned Node 24 is missing. Run `npm rebuild node`, or install Node 24 and try again.");
}

/** Installs the locked packages unless they are there already. */
export function install() {
  if (!existsSync(at("package-lock.json"))) return;
  const lock = hashOf(["package-lock.json"]);
  if (existsSync(pinned) && textOf(installStamp) === lock) return;
  if (!existsSync(pinned) || !isInstalled()) {
    if (lstatSync(at("node_modules"), { throwIfNoEntry: false })?.isSymbolicLink())
      throw new Stop(
        "node_modules is a link to packages of another lock file. Install them where it leads, or remove the link.",
      );
    say("Installing the packages that package-lock.json names (once, about a minute) …");
    if (npm("ci", "--no-audit", "--no-fund") !== 0)
      throw new Stop("The packages could not be installed. See npm's message above; then run `npm ci` and try again.");
  }
  writeFileSync(installStamp, lock);
}

/** Builds the pages unless what they are made of is unchanged. */
export function build() {
  if (!existsSync(at("vite.config.ts"))) return;
  const sources = hashOf(pagesAreMadeOf);
  if (textOf(buildStamp) === sources) return;
  say("Building the pages (only when they changed) …");
  if (npm("run", "--silent", "build") !== 0)
    throw new Stop("The pages could not be built. See the message above; `npm run build` shows it again.");
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, sources);
}

/** Runs a step and ends the process with one line, not a stack, where it cannot be done. */
export function orStop(step) {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    say(error.message);
    process.exit(1);
  }
}

const say = (line) => process.stderr.write(`embudo: ${line}\n`);
const textOf = (path) => (existsSync(path) ? readFileSync(path, "utf8") : undefined);

/** Whether npm's own record of what is in node_modules agrees with the lock file. */
function isInstalled() {
  const record = textOf(at("node_modules", ".package-lock.json"));
  if (record === undefined) return false;
  const there = JSON.parse(record).packages;
  const wanted = JSON.parse(readFileSync(at("package-lock.json"), "utf8")).packages;
  const same = (one, other) => one?.version === other.version && one?.integrity === other.integrity;
  return Object.entries(wanted).every(([path, entry]) => path === "" || entry.optional || same(there[path], entry));
}

/** npm, by the Node that runs npm rather than the one it is about to replace. Its output goes to standard error. */
function npm(...args) {
  const own = process.env.npm_execpath;
  const options = { cwd: root, stdio: ["inherit", 2, 2] };
  const ran = own?.endsWith("npm-cli.js")
    ? spawnSync(process.env.npm_node_execpath ?? process.execPath, [own, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (ran.error) throw new Stop(`npm could not be run (${ran.error.message}). Install npm and try again.`);
  return ran.status ?? 1;
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesIn).sort())
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(at(path)));
  return hash.digest("hex");
}

function filesIn(path) {
  if (!existsSync(at(path))) return [];
  if (!statSync(at(path)).isDirectory()) return [path];
  return readdirSync(at(path)).flatMap((name) => filesIn(`${path}/${name}`));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  orStop(() => {
    install();
    if (process.argv.includes("pages")) build();
  });
}
