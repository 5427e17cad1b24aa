import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/index.ts";
import { Answer } from "../../src/contract/answer.ts";
import { Catalogue } from "../../src/contract/catalogue.ts";
import { Explanation } from "../../src/contract/explanation.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const demo = ["--workspace", "demo"];

beforeAll(async () => {
  const made = await embudo(folder, [
    "demo",
    "demo",
    "--leads",
    "600",
    "--touches",
    "3000",
    "--today",
    "2026-11-23",
    "--loads",
    "1",
  ]);
  expect(made).toMatchObject({ code: 0, err: "" });
  expect(made.out).toMatch(/demo {4}lead +600 +600 +0/);
});

test("help names every command, and every command says how it is written", async () => {
  const { code, out } = await embudo(folder, ["--help"]);
  expect(code).toBe(0);
  for (const command of commands) {
    expect(out).toContain(command.name);
    expect(await embudo(folder, [command.name, "--help"])).toMatchObject({
      code: 0,
      out: `${command.usage}\n\n${command.summary}\n\nEvery option: docs/commands/${command.name}.md\n`,
    });
  }
});

test("says which version it is", async () => {
  expect(await embudo(folder, ["--version"])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Embudo \d+\.\d+/),
  });
});

test("a demo is not written over what is there", async () => {
  const again = await embudo(folder, ["demo", "demo"]);
  expect(again).toMatchObject({ code: 1, out: "" });
  expect(again.err).toContain("is not empty");
});

test("syncing again changes nothing, and says so", async () => {
  const again = await embudo(folder, ["sync", ...demo]);
  expect(again).toMatchObject({ code: 0, out: "demo: nothing has changed since the last load\n" });
});

describe("ask", () => {
  test("a table is aligned, with a bar, the interval and the total", async () => {
    const { code, out } = await embudo(folder, ["ask", "win-ratio", "--variant", "closed", "--by", "team", ...demo]);
    expect(code).toBe(0);
    expect(out).toMatch(/^win-ratio · closed · /);
    expect(out).toMatch(/team +value +80 % interval +won +closed/);
    expect(out).toMatch(/█/);
    expect(out).toMatch(/^total {2}\d/m);
  });

  test("an indicator and its variant are named in one word, as the scoreboard writes them", async () => {
    const { out } = await embudo(folder, ["ask", "win-ratio:closed", ...demo]);
    expect(out).toMatch(/^win-ratio · closed · /);
    const twice = await embudo(folder, ["ask", "win-ratio:closed", "--variant", "created", ...demo]);
    expect([twice.code, twice.err]).toEqual([2, expect.stringContaining("name one")]);
  });

  test("with a grain there is a line of the periods", async () => {
    const { out } = await embudo(folder, [
      "ask",
      "leads",
      "--grain",
      "month",
      "--from",
      "2026-05-01",
      "--to",
      "2026-11-01",
      ...demo,
    ]);
    expect(out).toMatch(/total {2}[\d,]+ {2}[▁▂▃▄▅▆▇█]{6}/);
  });

  test("JSON is the Answer of the contract and nothing else", async () => {
    const { out, err } = await embudo(folder, [
      "ask",
      "cost-per-lead",
      "--by",
      "channel",
      "--compare",
      "previous",
      "--format",
      "json",
      "--from",
      "2026-11-01",
      "--to",
      "2026-12-01",
      ...demo,
    ]);
    expect(err).toBe("");
    const answer = Answer.parse(JSON.parse(out));
    expect(answer.comparison).toMatchObject({ from: "2026-10-01", to: "2026-10-24" });
    expect(answer.rows.map((row) => row.key["channel"])).toContain("paid_search");
  });

  test("CSV has one line per row under its heading", async () => {
    const { out } = await embudo(folder, ["ask", "leads", "--by", "channel", "--format", "csv", ...demo]);
    const lines = out.trimEnd().split("\r\n");
    expect(lines[0]).toBe("period,channel,value,observed,n,low,high,maturity,incomplete,leads,flags");
    expect(lines.length).toBeGreaterThan(5);
  });

  test("filters keep and leave out, none included", async () => {
    const only = await embudo(folder, [
      "ask",
      "leads",
      "--where",
      "channel=email",
      "--where",
      "channel=direct",
      "--format",
      "json",
      ...demo,
    ]);
    const but = await embudo(folder, [
      "ask",
      "leads",
      "--where",
      "channel!=email",
      "--where",
      "channel!=direct",
      "--format",
      "json",
      ...demo,
    ]);
    const all = await embudo(folder, ["ask", "leads", "--format", "json", ...demo]);
    const value = (ran: { out: string }) => Answer.parse(JSON.parse(ran.out)).total.value ?? 0;
    expect(value(only)).toBeGreaterThan(0);
    expect(value(only) + value(but)).toBe(value(all));
  });
});

