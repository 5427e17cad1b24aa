import { appendFileSync, globSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { Person, PersonOutcome } from "../../src/contract/person.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const own = ["--workspace", "own"];
const by = ["--by", "Carmen"];
const file = (name: string, text: string) => writeFileSync(join(folder, "own", name), text);
const person = (...args: string[]) => embudo(folder, ["person", ...args, ...own]);
const leads = async () => (await embudo(folder, ["ask", "leads", "--by", "channel", "--format", "csv", ...own])).out;

/** Whether any file of data/ holds a text. */
const isKept = (text: string): boolean =>
  globSync(join(folder, "own", "data", "**", "*"))
    .filter((path) => statSync(path).isFile())
    .some((path) => readFileSync(path).includes(text));

const many = (row: (nth: number) => string) => Array.from({ length: 300 }, (_, nth) => row(nth)).join("\n");

beforeAll(async () => {
  await embudo(folder, ["init", "own", "--currency", "EUR", "--time-zone", "UTC"]);
  const others = many((nth) => `L${nth},2026-11-02,person-other-${nth},other${nth}@x.com`);
  file(
    "leads.csv",
    `id,born,who,mail\nLA,2026-11-02,person-ana-1,Ana@X.com\nLB,2026-11-03,person-ana-2,ana@x.com\nLC,2026-11-03,person-ana-2,ana@x.com\n${others}\n`,
  );
  file("bad.csv", "id,born,who,mail\nLX,never,person-ana-1,ana@x.com\n");
  file(
    "touches.csv",
    `id,at,who,seen,page\nT1,2026-11-01,person-ana-1,visitor-ana,https://x.es/page-of-ana\n${many((nth) => `T-${nth},2026-11-01,person-other-${nth},visitor-${nth},https://x.es/`)}\n`,
  );
  appendFileSync(
    join(folder, "own", "embudo.yaml"),
    `
sources:
  crm:
    kind: files
    facts:
      lead: |
        SELECT id AS lead_id, born AS created_at, who AS person_id, mail AS email FROM 'leads.csv'
        UNION ALL SELECT id, born, who, mail FROM 'bad.csv'
      touch: SELECT id AS touch_id, at AS occurred_at, 'visit' AS kind, who AS person_id, seen AS visitor, page AS url, 'email' AS channel FROM 'touches.csv'
`.replaceAll(" at AS", ' "at" AS'),
  );
  expect(await embudo(folder, ["sync", ...own])).toMatchObject({ code: 0 });
});

describe("a person", () => {
  test("is shown by an e-mail, with aliases, links and leads", async () => {
    const { code, out } = await person("ana@x.com");
    expect(code).toBe(0);
    expect(out).toContain("person-ana-1 (also person-ana-2)");
    expect(out).toContain("visitor:visitor-ana");
    expect(out).toMatch(/email +#[0-9a-f]{32} +person-ana-2 +lead +crm/);
    expect(out).toContain("leads: LA (2026-11-02 00:00), LB (2026-11-03 00:00), LC");
    expect(out).not.toContain("@");
  });

  test("is split and joined by hand", async () => {
    expect((await person("split", "person-ana-2", ...by)).code).toBe(0);
    const alone = Person.parse(JSON.parse((await person("person-ana-2", "--format", "json")).out));
    expect(alone).toMatchObject({ id: "person-ana-2", leads: [{ lead: "LB" }, { lead: "LC" }] });
    expect(alone.links).toContainEqual(expect.objectContaining({ verdict: "split", by: "by hand", source: "Carmen" }));
    expect((await person("join", "person-ana-2", "person-ana-1", ...by)).out).toContain(
      "person-ana-1 (also person-ana-2)",
    );
    expect(await person("join", "person-ana-2", "person-ana-1", ...by)).toMatchObject({ code: 1 });
  });

  test("who is nobody, and what is not said well, is told", async () => {
    expect((await person("eva@x.com")).err).toContain("nobody is known as eva@x.com");
    expect((await person("join", "person-ana-1", ...by)).code).toBe(2);
    expect((await person()).code).toBe(2);
  });

  test("is erased only by somebody who is sure, and is then in no file of data any more", async () => {
    const before = await leads();
    expect(await person("erase", "ana@x.com", ...by)).toMatchObject({ code: 1 });
    expect(await embudo(folder, ["person", "erase", "ana@x.com", ...by, ...own], { answers: ["no"] })).toMatchObject({
      code: 1,
    });
    const { aliases } = Person.parse(JSON.parse((await person("ana@x.com", "--format", "json")).out));
    const names = [...aliases.map(({ alias }) => alias), "page-of-ana"];
    expect(names).toHaveLength(5);
    expect(names.filter(isKept)).not.toEqual([]);
    const archive = join(folder, "own", "data", "collect", "archive");
    mkdirSync(archive, { recursive: true });
    writeFileSync(join(archive, "1.journal"), '00000000 {"email":"Ana@x.com","visitor":"v-other"}\n');
    writeFileSync(join(archive, "2.journal"), '00000000 {"email":"eva@x.com","visitor":"v-other"}\n');
    const { out } = await person("erase", "ana@x.com", "--yes", "--format", "json", ...by);
    expect(PersonOutcome.parse(JSON.parse(out)).rows).toBeGreaterThan(4);
    expect(names.filter(isKept)).toEqual([]);
    expect(isKept("person-other-7")).toBe(true);
    expect(readdirSync(archive)).toEqual(["2.journal"]);
    expect(await leads()).toBe(before);
    expect((await person("ana@x.com")).err).toContain("nobody is known");
  });

  test("is erased again when a file states them again", async () => {
    const before = await leads();
    appendFileSync(join(folder, "own", "leads.csv"), "LZ,2026-11-04,person-ana-1,ana@x.com\n");
    const { out } = await embudo(folder, ["sync", ...own]);
    expect(out).toContain("crm: 5 rows of lead name people who were erased, and were loaded without them");
    expect(["person-ana-1", "person-ana-2", "visitor-ana", "page-of-ana"].filter(isKept)).toEqual([]);
    expect(await leads()).not.toBe(before);
  });

  test("the key of the hashes can only be read by its owner", () => {
    expect(statSync(join(folder, "own", "data", "pepper")).mode & 0o777).toBe(0o600);
  });
});
