import { raw } from "../../engine/sql.ts";
import { singleTouch } from "./model.ts";

/** All to the first touch. */
export const first = singleTouch("first", () => 1, raw("CAST(nth = 1 AS INTEGER)"));
