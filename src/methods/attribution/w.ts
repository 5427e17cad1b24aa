import { byRoles } from "./roles.ts";

/** 30 % each to the first touch, to the one before the lead and to the one before the opportunity, 10 % to the others. */
export const w = byRoles("w", () => ({ first: 30, lead: 30, opportunity: 30, last: 0, other: 10 }));
