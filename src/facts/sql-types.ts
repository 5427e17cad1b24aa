import type { Kind } from "../engine/table.ts";

/** The SQL type behind each kind: money has six decimals, rates and probabilities nine, shares twelve. */
export const sqlTypes: Readonly<Record<Kind, string>> = {
  text: "VARCHAR",
  integer: "BIGINT",
  money: "DECIMAL(18,6)",
  number: "DECIMAL(18,9)",
  share: "DECIMAL(18,12)",
  day: "DATE",
  instant: "TIMESTAMP",
  flag: "BOOLEAN",
};
