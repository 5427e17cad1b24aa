import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Problem } from "../../engine/problem.ts";
import type { Site } from "../site.ts";

/** Where the secret of a site lies unless the settings name an environment variable. */
const secretFile = (folder: string, name: string): string =>
  join(folder, "data", "collect", "secrets", `${name}.secret`);

/** The secret that programs of the company sign with; it is drawn when it is asked for the first time. */
export function secretOf(
  folder: string,
  name: string,
  { secret }: Pick<Site, "secret">,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (secret !== undefined) {
    const value = environment[secret] ?? "";
    if (value !== "") return value;
    throw new Problem(
      "secret-missing",
      `embudo.yaml says that the secret of ${name} is in ${secret}, and that is empty`,
      `set the environment variable ${secret} before the server starts, or leave \`secret\` out`,
      { site: name },
    );
  }
  const file = secretFile(folder, name);
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  }
  return readFileSync(file, "utf8").trim();
}
