import * as fc from "fast-check";
import { expect, test } from "vitest";
import { raw } from "../../src/engine/sql.ts";
import { company, type Company, type FactRow } from "../company.ts";
import { inOrder, peopleOf, type Said } from "./people.ts";

const most = 3;
const at = { created_at: "2026-05-01T10:00:00Z" };
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const numbered = (letter: string, many: number) => fc.nat({ max: many - 1 }).map((nth) => `${letter}${nth}`);
const person = numbered("P", 12);
const visitor = numbered("V", 10);
const click = numbered("K", 6);
const email = fc.nat({ max: 7 }).map((nth) => `#${String(nth).padStart(32, "0")}`);
const alias = fc.oneof(
  fc.record({ alias_kind: fc.constant("visitor"), alias: visitor }),
  fc.record({ alias_kind: fc.constant("email"), alias: email }),
  fc.record({ alias_kind: fc.constant("crm"), alias: numbered("C", 8) }),
  fc.record({ alias_kind: fc.constant("click_id"), alias: click }),
);
const apart = (row: object) => JSON.stringify(row);

const said: fc.Arbitrary<Said> = fc.record({
  lead: fc
    .array(
      fc.record({ person_id: maybe(person), email: maybe(email), visitor: maybe(visitor), click_id: maybe(click) }),
      { maxLength: 8 },
    )
    .map((all) => all.map((each, i) => ({ ...each, lead_id: `L${i}` }))),
  identity: fc.uniqueArray(
    fc.tuple(alias, person).map(([each, person_id]) => ({ ...each, person_id })),
    { maxLength: 14, selector: apart },
  ),
  touch: fc.array(fc.record({ person_id: maybe(person), visitor: maybe(visitor), click_id: maybe(click) }), {
    maxLength: 10,
  }),
  person_link: fc.uniqueArray(
    fc
      .tuple(fc.oneof(alias, fc.record({ alias_kind: fc.constant("person"), alias: person })), maybe(person))
      .chain(([each, person_id]) =>
        fc
          .constantFrom("joined" as const, "split" as const)
          .map((verdict) => ({ ...each, person_id, verdict: person_id === null ? ("split" as const) : verdict })),
      ),
    { maxLength: 4, selector: ({ alias_kind, alias: named, person_id }) => apart({ alias_kind, named, person_id }) },
  ),
});

/** The same, as rows of facts; each may be loaded alone, in any order. */
function loadsOf({ lead, identity, touch, person_link }: Said): [fact: string, row: FactRow][] {
  return [
    ...lead.map((row): [string, FactRow] => ["lead", { ...at, ...row }]),
    ...identity.map((row): [string, FactRow] => ["identity", { ...row }]),
    ...touch.map((row, i): [string, FactRow] => [
      "touch",
      { touch_id: `T${i}`, occurred_at: at.created_at, kind: "visit", ...row },
    ]),
    ...person_link.map((row): [string, FactRow] => ["person_link", { ...row }]),
  ];
}

async function people({ database }: Company): Promise<string[][]> {
  const found = await database.use((connection) =>
    connection.rows(raw("SELECT alias_kind || ' ' || alias AS name, person_id FROM person WHERE known_to IS NULL")),
  );
  const owned = found.filter((row) => row["person_id"] !== null);
  const groups = Map.groupBy(owned, (row) => row["person_id"]);
  return inOrder([...groups.values()].map((all) => all.map((row) => String(row["name"]))));
}

const settings = { shared: { people: most } };

test(
  "who is who is what union-find over all links says, in whichever order they arrive",
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        said,
        fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
        fc.integer({ min: 1, max: 3 }),
        async (all, order, parts) => {
          const one = await company({}, { settings });
          const rows = loadsOf(all)
            .map((load, i) => ({ load, nth: order[i % order.length] ?? 0 }))
            .toSorted((a, b) => a.nth - b.nth);
          for (let part = 0; part < parts; part++) {
            const some = rows.filter((_, i) => i % parts === part).map(({ load }) => load);
            const facts = Map.groupBy(some, ([fact]) => fact);
            await one.load(Object.fromEntries([...facts].map(([fact, own]) => [fact, own.map(([, row]) => row)])), {
              source: `part ${part}`,
            });
          }
          expect(await people(one)).toEqual(peopleOf(all, most));
          one.close();
        },
      ),
      { seed: Number(process.env["PEOPLE_SEED"] ?? 20_261_125), numRuns: Number(process.env["PEOPLE_RUNS"] ?? 12) },
    );
  },
);
