import { expect, test } from "vitest";
import { changePeople, personNamed } from "../../src/ask/people/obey.ts";
import type { PersonOrder } from "../../src/contract/person.ts";
import { raw } from "../../src/engine/sql.ts";
import { parseSettings } from "../../src/workspace/settings.ts";
import { derivationRules } from "../../src/workspace/workspace.ts";
import { company, pepper, rows, values, type Company, type Facts } from "../company.ts";

const by = "Carmen";
const { settings } = parseSettings("name: Test\ncurrency: EUR\ntime_zone: UTC\n", "embudo.yaml");
const rules = { ...derivationRules(settings, []), pepper };
const storeOf = ({ database }: Company) => ({ database, rules, forget: () => Promise.resolve() });
const order = (one: Company, what: PersonOrder, at = "2026-11-23T13:00:00Z") =>
  changePeople(what, storeOf(one), () => new Date(at), "0123456789abcdef");

const groups = async ({ database }: Company): Promise<string[]> => {
  const found = await database.use((connection) =>
    connection.rows(
      raw(`SELECT string_agg(alias, ' ' ORDER BY alias) AS ids FROM person
        WHERE known_to IS NULL AND alias_kind = 'person' GROUP BY person_id ORDER BY 1`),
    ),
  );
  return found.map((row) => String(row["ids"]));
};

const facts: Facts = {
  lead: rows`
    lead_id  created_at            person_id  email       channel
    L1       2026-05-10T10:00:00Z  P1         ana@x.com   partner
    L2       2026-05-12T10:00:00Z  P2         ana@x.com   partner
    L3       2026-05-12T10:00:00Z  P3         eva@x.com   partner`,
  touch: rows`
    touch_id  occurred_at           kind   person_id  visitor  channel
    T1        2026-05-01T10:00:00Z  click  P1         V1       paid_search
    T2        2026-05-09T10:00:00Z  visit  P2         V2       email`,
};

test("a person is shown by any alias, with what joined them, by which source and since when", async () => {
  const one = await company(facts);
  const ana = await personNamed("ANA@x.com", storeOf(one));
  expect(ana).toEqual(await personNamed("visitor:V2", storeOf(one)));
  expect(ana).toMatchObject({ id: "P1", shared: false, erased: false });
  expect(ana.leads.map(({ lead }) => lead)).toEqual(["L1", "L2"]);
  expect(ana.links.map(({ kind, person, by: fact, source }) => [kind, person, fact, source])).toEqual([
    ["email", "P1", "lead", "test"],
    ["email", "P2", "lead", "test"],
    ["visitor", "P1", "touch", "test"],
    ["visitor", "P2", "touch", "test"],
  ]);
  await expect(personNamed("nobody@x.com", storeOf(one))).rejects.toThrow("nobody is known as nobody@x.com");
  one.close();
});

test("a merge is undone by declaring the link void, which stays when the source states it again", async () => {
  const one = await company(facts);
  expect(await groups(one)).toEqual(["P1 P2", "P3"]);
  await order(one, { do: "split", name: "ana@x.com", by });
  expect(await groups(one)).toEqual(["P1", "P2", "P3"]);
  await one.load(facts);
  expect(await groups(one)).toEqual(["P1", "P2", "P3"]);
  await order(one, { do: "join", name: "P2", person: "P1", by });
  expect(await groups(one)).toEqual(["P1 P2", "P3"]);
  await order(one, { do: "split", name: "P1", person: "P2", by });
  expect(await groups(one)).toEqual(["P1", "P2", "P3"]);
  one.close();
});

test("an id of a source is split from whatever joins it with others, and nothing else of it", async () => {
  const one = await company(facts);
  const { person } = await order(one, { do: "split", name: "P2", by });
  expect(person).toMatchObject({ id: "P2" });
  expect(await groups(one)).toEqual(["P1", "P2", "P3"]);
  expect((await personNamed("visitor:V2", storeOf(one))).id).toBe("P2");
  expect((await personNamed("ana@x.com", storeOf(one))).id).toBe("P1");
  await expect(order(one, { do: "split", name: "P3", by })).rejects.toThrow("nothing joins P3 with anybody else");
  one.close();
});