describe("explain", () => {
  test("opens a cell: math with its numbers, rows, SQL", async () => {
    const { code, out } = await embudo(folder, [
      "explain",
      "win-ratio",
      "--variant",
      "closed",
      "--key",
      "team=Norte",
      ...demo,
    ]);
    expect(code).toBe(0);
    expect(out).toContain("won ÷ closed");
    expect(out).toMatch(/\d+ ÷ \d+ = 0\.\d+/);
    expect(out).toContain("deal_id");
    expect(out).toContain("FROM main.deal AS deal");
  });

  test("says why it changed: per segment, and in total", async () => {
    const asked = ["--from", "2026-09-01", "--to", "2026-11-01", "--compare", "previous", "--over", "team"];
    const { out } = await embudo(folder, ["explain", "win-ratio", "--variant", "closed", ...asked, ...demo]);
    expect(out).toMatch(
      /Why it changed, by team: \d+\.\d\d % → \d+\.\d\d % \([+−]\d+\.\d\d pp, (may be|more than) noise\)/,
    );
    expect(out).toMatch(/team +before +after +n +rate +mix +total +its own change/);
    const movers = await embudo(folder, ["explain", "leads", ...asked.slice(0, 6), "--limit", "0", ...demo]);
    expect(movers.out).toMatch(/Biggest movers/);
    const versus = ["--where", "team=Norte", "--versus", "team!=Norte", "--format", "json"];
    const json = await embudo(folder, ["explain", "win-ratio", "--variant", "closed", ...versus, ...demo]);
    const { why } = Explanation.parse(JSON.parse(json.out));
    expect((why?.total ?? 0) + (why?.remainder ?? 0)).toBeCloseTo(why?.difference ?? Number.NaN, 12);
  });

  test("says how it differs from another number: from one to the other, bucket by bucket", async () => {
    const range = ["--from", "2026-06-01", "--to", "2026-11-01"];
    const asked = [
      "explain",
      "marketing-qualified-leads",
      ...range,
      "--against",
      "sales-qualified-leads:count",
      ...demo,
    ];
    const { out } = await embudo(folder, asked);
    expect(out).toMatch(/How it differs from Sales-qualified leads · How many: \d+ and \d+/);
    expect(out).toMatch(/only the first +did not get there +\d+ +−\d+ +\d+ +L\d+/);
    const json = await embudo(folder, [...asked, "--format", "json"]);
    const { bridge } = Explanation.parse(JSON.parse(json.out));
    const stuck = bridge?.buckets.find((each) => each.reason === "not-reached");
    const csv = await embudo(folder, [...asked, "--bucket", "left:not-reached", "--format", "csv"]);
    expect(csv.out.trimEnd().split("\r\n").slice(1)).toHaveLength(stuck?.rows ?? Number.NaN);
    const other = ["--against-where", "channel!=email", "--against-from", "2026-01-01", "--against-part", "sqls"];
    expect(await embudo(folder, [...asked, ...other])).toMatchObject({ code: 0 });
    expect(await embudo(folder, ["explain", "leads", "--against-to", "2026-01-01", ...demo])).toMatchObject({
      code: 2,
    });
  });

  test("JSON is the Explanation of the contract; CSV gives every row of a part", async () => {
    const json = await embudo(folder, ["explain", "win-ratio", "--format", "json", "--limit", "2", ...demo]);
    const found = Explanation.parse(JSON.parse(json.out));
    const csv = await embudo(folder, ["explain", "win-ratio", "--format", "csv", "--part", "won", ...demo]);
    expect(csv.out.trimEnd().split("\r\n").length - 1).toBe(found.cell.parts["won"]);
  });
});

