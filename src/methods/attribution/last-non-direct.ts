import { raw } from "../../engine/sql.ts";
import { singleTouch } from "./model.ts";

/** All to the last touch that is not direct; to the last one where every touch is. */
export const lastNonDirect = singleTouch(
  "last_non_direct",
  ({ steps }) => {
    const found = steps.findLastIndex(({ channel }) => channel !== "direct");
    return found === -1 ? steps.length : found + 1;
  },
  raw("CAST(nth = coalesce(last_indirect, steps) AS INTEGER)"),
);
