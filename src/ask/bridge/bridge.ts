import type { ExplainRequest } from "../../contract/api.ts";
import type { Bridge, Bucket } from "../../contract/bridge.ts";
import type { Question } from "../../contract/question.ts";
import { bridgeQueries, type BridgeQueries } from "../../engine/bridge.ts";
import type { Database, Limits, Tuple } from "../../engine/database.ts";
import { runnable } from "../../engine/sql.ts";
import { links, merges } from "../../facts/links.ts";
import { deadline, understood } from "../answer.ts";
import { refuseMissingRate } from "../found-rows.ts";
import { againstOf, noBridge, refuseUnlike, shared, sideOf, whereTheyDiffer, type Side } from "./bridge-sides.ts";
import { factName } from "../dimensions.ts";
import type { Context } from "../draft.ts";

const spelt = (reason: string): string => (reason === "filter:disqualified_as" ? "disqualified" : reason);
const order = [
  "same",
  "amount",
  "unlinked",
  "unknown",
  "merged",
  "disqualified",
  "filter:",
  "not-reached",
  "out-of-window",
];

function inOrder(buckets: readonly Bucket[]): Bucket[] {
  const place = ({ side, reason }: Bucket) => {
    const nth = order.findIndex((each) => reason.startsWith(each));
    return ["both", "left", "right"].indexOf(side) * 100 + (nth < 0 ? order.length : nth);
  };
  return buckets.toSorted((a, b) => place(a) - place(b) || (a.reason < b.reason ? -1 : 1));
}

const bucketOf = (tuple: Tuple): Bucket => ({
  side: String(tuple["side"]) as Bucket["side"],
  reason: spelt(String(tuple["reason"])),
  rows: Number(tuple["things"]),
  left: Number(tuple["left_amount"]),
  right: Number(tuple["right_amount"]),
  examples: JSON.parse(String(tuple["examples"])) as string[],
});

/** The rows of the bucket that was asked for. */
async function contents(
  queries: BridgeQueries,
  { bucket, limit = 50, offset = 0 }: ExplainRequest,
  database: Database,
  limits: Limits,
): Promise<Bridge["rows"]> {
  if (bucket === undefined) return [];
  const reason = bucket.reason === "disqualified" ? "filter:disqualified_as" : bucket.reason;
  const query = queries.list({ side: bucket.side, reason }, { limit, offset });
  const rows = await database.use((connection) => connection.rows(query, limits));
  return rows.map((row) => ({
    key: String(row["entity"]),
    left: Number(row["left_amount"]),
    right: Number(row["right_amount"]),
  }));
}

/** A sum without rows of its own is held against the other number as a whole. */
const withoutRows = ({ measure, value }: Side, side: "left" | "right"): Bucket => {
  const linked = measure.table.name in links;
  const rows = linked && measure.function === "count" ? value : 0;
  const amounts = side === "left" ? { left: value, right: 0 } : { left: 0, right: value };
  return { side, reason: linked ? "unmatched" : "no-rows", rows, ...amounts, examples: [] };
};

function outer(left: Side, right: Side): Omit<Bridge, "buckets" | "rows" | "entity"> {
  const told = ({ draft, part, value }: Side): Bridge["left"] => {
    const { indicator, variant } = draft;
    return { question: understood(draft), title: `${indicator.title} · ${variant.title}`, part, value };
  };
  return { left: told(left), right: told(right), difference: left.value - right.value };
}

function checkSums(buckets: readonly Bucket[], left: Side, right: Side): void {
  for (const [side, { value }] of [
    ["left", left],
    ["right", right],
  ] as const) {
    const sum = buckets.reduce((all, bucket) => all + bucket[side], 0);
    if (Math.abs(sum - value) > 1e-9 * Math.max(1, Math.abs(value)))
      throw new Error(`the buckets of a bridge add up to ${sum} on the ${side}, not to ${value}`);
  }
}

async function bridged(
  request: ExplainRequest,
  left: Side,
  right: Side,
  database: Database,
  limits: Limits,
): Promise<Bridge> {
  const common = shared(left.measure, right.measure);
  const [one, other] = [left.measure.table.name, right.measure.table.name];
  if (common === undefined && one in links && other in links)
    throw noBridge(
      `rows of ${factName(one)} and of ${factName(other)} share nothing by which they could be matched`,
      "hold numbers of one fact, or of facts that name the same lead, deal or customer, against each other",
    );
  if (common === undefined) {
    const buckets = [withoutRows(left, "left"), withoutRows(right, "right")];
    const entity = Object.keys(links[one] ?? links[other] ?? {})[0] ?? "";
    return { ...outer(left, right), entity, buckets, rows: [] };
  }
  const [stands, others] = common.columns;
  const queries = bridgeQueries({
    left: { plan: left.draft.plan, measure: left.measure, stands },
    right: { plan: right.draft.plan, measure: right.measure, stands: others },
    merge: merges[common.entity],
    foremost: ["disqualified_as"],
  });
  const find = () => database.use((connection) => connection.rows(queries.buckets, limits));
  const [tuples, rows] = await Promise.all([
    left.ledger === right.ledger ? left.ledger.remembered(`bridge ${runnable(queries.buckets)}`, find) : find(),
    contents(queries, request, database, limits),
  ]);
  refuseMissingRate(tuples);
  const buckets = inOrder(tuples.map(bucketOf));
  checkSums(buckets, left, right);
  return { ...outer(left, right), entity: common.entity, buckets, rows };
}

/** Holds two numbers against each other, row by row: each lead, deal or customer in exactly one bucket. */
export async function bridgeOf(
  request: ExplainRequest & { readonly against: Question },
  contextAt: (asOf?: string) => Promise<Context>,
  database: Database,
  signal?: AbortSignal,
): Promise<Bridge> {
  const limits = { deadline, signal };
  const { question, key = {}, period, part, againstPart } = request;
  const own = await contextAt(question.asOf);
  const first = await sideOf(question, { key, period }, part, own, database, limits);
  const against = againstOf(question, first.draft.plan, request.against);
  const other = await contextAt(against.asOf);
  const second = await sideOf(against, { key: {}, period: undefined }, againstPart, other, database, limits);
  const isNamed = part !== undefined || againstPart !== undefined;
  const [left, right] = isNamed ? [first, second] : whereTheyDiffer(first, second);
  refuseUnlike(left, right);
  return bridged(request, left, right, database, limits);
}
