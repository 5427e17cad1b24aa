import { z } from "zod";
import { Batch, bodyOf, calls, Receipt, TrackerBody } from "../collect/index.ts";
import type { Parameter } from "./address.ts";
import type { Described } from "./route.ts";

const answer = { type: "application/json", schema: Receipt };

const optional = (name: string): Parameter => ({ name, required: false, type: "string" });
const site = optional("site");

/** What the routes of other sites' pages and of programs say of themselves. */
export const collectDescribed: readonly Described[] = [
  {
    method: "post",
    path: "/e",
    summary: "Take events of the tracker, as text, from a page of the site; 202 once they are on the disk.",
    body: TrackerBody,
    answer: { type: "text/plain", schema: z.string() },
  },
  ...calls.map((call): Described => ({
    method: "post",
    path: `/v1/${call}`,
    summary: `Take a \`${call}\` of Segment's specification, signed or with a write key.`,
    parameters: [site],
    body: bodyOf(call),
    answer,
  })),
  {
    method: "post",
    path: "/v1/batch",
    summary: "Take calls of Segment's specification together; those that cannot be read are told.",
    parameters: [site],
    body: Batch,
    answer,
  },
  {
    method: "get",
    path: "/p.gif",
    summary: "Count an impression, and answer with a picture of one point.",
    parameters: ["s", "c", "cr", "src", "med", "aid", "id"].map(optional),
    answer: { type: "image/gif" },
  },
  {
    method: "get",
    path: "/embudo.js",
    summary: "The tracker as it is now; `/embudo.HASH.js` never changes.",
    answer: { type: "text/javascript" },
  },
];
