import { raw } from "../../engine/sql.ts";
import { singleTouch } from "./model.ts";

/** All to the last touch. */
export const last = singleTouch("last", ({ steps }) => steps.length, raw("CAST(nth = steps AS INTEGER)"));
