import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Explanation } from "../../src/contract/explanation.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const own = ["--workspace", "own"];
const sourced = `
sources:
  crm:
    kind: files
    complete: true
    facts:
      lead: SELECT id AS lead_id, born AS created_at FROM 'leads.csv'
`;

test("what became known since an instant is printed cause by cause, and is the same as JSON", async () => {
  await embudo(folder, ["init", "own", "--currency", "EUR", "--time-zone", "UTC"]);
  appendFileSync(join(folder, "own", "embudo.yaml"), sourced);
  const leads = (text: string) => writeFileSync(join(folder, "own", "leads.csv"), `id,born\n${text}`);
  leads("L1,2026-01-05\nL2,2026-01-06\nL3,2026-01-07\n");
  await embudo(folder, ["sync", ...own]);
  const [before] = Explanation.parse(
    JSON.parse((await embudo(folder, ["explain", "leads", "--format", "json", ...own])).out),
  ).freshness;
  leads("L1,2026-01-05\nL3,2026-01-07\nL4,2026-01-08\nL5,2026-01-09\n");
  await embudo(folder, ["sync", ...own]);
  const since = ["--since", before?.loadedAt ?? ""];
  const { out } = await embudo(folder, ["explain", "leads", ...since, ...own]);
  expect(out).toMatch(/What changed between .* and .*: 3 → 4 \(\+1\)/);
  expect(out).toMatch(/had happened, became known since +\+2 +\+2 +2 +L4, L5/);
  expect(out).toMatch(/deleted +−1 +−1 +1 +L2/);
  const json = await embudo(folder, ["explain", "leads", "--format", "json", ...since, ...own]);
  expect(Explanation.parse(JSON.parse(json.out)).changes).toMatchObject({
    difference: 1,
    changes: [
      { cause: "late", difference: 2 },
      { cause: "deletion", difference: -1 },
    ],
  });
  expect(await embudo(folder, ["explain", "leads", "--since", "yesterday", ...own])).toMatchObject({ code: 1 });
});
