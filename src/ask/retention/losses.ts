import type { LossReason, LostCustomer } from "../../contract/retention.ts";
import type { Tuple } from "../../engine/database.ts";
import { settled } from "./bridge.ts";

const text = (value: Tuple[string] | undefined): string | null => (value == null ? null : String(value));

/** Customers who left, as they are told. */
export const lostCustomersOf = (tuples: readonly Tuple[]): LostCustomer[] =>
  tuples.map((tuple) => ({
    customer: String(tuple["customer_id"]),
    name: text(tuple["name"]),
    group: text(tuple["split_by"]),
    began: String(tuple["began"]),
    left: String(tuple["gone"]),
    amount: settled(tuple["amount"]),
    reason: text(tuple["reason"]),
  }));

/** Why they left, the most common reason first. */
export const lossReasonsOf = (tuples: readonly Tuple[]): LossReason[] =>
  tuples.map(({ reason, customers, amount }) => ({
    reason: text(reason),
    customers: settled(customers),
    amount: settled(amount),
  }));
