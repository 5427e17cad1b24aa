import { flag, instant, oneOf, required, table, text } from "../engine/table.ts";

/** A lead, deal or customer entering a stage; sales accepts or rejects with a reason. */
export const stageEntry = table("stage_entry", {
  key: ["subject", "subject_id", "stage", "entered_at"],
  columns: {
    subject: required(oneOf("lead", "deal", "customer")),
    subject_id: required(text),
    stage: required(text),
    entered_at: required(instant),
    actor: text,
    outcome: oneOf("accepted", "rejected"),
    reason: text,
    inferred: flag,
  },
});