test("a shared alias is nobody's, until it is given to somebody by hand", async () => {
  const one = await company({
    identity: Array.from({ length: 7 }, (_, i) => ({ alias_kind: "visitor", alias: "V1", person_id: `P${i}` })),
  });
  await expect(personNamed("V1", storeOf(one))).rejects.toThrow("shared");
  await order(one, { do: "join", name: "visitor:V1", person: "P3", by });
  expect(await personNamed("V1", storeOf(one))).toMatchObject({ id: "P3" });
  one.close();
});

const personal = ["P1", "P2", "V1", "V2", "https://x.es/a"];
const everything = ({ database }: Company): Promise<string> =>
  database.use(async (connection) => {
    const tables = await connection.rows(raw("SELECT table_name AS t FROM duckdb_tables() WHERE NOT temporary"));
    const all = [];
    for (const { t } of tables) all.push(...(await connection.rows(raw(`SELECT * FROM "${String(t)}"`))));
    return JSON.stringify(all);
  });
const mentions = (text: string) => personal.filter((each) => text.includes(`"${each}"`));

const whole: Facts = {
  ...facts,
  touch: rows`
    touch_id  occurred_at           kind   person_id  visitor  channel      url
    T1        2026-05-01T10:00:00Z  click  P1         V1       paid_search  https://x.es/a
    T2        2026-05-09T10:00:00Z  visit  -          V2       email        https://x.es/a
    T3        2026-05-09T10:00:00Z  visit  P3         V3       email        -
    T4        nonsense              visit  P1         V1       email        -`,
  identity: rows`
    alias_kind  alias  person_id
    visitor     V2     P2
    crm         C3     P3`,
};

test("an erased person is in no table any more, the sums stay, and the row says erased", async () => {
  const one = await company(whole);
  const asked = { indicator: "leads", by: ["channel"], model: "first", from: "2026-05-01", to: "2026-06-01" };
  const before = values(await one.api.ask(asked));
  expect(mentions(await everything(one))).toEqual(["P1", "P2", "V1", "V2", "https://x.es/a"]);
  const { rows: changed } = await order(one, { do: "erase", name: "ana@x.com", by });
  expect(changed).toBeGreaterThan(0);
  one.at("2026-11-23T14:00:00Z");
  expect(mentions(await everything(one))).toEqual([]);
  expect(values(await one.api.ask(asked))).toEqual(before);
  expect(values(await one.api.ask({ ...asked, asOf: "2026-11-23T12:30:00Z" }))).toEqual(before);
  const people = await one.database.use((connection) =>
    connection.rows(raw("SELECT lead_id, person_id FROM lead_progress WHERE known_to IS NULL ORDER BY lead_id")),
  );
  const erased = "erased 0123456789abcdef";
  expect(people.map((row) => row["person_id"])).toEqual([erased, erased, "P3"]);
  expect(await personNamed(erased, storeOf(one))).toMatchObject({
    erased: true,
    leads: [{ lead: "L1" }, { lead: "L2" }],
  });
  one.close();
});

test("who is stated again is erased again, with what the source says of them anew, and the load says so", async () => {
  const one = await company(whole);
  await order(one, { do: "erase", name: "P1", by });
  one.at("2026-11-24T12:00:00Z");
  const later = {
    ...whole,
    lead: [
      ...(whole["lead"] ?? []),
      { lead_id: "L9", created_at: "2026-11-20T10:00:00Z", person_id: "P2", email: "new@x.com" },
    ],
    identity: [...(whole["identity"] ?? []), { alias_kind: "visitor", alias: "V8", person_id: "P1" }],
  };
  const { facts: loaded } = await one.load(later);
  expect(loaded.map(({ fact, erased, changed }) => [fact, erased, changed])).toEqual([
    ["lead", 3, 0],
    ["touch", 3, 0],
    ["identity", 2, 0],
  ]);
  expect(mentions(await everything(one))).toEqual([]);
  expect(await groups(one)).toEqual(["P3", "erased 0123456789abcdef"]);
  await one.load(
    { touch: [{ touch_id: "T9", occurred_at: "2026-11-20T10:00:00Z", kind: "visit", visitor: "V8" }] },
    { source: "web" },
  );
  expect(await everything(one)).not.toContain('"V8"');
  one.close();
});
