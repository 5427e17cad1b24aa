import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Runs the launcher's copy in the folder, with an npm that notes its calls and ends with `npmCode`. */
function launch(args: readonly string[], npmCode = 0) {
  const env = { ...process.env, npm_execpath: join(folder, "npm-cli.js"), npm_node_execpath: process.execPath };
  const child = spawn(process.execPath, [join(folder, "bin/embudo.js"), ...args], {
    env: { ...env, npm_lifecycle_event: "", NPM_CODE: String(npmCode) },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, out, err }));
  });
  return { child, ended };
}

const npmCalls = () => readFileSync(join(folder, "calls"), "utf8").trim().split("\n").filter(Boolean);
const lockOf = (version: string) => JSON.stringify({ packages: { "": {}, "node_modules/a": { version } } });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "launcher-"));
  cpSync("bin", join(folder, "bin"), { recursive: true });
  write("package.json", '{ "type": "module" }');
  write("package-lock.json", lockOf("1.0.0"));
  write("node_modules/.package-lock.json", lockOf("1.0.0"));
  mkdirSync(join(folder, "node_modules/node/bin"), { recursive: true });
  symlinkSync(process.execPath, join(folder, "node_modules/node/bin/node"));
  write("calls", "");
  write(
    "npm-cli.js",
    `import { appendFileSync, mkdirSync } from "node:fs";
     appendFileSync("calls", process.argv.slice(2).join(" ") + "\\n");
     mkdirSync("dist/web/server", { recursive: true });
     console.log("what npm says");
     process.exit(Number(process.env.NPM_CODE));`,
  );
  write(
    "src/cli/main.ts",
    `const [first]: string[] = process.argv.slice(2);
     if (first === "wait") { process.on("SIGTERM", () => process.exit(7)); setInterval(() => {}, 1000); }
     else process.exitCode = first === "fail" ? 3 : 0;
     console.log(JSON.stringify(process.argv.slice(2)));`,
  );
});

afterEach(() => rmSync(folder, { recursive: true }));

test("arguments, standard output and the exit code pass through as they are", async () => {
  expect(await launch(["ask", "a b", "--format", "json"]).ended).toEqual({
    code: 0,
    out: '["ask","a b","--format","json"]\n',
    err: "",
  });
  expect((await launch(["fail"]).ended).code).toBe(3);
  expect(npmCalls()).toEqual([]);
});

test("a signal reaches the command, which decides how to end", async () => {
  const { child, ended } = launch(["wait"]);
  child.stdout.once("data", () => child.kill("SIGTERM"));
  expect((await ended).code).toBe(7);
});

test("packages are installed once when the lock file names others than there are", async () => {
  write("package-lock.json", lockOf("1.0.1"));
  const first = await launch(["ask"]).ended;
  await launch(["ask"]).ended;
  expect(npmCalls()).toEqual(["ci --no-audit --no-fund"]);
  expect(first.out).toBe('["ask"]\n');
  expect(first.err).toContain("what npm says");
});

test("a failed installation ends in one line that says what to do", async () => {
  write("package-lock.json", lockOf("1.0.1"));
  const { code, out, err } = await launch(["ask"], 1).ended;
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err.trim().split("\n").at(-1)).toMatch(/could not be installed.*run `npm ci`/);
});

test("packages that a link leads to are another checkout's, and are left alone", async () => {
  cpSync(join(folder, "node_modules"), join(folder, "elsewhere"), { recursive: true, verbatimSymlinks: true });
  rmSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(join(folder, "elsewhere"), join(folder, "node_modules"));
  expect((await launch(["ask"]).ended).code).toBe(0);
  write("package-lock.json", lockOf("1.0.1"));
  const { code, err } = await launch(["ask"]).ended;
  expect({ code, calls: npmCalls() }).toEqual({ code: 1, calls: [] });
  expect(err).toContain("node_modules is a link");
});

test("pages are built for serve, and again only when what they are made of changed", async () => {
  write("vite.config.ts", "");
  write("src/web/page.tsx", "one");
  await launch(["serve"]).ended;
  await launch(["serve"]).ended;
  await launch(["ask"]).ended;
  expect(npmCalls()).toEqual(["run --silent build"]);
  write("src/web/page.tsx", "two");
  await launch(["serve"]).ended;
  expect(npmCalls()).toHaveLength(2);
});
