import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { values } from "../company.ts";
import { present, skipped, workspaceOf, type RealWorkspace } from "./workspace.ts";

const folder = resolve(import.meta.dirname, "../../../shared/data/pathdata");

interface Known {
  readonly conversions: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly markov_order1_with_null: { readonly conversions: Readonly<Record<string, number>> };
}

/** Every person of every path: a touch a minute, and a lead after the last one where the path converted. */
const persons = `
  SELECT row_number() OVER () AS nr, string_split(path, ' > ') AS states, copies.nth <= total_conversions AS converted
  FROM 'paths.csv', LATERAL (SELECT unnest(range(1, CAST(total_conversions + total_null AS BIGINT) + 1)) AS nth) AS copies`;
const at = (minutes: string) => `TIMESTAMP '2026-05-01 10:00:00' + to_minutes(CAST(${minutes} AS BIGINT))`;
const facts = {
  lead: `SELECT 'L' || nr AS lead_id, 'P' || nr AS person_id, ${at("len(states) + 1")} AS created_at FROM (${persons}) WHERE converted`,
  touch: `SELECT 'T' || nr || '-' || nth AS touch_id, 'P' || nr AS person_id, 'click' AS kind, ${at("nth")} AS occurred_at, states[nth] AS channel
    FROM (SELECT *, unnest(range(1, len(states) + 1)) AS nth FROM (${persons}))`,
};

const places = 1e6;
const rounded = (found: Readonly<Record<string, number | null>>) =>
  Object.fromEntries(Object.entries(found).map(([key, value]) => [key, Math.round((value ?? 0) * places) / places]));

describe.skipIf(!present)(`pathdata: 10,000 ways, 19,785 leads${skipped}`, () => {
  let one: RealWorkspace;
  const known = JSON.parse(present ? readFileSync(join(folder, "answers.json"), "utf8") : "{}") as Known;
  beforeAll(async () => {
    const paths = gunzipSync(readFileSync(join(folder, "PathData.csv.gz")));
    const sources = { paths: { kind: "files", facts } };
    one = await workspaceOf({ name: "Paths", currency: "EUR", time_zone: "UTC", sources }, { "paths.csv": paths });
    await one.sync("paths");
  }, 240_000);
  afterAll(() => one.close());

  const by = async (model: string) => {
    const answer = await one.api.ask({ indicator: "leads", by: ["channel"], model });
    expect(answer.total.value).toBe(19_785);
    return values(answer);
  };

  test.each([
    ["first", "first"],
    ["last", "last"],
    ["linear", "linear_per_touch"],
    ["position", "position_40_20_40"],
    ["shapley", "shapley_subset_game"],
  ])("%s", async (model, answer) => {
    expect(rounded(await by(model))).toEqual(known.conversions[answer]);
  });

  test("markov: the totals of the chain of order 1, with those who left", { timeout: 60_000 }, async () => {
    const found = await by("markov");
    for (const [channel, total] of Object.entries(known.markov_order1_with_null.conversions))
      expect(Math.abs((found[channel] ?? 0) - total) / total).toBeLessThan(1e-6);
  });
});