test("indicators lists the nine first, and JSON is the Catalogue of the contract", async () => {
  const { out } = await embudo(folder, ["indicators", ...demo]);
  expect(out).toMatch(/1 +scoreboard/);
  const json = await embudo(folder, ["indicators", "--format", "json", ...demo]);
  expect(
    Catalogue.parse(JSON.parse(json.out))
      .indicators.slice(0, 9)
      .map((each) => each.nine),
  ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

describe("what cannot be done says what to do", () => {
  const refused: [string, string[], number, RegExp][] = [
    ["an unknown command", ["asc"], 2, /no command asc\. Did you mean ask\?/],
    ["an unknown option", ["ask", "leads", "--by-rep", ...demo], 2, /by-rep/],
    ["no indicator", ["ask", ...demo], 2, /name an indicator/],
    ["an unknown indicator", ["ask", "win-rate", ...demo], 1, /did you mean win-ratio\?/],
    ["an unknown variant", ["ask", "win-ratio", "--variant", "close", ...demo], 1, /did you mean closed\?/],
    ["an unknown dimension", ["ask", "leads", "--by", "colour", ...demo], 1, /colour is no dimension/],
    [
      "a dimension that a part lacks",
      ["ask", "cost-per-lead", "--by", "rep", ...demo],
      1,
      /spend has no rep[^]*split by channel/,
    ],
    ["a day that is none", ["ask", "leads", "--from", "2026-13-01", ...demo], 1, /from/],
    [
      "a range without a day",
      ["ask", "leads", "--from", "2026-02-01", "--to", "2026-01-01", ...demo],
      1,
      /holds no day/,
    ],
    ["a currency that is none", ["ask", "spend", "--currency", "euro", ...demo], 1, /currency/],
    [
      "a currency without rates",
      ["ask", "spend", "--currency", "JPY", ...demo],
      1,
      /no exchange rate of JPY on \d{4}-\d\d-\d\d/,
    ],
    ["an unknown model", ["ask", "leads", "--model", "best", ...demo], 1, /no attribution model is named best/],
    ["no workspace", ["ask", "leads"], 1, /is no workspace[^]*embudo init/],
    ["an unknown source", ["sync", "crm", ...demo], 1, /no source crm/],
    ["an unknown fact", ["import", "x.csv", "--as", "lea", "--map", "a=b", ...demo], 1, /lea is no fact/],
    [
      "a file that is not there",
      ["import", "x.csv", "--as", "lead", "--map", "lead_id=id", "--map", "created_at=c", ...demo],
      1,
      /there is no file/,
    ],
  ];
  test.each(refused)("%s", async (_, args, code, message) => {
    const ran = await embudo(folder, args);
    expect(ran).toMatchObject({ code, out: "" });
    expect(ran.err).toMatch(message);
    if (code === 1) expect(ran.err).toContain("→");
  });
});

describe("a workspace by hand", () => {
  const own = ["--workspace", "own"];
  const yaml = join(folder, "own", "embudo.yaml");

  test("init makes it, once", async () => {
    expect(await embudo(folder, ["init", "own", "--currency", "EUR", "--time-zone", "America/Bogota"])).toMatchObject({
      code: 0,
    });
    expect((await embudo(folder, ["init", "own"])).err).toContain("embudo.yaml already");
    expect((await embudo(folder, ["init", "other", "--time-zone", "Mars/Olympus"])).err).toContain(
      "--time-zone takes a zone",
    );
    expect(readFileSync(yaml, "utf8")).toContain("time_zone: America/Bogota");
  });

  test("an import in Spanish formats asks a person, and scripts declare", async () => {
    const file = join(folder, "ventas.csv");
    writeFileSync(
      file,
      "Id;Creado;Estado;Cerrado;Importe\n1;03/09/2026;won;17/09/2026;1.234,50\n2;04/09/2026;lost;18/09/2026;980,00\n",
    );
    const map = [
      "deal_id=Id",
      "created_at=Creado",
      "outcome=Estado",
      "closed_at=Cerrado",
      "amount=Importe",
      "currency='EUR'",
    ].flatMap((each) => ["--map", each]);
    const guessed = await embudo(folder, ["import", file, "--as", "deal", ...map, ...own]);
    expect(guessed.out).toMatch(/2 rejected, e\.g\. created_at: 0[34]\/09\/2026 is no instant; declare dates/);
    const declared = await embudo(folder, [
      "import",
      file,
      "--as",
      "deal",
      ...map,
      "--decimal",
      ",",
      "--dates",
      "dd/mm/yyyy",
      ...own,
    ]);
    expect(declared.out).toMatch(/import +deal +2 +2 +0 +0 +0 +0/);
    const asked = await embudo(folder, ["ask", "sales-revenue", "--format", "json", ...own]);
    expect(Answer.parse(JSON.parse(asked.out)).total.value).toBe(1234.5);
  });

  test("a malformed embudo.yaml is shown by line and column", async () => {
    const before = readFileSync(yaml, "utf8");
    writeFileSync(yaml, `${before}revenu: cash\n`);
    const line = before.split("\n").length;
    expect((await embudo(folder, ["ask", "leads", ...own])).err).toContain(`embudo.yaml, line ${line}, column 1`);
    writeFileSync(yaml, `${before}sources: [\n`);
    expect((await embudo(folder, ["ask", "leads", ...own])).err).toMatch(/embudo\.yaml, line \d+, column \d+/);
    writeFileSync(yaml, before);
  });

  test("one source's failure names the place and does not stop another", async () => {
    const before = readFileSync(yaml, "utf8");
    writeFileSync(join(folder, "own", "reps.csv"), "rep,team\nAna,Norte\n");
    writeFileSync(
      yaml,
      `${before}
sources:
  lost:
    kind: files
    facts: {lead: "SELECT id AS lead_id, born AS created_at FROM 'gone.csv'"}
  lacking:
    kind: files
    facts: {lead: "SELECT rep AS lead_id FROM 'reps.csv'"}
  writing:
    kind: files
    facts: {rep: "DELETE FROM rep"}
  outside:
    kind: files
    facts: {rep: "SELECT * FROM '/etc/passwd.csv'"}
  people:
    kind: files
    facts: {rep: "SELECT * FROM 'reps.csv'"}
`,
    );
    const ran = await embudo(folder, ["sync", ...own]);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/lost: .*gone\.csv/);
    expect(ran.err).toMatch(/lacking: .*lacks created_at/);
    expect(ran.err).toMatch(/writing: /);
    expect(ran.err).toMatch(/outside: .*passwd/);
    expect(ran.out).toMatch(/people +rep +1 +1/);
  });

  test("files that always say everything close what they no longer say, but not most of it at once", async () => {
    const people = join(folder, "own", "people.csv");
    const mapping = `  team:
    kind: files
    complete: true
    facts: {customer: "SELECT id AS customer_id, segment FROM 'people.csv'"}
`;
    writeFileSync(yaml, `${readFileSync(yaml, "utf8")}${mapping}`);
    const sync = async (rows: string[]) => {
      writeFileSync(people, ["id,segment", ...rows, ""].join("\n"));
      return embudo(folder, ["sync", "team", ...own]);
    };
    expect((await sync(["a,small", "b,small", "c,small"])).out).toMatch(/team +customer +3 +3 +0 +0 +0 +0 +0/);
    expect((await sync(["a,small", "b,large"])).out).toMatch(/team +customer +2 +0 +1 +1 +0 +1 +0/);
    const most = await sync([]);
    expect(most).toMatchObject({ code: 1 });
    expect(most.err).toContain("more than half would go");
  });

  test("rejected rows can be read, with their reason and what they said", async () => {
    writeFileSync(join(folder, "own", "bad.csv"), "rep,started\nLuis,31/12/2026\n");
    const map = ["rep=rep", "started_on=started"].flatMap((each) => ["--map", each]);
    await embudo(folder, ["import", join(folder, "own", "bad.csv"), "--as", "rep", ...map, ...own]);
    const shown = await embudo(folder, ["rejected", "import", "--fact", "rep", ...own]);
    expect(shown.out).toMatch(/started_on: 31\/12\/2026 is no day; declare dates.*"rep":"Luis"/);
    expect((await embudo(folder, ["rejected", "--format", "json", ...own])).out).toContain('"fact": "rep"');
  });
});
