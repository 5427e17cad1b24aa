import { byRoles } from "./roles.ts";

/** The company's own weights. */
export const custom = byRoles("custom", (rules) => rules.custom);
