import { describe, expect, test } from "vitest";
import { Problem } from "../engine/problem.ts";
import { indicators } from "../indicators/index.ts";
import { definitionIds, wantedOf } from "./files.ts";
import { indicatorOf, readDefinition } from "./definition-file.ts";
import { canonical, unrecorded } from "./records.ts";
import { settingsAsStated } from "./settings.ts";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const own = "title: Ours\nbetter: lower\n";
const built = (id: string, text: string) =>
  indicatorOf(
    readDefinition(text, id),
    id,
    indicators.find((each) => each.id === id),
    "en",
  );

function problem(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("a mistake is told with its line and column", () => {
  test.each([
    ["mine", `${own}value: spend / leads(categry = null)\n`, 3, 22, "leads has no column categry"],
    ["mine", `${own}value: spend + leads\n`, 3, 14, "money cannot be added to a count"],
    ["mine", `${own}value: 'spend(category = "medias")'\n`, 3, 26, "did you mean media?"],
    ["mine", `${own}value: "spend(category = \\"medias\\")"\n`, 3, 27, "did you mean media?"],
    ["mine", `${own}value: >\n  spend /\n  leeds\n`, 5, 3, "did you mean leads?"],
    ["mine", `${own}value: spend\n  / leeds\n`, 4, 5, "did you mean leads?"],
    ["mine", `${own}value: leads\nwindows: 3\n`, 4, 1, "Unrecognized key"],
    ["mine", `${own}value: leads\nwindow: 3\n`, 4, 1, "a window belongs to the cohort clock"],
    ["mine", `${own}value: mrr\nclock: cohort\n`, 3, 8, "it has no cohort clock"],
    ["mine", "better: lower\nvalue: leads\n", 1, 1, "title: expected a text"],
    ["mine", `${own}value: leads\neffective: 2026-02-30\n`, 4, 1, "expected a day such as 2026-01-01"],
    ["mine", `${own}value: leads\nvariants: {}\n`, 4, 1, "Unrecognized key"],
    ["mine", `title: {fr: Le nôtre}\n`, 1, 9, "Unrecognized key"],
    ["mine", `${own}value: leads\ncosts: [medias]\n`, 4, 9, "Invalid option"],
    ["mine", `${own}value: [\n`, 4, 1, ""],
    ["cost-per-lead", "default: payed\n", 1, 1, "there is no variant payed; use one of paid"],
    ["cost-per-lead", "variants:\n  payed: {window: 3}\n", 2, 3, "there is no variant payed to change (paid, blended"],
    ["cost-per-lead", "variants:\n  paid: {window: 3}\n", 2, 10, "a window belongs to the cohort clock"],
    ["cost-per-lead", "variants:\n  paid: {wndow: 3}\n", 2, 10, "Unrecognized key"],
    ["cost-per-lead", "variants:\n  paid: {value: spend / leeds}\n", 2, 25, "did you mean leads?"],
    ["cost-per-lead", "better: higher\n", 1, 1, "Unrecognized key"],
    ["mrr", "variants:\n  now: {clock: cohort}\n", 2, 3, "there is no variant now"],
    ["scoreboard", "owner: Ana\n", 1, 1, "scoreboard is made of the other indicators"],
    ["mine", "__proto__: {title: x}\n", 1, 1, "title: expected a text"],
    ["mine", "- 1\n", 1, 1, "expected object"],
  ])("%s: %s", (id, text, line, column, told) => {
    const found = problem(() => built(id, text));
    expect([found.code, found.detail["line"], found.detail["column"]]).toEqual(["definition-invalid", line, column]);
    expect(found.message).toContain(`indicators/${id}.yaml, line ${line}, column ${column}: `);
    expect(found.message).toContain(told);
  });
});

describe("a file that would take the memory or the time of the machine is refused", () => {
  const laughs = Array.from(
    { length: 9 },
    (_, i) => `${"abcdefghij"[i + 1]}: &${"abcdefghij"[i + 1]} [${`*${"abcdefghij"[i]},`.repeat(9)}]\n`,
  );
  test.each([
    ["one that repeats itself", `a: &a [lol]\n${laughs.join("")}`, "it repeats itself too often"],
    ["one that is nested deeply", "[".repeat(45_000), ""],
    ["a huge one", "#".repeat(50_001), "it has 50001 characters, where 50000 are the most"],
  ])("%s", (_, text, told) => {
    const found = problem(() => built("mine", text));
    expect(found.code).toBe("definition-invalid");
    expect(found.message).toContain(told);
  });
});

test("an override keeps what it does not change", () => {
  const shipped = indicators.find(({ id }) => id === "marketing-roi");
  const changed = built("marketing-roi", "default: roas\nvariants: {roas: {title: ROAS}}\n");
  expect(changed.variants.map(({ id, basis }) => [id, basis])).toEqual([
    ["roas", "revenue"],
    ["roas", "bookings"],
    ["realised", "revenue"],
    ["realised", "bookings"],
    ["expected", "revenue"],
    ["expected", "bookings"],
    ["mer", "revenue"],
    ["mer", "bookings"],
    ["pipeline", undefined],
  ]);
  expect(changed.variants.map((each) => ({ ...each, title: "" }))).toEqual(
    changed.variants.map(({ id, basis }) => ({
      ...shipped?.variants.find((each) => each.id === id && each.basis === basis),
      title: "",
    })),
  );
});

test("an expression of a variant stands for both of its forms", () => {
  const changed = built("marketing-roi", "variants: {roas: {value: revenue / spend}}\n");
  expect(changed.variants.map(({ id, basis }) => [id, basis])).toEqual([
    ["realised", "revenue"],
    ["realised", "bookings"],
    ["expected", "revenue"],
    ["expected", "bookings"],
    ["roas", undefined],
    ["mer", "revenue"],
    ["mer", "bookings"],
    ["pipeline", undefined],
  ]);
});

test("a share is none by a clock on which its rows need not be among those it is held against", () => {
  const share = (text: string) => built("win-ratio", text).variants.find(({ id }) => id === "created")?.share;
  expect([share("owner: Ana\n"), share("variants: {created: {clock: period}}\n")]).toEqual([true, false]);
});

describe("files of indicators/", () => {
  const named = (...files: string[]) => {
    const folder = mkdtempSync(join(tmpdir(), "embudo-"));
    try {
      mkdirSync(join(folder, "indicators"));
      for (const file of files) writeFileSync(join(folder, "indicators", file), "");
      return definitionIds(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test("are named after what they define; others are left alone", () => {
    expect(named("b.yaml", "a-1.yaml", "README.md", ".a.yaml.swp", ".hidden.yaml", "a.yaml~")).toEqual(["a-1", "b"]);
  });

  test.each(["Mine.yaml", "my own.yaml", "mine.yml", "..yaml.yaml", "a.b.yaml", "-a.yaml"])("%s is no name", (file) => {
    if (file.startsWith(".")) expect(named(file)).toEqual([]);
    else expect(problem(() => named(file)).message).toContain(`indicators/${file}`);
  });
});

describe("what is recorded", () => {
  const settings = settingsAsStated({ name: "A", currency: "EUR", time_zone: "UTC" });
  const mine = (text: string) => wantedOf("mine", text, settings);
  const first = unrecorded(
    [],
    [mine(`${own}value: leads\n`), wantedOf("leads", "owner: Ana\n", settings)],
    "2026-05-01",
  );
  const known = first.map((each) => ({ ...each, since: null, by: null }));

  test("the first of all is in force since ever", () => {
    expect(first.map(({ id, version, effective }) => [id, version, effective])).toEqual([
      ["mine", 1, null],
      ["leads", (indicators.find(({ id }) => id === "leads")?.version ?? 0) + 1, null],
    ]);
  });

  test("the same content in another order, with comments and spaces, is nothing new", () => {
    const same = [mine(`value: "leads"\n\n# why\n${own}`), wantedOf("leads", "owner:   Ana", settings)];
    expect(unrecorded(known, same, "2026-06-01")).toEqual([]);
  });

  test("a change is in force from today on, or from the day that it states; one of the company's own that is new, since ever", () => {
    const changed = [
      mine(`${own}value: mqls\n`),
      wantedOf("leads", "owner: Ana\neffective: 2026-03-01\n", settings),
      wantedOf("spend", "owner: Ana\n", settings),
      wantedOf("other", `${own}value: leads\n`, settings),
    ];
    expect(
      unrecorded(known, changed, "2026-06-01").map(({ id, version, effective }) => [id, version, effective]),
    ).toEqual([
      ["mine", 2, "2026-06-01"],
      ["leads", 3, "2026-03-01"],
      ["spend", 2, "2026-06-01"],
      ["other", 1, null],
    ]);
  });

  test("what was taken away is recorded once", () => {
    const gone = unrecorded(known, [], "2026-06-01");
    expect(gone.map(({ id, version, body, effective }) => [id, version, body, effective])).toEqual([
      ["mine", 2, null, "2026-06-01"],
      ["leads", 3, null, "2026-06-01"],
    ]);
    expect(
      unrecorded([...known, ...gone.map((each) => ({ ...each, since: null, by: null }))], [], "2026-06-02"),
    ).toEqual([]);
  });

  test("keys in order make equal texts", () => {
    expect(canonical({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  });
});
