import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { name, raw, sql } from "../../src/engine/sql.ts";
import { facts } from "../../src/facts/index.ts";
import { hashed, hashedSql } from "../../src/facts/people/hashed.ts";
import { rejected } from "../../src/facts/rejected.ts";
import { company, pepper, rows, type Company, type Facts } from "../company.ts";

/** All that a company keeps, as text. */
const kept = ({ database }: Company): Promise<string> =>
  database.use(async (connection) => {
    const all = [];
    for (const table of [...facts, rejected])
      all.push(...(await connection.rows(sql`SELECT * FROM ${name(table.name)}`)));
    return JSON.stringify(all);
  });

const aliases = ({ database }: Company) =>
  database.use(async (connection) =>
    (await connection.rows(raw("SELECT DISTINCT alias FROM identity WHERE known_to IS NULL"))).map(
      (row) => row["alias"],
    ),
  );

const one = async (stated: Facts): Promise<Company> => company(stated);

test("an e-mail is the same alias however it is written, as its digest too, and from every source", async () => {
  const written = ["Ana.Perez@Example.com", " ana.perez@example.com ", "ANA.PEREZ@EXAMPLE.COM"];
  const digest = createHash("sha256").update("ana.perez@example.com").digest("hex");
  const there = await one({
    identity: [...written, digest, digest.toUpperCase()].map((alias, i) => ({
      alias_kind: "email",
      alias,
      person_id: `P${i}`,
    })),
  });
  await there.load(
    { identity: [{ alias_kind: "email", alias: written[0] ?? "", person_id: "P9" }] },
    { source: "shop" },
  );
  expect(await aliases(there)).toEqual([hashed("ana.perez@example.com", "email", pepper)]);
  there.close();
});

test("a phone is the same alias however its signs are set", async () => {
  const there = await one({
    identity: rows`
      alias_kind  alias              person_id
      phone       +34 600 11 22 33   P1
      phone       0034-600.112.233   P2
      phone       +34(600)112233     P3`,
  });
  expect(await aliases(there)).toEqual([hashed("+34600112233", "phone", pepper)]);
  there.close();
});

test("a hash depends on the pepper, is no plain digest, and is left as it is when it is stated again", () => {
  const alias = hashed("ana@example.com", "email", pepper);
  expect(alias).toMatch(/^#[0-9a-f]{32}$/);
  expect(alias).not.toContain(createHash("sha256").update("ana@example.com").digest("hex").slice(0, 32));
  expect(hashed("ana@example.com", "email", `ff${pepper.slice(2)}`)).not.toBe(alias);
  expect(hashed(alias, "email", pepper)).toBe(alias);
});

test("the expression gives what the function gives", async () => {
  const there = await one({});
  const names = fc.oneof(fc.emailAddress(), fc.string({ minLength: 1 }), fc.constantFrom("Ñandú@x.com", "+34 600"));
  await fc.assert(
    fc.asyncProperty(names, fc.constantFrom("email" as const, "phone" as const), async (text, kind) => {
      const cell = text.trim();
      if (cell === "" || cell.includes("\0")) return;
      const [row] = await there.database.use((connection) =>
        connection.rows(sql`SELECT ${hashedSql(raw("cell"), kind, pepper)} AS alias FROM (SELECT ${cell} AS cell)`),
      );
      expect(row?.["alias"]).toBe(hashed(cell, kind, pepper));
    }),
    { numRuns: 60 },
  );
  there.close();
});

test("no name is kept in plain: not as an alias, an id, in an address, in a row that was rejected or in its reason", async () => {
  const there = await one({
    lead: rows`
      lead_id  created_at            person_id      email          phone         landing_page
      L1       2026-05-10T10:00:00Z  ana@secret.es  ana@secret.es  600 111 222   https://x.es/?mail=ana%40secret.es
      L2       nonsense              ana@secret.es  ana@secret.es  600 111 222   -
      L3       ana@secret.es         -              -              -             -`,
    identity: rows`
      alias_kind  alias            person_id
      email       ana@secret.es    P1
      crm         ana@secret.es    P1
      telefono    600 111 222      P1
      correo      ana@secret.es    P2`,
    touch: rows`
      touch_id  occurred_at           kind   person_id      url                          referrer
      T1        2026-05-01T10:00:00Z  visit  ana@secret.es  https://x.es/ana@secret.es   -`,
  });
  const all = await kept(there);
  expect(all).toContain("is no instant");
  expect(all).not.toMatch(/secret\.es[^/]|600 ?111/);
  expect(all).not.toContain("ana@");
  expect(all).not.toContain("ana%40");
  there.close();
});

test("a lead whose id of a person is an e-mail is joined with one that states the e-mail", async () => {
  const there = await one({
    lead: rows`
      lead_id  created_at            person_id    email
      L1       2026-05-10T10:00:00Z  ana@x.es     -
      L2       2026-05-10T10:00:00Z  P2           ana@x.es`,
  });
  const found = await there.database.use((connection) =>
    connection.rows(raw("SELECT DISTINCT person_id FROM person WHERE known_to IS NULL")),
  );
  expect(found).toHaveLength(1);
  there.close();
});
