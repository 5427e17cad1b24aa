import { expect, test } from "vitest";
import { raw } from "../../src/engine/sql.ts";
import { followRules } from "../../src/facts/follow.ts";
import { company, rows, values } from "../company.ts";

test("a changed time zone draws days anew from then on, and the past keeps its own", async () => {
  const one = await company(
    {
      lead: rows`
      lead_id  created_at
      L1       2026-05-01T02:00:00Z
      L2       2026-05-01T12:00:00Z`,
    },
    { now: "2026-05-10T12:00:00Z" },
  );
  const question = { indicator: "leads", grain: "day", from: "2026-04-30", to: "2026-05-02" } as const;
  const then = values(await one.api.ask(question));
  one.at("2026-05-11T12:00:00Z");
  const rules = { ...one.rules, zone: "America/Bogota" };
  const clock = () => new Date("2026-05-11T12:00:00Z");
  await one.database.use((connection) => followRules(connection, rules, clock));
  expect(values(await one.api.ask(question))).toEqual({ "2026-04-30": 1, "2026-05-01": 1 });
  expect(values(await one.api.ask({ ...question, asOf: "2026-05-10T13:00:00Z" }))).toEqual(then);
  expect(then).toEqual({ "2026-04-30": 0, "2026-05-01": 2 });
  const versions = await one.database.use((connection) =>
    connection.rows(
      raw("SELECT lead_id, created_on, source_name, known_to IS NULL AS now FROM lead ORDER BY lead_id, known_from"),
    ),
  );
  expect(versions).toEqual([
    { lead_id: "L1", created_on: "2026-05-01", source_name: "test", now: false },
    { lead_id: "L1", created_on: "2026-04-30", source_name: "test", now: true },
    { lead_id: "L2", created_on: "2026-05-01", source_name: "test", now: true },
  ]);
  one.close();
});
