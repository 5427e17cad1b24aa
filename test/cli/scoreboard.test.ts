import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { Answer } from "../../src/contract/answer.ts";
import { ScoreboardAnswer } from "../../src/contract/scoreboard.ts";
import { writeDemo } from "../../src/sources/demo/index.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const demo = ["--workspace", "demo"];

beforeAll(async () => {
  await writeDemo(join(folder, "demo"), { leads: 400, touches: 1200, seed: 1, today: "2026-11-23" });
  expect(await embudo(folder, ["sync", ...demo])).toMatchObject({ code: 0 });
});

test("without a name it shows the nine against the goals of the company, and names the others", async () => {
  const { code, out } = await embudo(folder, ["scoreboard", ...demo]);
  expect(code).toBe(0);
  expect(out).toMatch(/^The nine · 2026-11-01 to 2026-12-01 \(exclusive\) · change against 2026-10-01 to 2026-10-24/);
  expect(out).toMatch(/sales-revenue:net( +[\d,.]+ EUR| +[+−±]?[\d,.]+ %){6} +\w/);
  expect(out).toContain("others: norte, sur, latam");
});

test("a team's shows its own numbers and goals", async () => {
  const { out } = await embudo(folder, ["scoreboard", "norte", "--format", "json", ...demo]);
  const { scoreboard, lines } = ScoreboardAnswer.parse(JSON.parse(out));
  expect(scoreboard).toMatchObject({ title: "Equipo Norte", filters: { team: ["Norte"] } });
  const question = ["opportunities-created", "--where", "team=Norte", "--from", "2026-11-01", "--to", "2026-12-01"];
  const asked = await embudo(folder, ["ask", ...question, "--format", "json", ...demo]);
  const line = lines.find((each) => each.indicator === "opportunities-created");
  expect(line?.value).toBe(Answer.parse(JSON.parse(asked.out)).total.value);
  expect(lines.at(-1)?.attainment?.goal).toMatchObject({ indicator: "sales-revenue", scope: "Norte" });
});

test("what cannot be done says what to do", async () => {
  const unknown = await embudo(folder, ["scoreboard", "norde", ...demo]);
  expect(unknown).toMatchObject({ code: 1, out: "" });
  expect(unknown.err).toMatch(/no scoreboard is named norde\n {2}→ did you mean norte\?/);
  expect((await embudo(folder, ["scoreboard", "--from", "2026-02-30", ...demo])).err).toMatch(
    /invalid from: .*\n {2}→/,
  );
  expect((await embudo(folder, ["scoreboard", "--as-of", "yesterday", ...demo])).err).toMatch(
    /invalid asOf: .*\n {2}→/,
  );
  expect(await embudo(folder, ["scoreboard", "norte", "sur", ...demo])).toMatchObject({ code: 2 });
});
