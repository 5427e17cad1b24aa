import { byRoles } from "./roles.ts";

/** 40 % to the first touch, 40 % to the last, 20 % to those between. */
export const position = byRoles("position", () => ({ first: 40, lead: 0, opportunity: 0, last: 40, other: 20 }));
