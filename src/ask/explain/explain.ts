import type { Row } from "../../contract/answer.ts";
import type { ExplainRequest } from "../../contract/api.ts";
import type { ExplainedPart, Explanation } from "../../contract/explanation.ts";
import type { Mover } from "../../contract/why.ts";
import type { Database, Limits } from "../../engine/database.ts";
import { written } from "../../engine/formula.ts";
import type { Plan } from "../../engine/plan.ts";
import { Problem } from "../../engine/problem.ts";
import { inWords, rowQueries, stated } from "../../engine/rows.ts";
import { runnable } from "../../engine/sql.ts";
import { startOf } from "../../engine/time.ts";
import { unitOfMeasure } from "../../indicators/definition.ts";
import { deadline, draftOf, frameOf, statements, understood } from "../answer.ts";
import { rowsAndTotal } from "../found-rows.ts";
import { additive } from "../certainty/noise.ts";
import { cellPlan } from "../cell.ts";
import { curveOf } from "../cohorts/curve.ts";
import { factName } from "../dimensions.ts";
import type { Context, Draft } from "../draft.ts";
import { rangeOf } from "../rows.ts";
import { mathOf } from "./math.ts";
import type { Store } from "../store.ts";
import { moversAmong } from "../why/movers.ts";
import { openDimensions, sidesOf, splitsBy, type Sides } from "../why/sides.ts";
import { freshness, warnings } from "../warnings.ts";
import { whyOf, type Told } from "../why/why.ts";

function checkKey(draft: Draft, key: Readonly<Record<string, string | null>>): void {
  const foreign = Object.keys(key).find((dimension) => !draft.plan.keys.includes(dimension));
  if (foreign === undefined) return;
  throw new Problem(
    "unknown-cell",
    `the answer has no key ${foreign}`,
    `split by ${foreign} first, or name one of ${draft.plan.keys.join(", ") || "no key"}`,
    {
      dimension: foreign,
    },
  );
}

/** Refuses a period that the answer has no row for. */
function checkPeriod({ plan }: Draft, period: string | undefined): void {
  if (period === undefined) return;
  const { grain, range } = plan;
  const there = grain !== undefined && startOf(grain, period) === period;
  const { from, to } = rangeOf(period, plan);
  if (there && from < to) return;
  throw new Problem(
    "unknown-cell",
    grain === undefined ? "the answer has no periods" : `the answer has no ${grain} that starts on ${period}`,
    grain === undefined
      ? "add a grain, or leave the period out"
      : `name the first day of a ${grain} between ${range.from} and ${range.to}`,
    { period },
  );
}

/** The words of a part's name: `won_value` → won value. */
export const titleOf = (part: string): string => part.replaceAll("_", " ");

async function explainPart(
  part: string,
  plan: Plan,
  cell: Row,
  page: { limit: number; offset: number },
  database: Database,
  limits: Limits,
): Promise<ExplainedPart> {
  const measure = plan.parts[part];
  if (measure === undefined) throw new Error(`the plan has no part ${part}`);
  const queries = rowQueries(part, measure, plan);
  const [[counted], rows] = await Promise.all([
    database.use((connection) => connection.rows(queries.count, limits)),
    page.limit === 0 ? [] : database.use((connection) => connection.rows(queries.list(page), limits)),
  ]);
  return {
    id: part,
    title: titleOf(part),
    value: cell.parts[part] ?? null,
    unit: unitOfMeasure(measure),
    fact: factName(measure.table.name),
    definition: inWords(measure, plan),
    stated: stated(measure, plan),
    rowCount: Number(counted?.["n"] ?? 0),
    columns: Object.keys(rows[0] ?? {}),
    rows: rows.map((row) => ({ ...row })),
    sql: runnable(queries.list({ limit: 1_000_000, offset: 0 })),
  };
}

/** Movers are looked for where no one dimension is asked for; of estimates, which take longer, only when they are wanted. */
const wantsMovers = ({ movers, over }: ExplainRequest, cell: Row): boolean =>
  movers ?? (over === undefined && cell.observed === null);

/** Why the cell differs from what its question compares it with, and which segments moved it. */
async function differenceOf(
  request: ExplainRequest,
  { sides, cell }: { sides: Sides | undefined; cell: Row },
  context: Context,
  store: Store,
  limits: Limits,
): Promise<Told & { readonly movers: Mover[] | null }> {
  if (sides === undefined) return { why: null, notes: [], movers: null };
  const quotient = wantsMovers(request, cell) ? additive(sides.after) : undefined;
  const splits =
    quotient === undefined
      ? []
      : await splitsBy(await openDimensions(sides, context, store.database), sides, store, limits);
  const told = await whyOf(request, sides, splits, cell, context, store, limits);
  const untold = told.why === null || quotient === undefined;
  return { ...told, movers: untold ? null : moversAmong(splits, quotient, sides.after.level) };
}

const named = ({ indicator, variant, plan }: Draft): Explanation["indicator"] => ({
  id: indicator.id,
  variant: variant.id,
  version: indicator.version,
  owner: indicator.owner,
  effective: indicator.effective,
  unit: variant.unit,
  currency: variant.unit === "money" ? plan.currency : null,
  title: indicator.title,
  description: `${indicator.description} ${variant.title}.`,
});

/** Opens one number: the formula with its numbers, what each part counts, its rows, and the SQL that ran. */
export async function explain(
  request: ExplainRequest,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Explanation> {
  const { question, key = {}, period } = request;
  const limits = { deadline, signal };
  const store = { database, ledger: context.ledger };
  const draft = await draftOf(question, context, database);
  checkKey(draft, key);
  checkPeriod(draft, period);
  const plan = cellPlan(draft.plan, { key, period });
  const frame = { ...(await frameOf(draft, context, database)), plan };
  const { total, notes, sql } = await rowsAndTotal(frame, store, limits);
  const cell = { ...total, key, period: period ?? null };
  const page = { limit: request.limit ?? 50, offset: request.offset ?? 0 };
  const sides = await sidesOf(request, draft, frame, context, database);
  const [curve, difference, ...parts] = await Promise.all([
    curveOf(frame, store, limits),
    differenceOf(request, { sides, cell }, context, store, limits),
    ...Object.keys(plan.parts).map((part) => explainPart(part, plan, cell, page, database, limits)),
  ]);
  const numbers = (setting: string) => plan.numbers[setting] ?? Number.NaN;
  return {
    question: understood(draft),
    key,
    period: period ?? null,
    indicator: named({ ...draft, plan }),
    cell,
    formula: written(draft.variant.value, titleOf, numbers),
    math: mathOf(cell, frame),
    parts,
    curve,
    why: difference.why,
    movers: difference.movers,
    changes: null,
    bridge: null,
    warnings: [...warnings(draft, context, [cell], cell), ...notes, ...difference.notes],
    freshness: freshness(draft, context),
    sql: statements(plan, sql),
  };
}
