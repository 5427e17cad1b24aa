import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decide } from "../../src/cli/operations.ts";
import type { DecisionOrder } from "../../src/contract/decision.ts";
import { now, workspaceOf, type RealWorkspace } from "../real-data/workspace.ts";

const settings = {
  name: "Decided",
  currency: "EUR",
  time_zone: "UTC",
  sources: {
    crm: {
      kind: "files",
      complete: true,
      facts: { lead: "SELECT * FROM 'lead.csv'", stage_entry: "SELECT * FROM 'stage.csv'" },
    },
  },
};
const files = {
  "lead.csv": Buffer.from(`lead_id,created_at,merged_into
L1,2026-11-01T10:00:00Z,
L2,2026-11-02T10:00:00Z,
L3,2026-11-03T10:00:00Z,L2
`),
  "stage.csv": Buffer.from(`subject,subject_id,stage,entered_at,outcome,reason,actor
lead,L1,mql,2026-11-05T10:00:00Z,,,
lead,L2,sales,2026-11-06T10:00:00Z,rejected,no budget,Luis
`),
};

const acceptance = async ({ api }: RealWorkspace, asOf?: string) => {
  const { total } = await api.ask({
    indicator: "marketing-qualified-leads",
    variant: "acceptance",
    from: "2026-11-01",
    to: "2026-12-01",
    ...(asOf === undefined ? {} : { asOf }),
  });
  return [total.parts["accepted"], total.parts["decided"]];
};

test("sales accepts and rejects by hand: it counts, outlives the next load, can be taken back, and the past stays", async () => {
  const one = await workspaceOf(settings, files);
  await one.sync("crm");
  const start = now().getTime();
  let minute = 0;
  const order = (wanted: DecisionOrder) => decide(one.workspace, wanted, () => new Date(start + ++minute * 60_000));
  expect(await acceptance(one)).toEqual([0, 1]);

  const accepted = await order({ do: "accept", lead: "L1", by: "Ana" });
  expect(accepted).toMatchObject({ lead: "L1", before: null, after: { outcome: "accepted", by: "Ana", reason: null } });
  const merged = await order({ do: "accept", lead: "L3", by: "Ana", reason: "budget came" });
  expect(merged).toMatchObject({
    lead: "L2",
    before: { outcome: "rejected", reason: "no budget", by: "Luis", source: "crm" },
    after: { outcome: "accepted", reason: "budget came", source: "(decisions)" },
  });
  expect(await acceptance(one)).toEqual([2, 2]);

  writeFileSync(join(one.folder, "lead.csv"), `${files["lead.csv"].toString()}L4,2026-11-04T10:00:00Z,\n`);
  await one.sync("crm");
  expect(await acceptance(one)).toEqual([2, 2]);

  await order({ do: "reject", lead: "L1", by: "Eva", reason: "student" });
  expect(await acceptance(one)).toEqual([1, 2]);
  expect((await one.api.score({ lead: "L1" })).decision).toMatchObject({
    outcome: "rejected",
    reason: "student",
    by: "Eva",
  });
  const undone = await order({ do: "undo", lead: "L1", by: "Eva" });
  expect(undone).toMatchObject({ before: { outcome: "rejected" }, after: { outcome: "accepted", by: "Ana" } });
  await order({ do: "undo", lead: "L2", by: "Eva" });
  expect(await acceptance(one)).toEqual([1, 2]);

  await expect(order({ do: "undo", lead: "L2", by: "Eva" })).rejects.toMatchObject({ code: "unknown-decision" });
  await expect(order({ do: "accept", lead: "L9", by: "Eva" })).rejects.toMatchObject({ code: "unknown-lead" });
  one.close();
});
