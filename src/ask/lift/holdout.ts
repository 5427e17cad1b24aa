import type { Holdout, HoldoutRequest } from "../../contract/holdout.ts";
import type { Database } from "../../engine/database.ts";
import { Problem } from "../../engine/problem.ts";
import { addDays, daysBetween, minDay, type Day } from "../../engine/time.ts";
import { holdoutLift, type Block } from "../../methods/lift/holdout.ts";
import { defaultLevel } from "../answer.ts";
import type { Context } from "../draft.ts";
import { askOn } from "./ask.ts";
import { countedDaily, toldDaily, type Daily } from "./daily.ts";

const week = 7;
const usualBlocks = 8;

/** Whole blocks of days from a day on. */
const blocksOf = (daily: Daily, from: Day, count: number, days: number): Block[] =>
  Array.from({ length: count }, (_, nth) => {
    const each = Array.from({ length: days }, (_each, i) => daily.on(addDays(from, nth * days + i)));
    const sum = (side: keyof Block) => each.reduce((all, block) => all + block[side], 0);
    return { treated: sum("treated"), control: sum("control") };
  });

function refuseShort(before: number, test: number, days: number): never {
  throw new Problem(
    "test-too-short",
    `there are ${before} whole blocks of ${days} days before the test and ${test} in it, and two are needed on either side; a control must have counted something before`,
    "begin earlier, go on for longer, or take shorter blocks",
    { before, test },
  );
}

/** What a change of advertising brought, held against a control or against the time before. */
export async function holdout(
  request: HoldoutRequest,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Holdout> {
  const { from, block = week, interval: level = defaultLevel, spend, observations, of = "revenue" } = request;
  if (observations !== undefined && (request.treated ?? request.control ?? request.of) !== undefined)
    throw new Problem(
      "told-and-counted",
      "observations are told, countries and outcomes are counted",
      "leave one of them out",
    );
  const told = observations === undefined ? undefined : toldDaily(observations);
  const start = request.before ?? told?.from ?? addDays(from, -usualBlocks * block);
  const end = request.to ?? told?.to ?? minDay(addDays(context.today, 1), addDays(context.observedTo, 1));
  const [m, n] = [start, end].map((day, i) =>
    Math.max(0, Math.floor((i === 0 ? daysBetween(day, from) : daysBetween(from, day)) / block)),
  ) as [number, number];
  if (m < 2 || n < 2) refuseShort(m, n, block);
  const first = addDays(from, -m * block);
  const after = addDays(from, n * block);
  const daily = told ?? (await countedDaily(request, { from: first, to: after }, askOn(context, database, signal)));
  const found = holdoutLift(blocksOf(daily, first, m, block), blocksOf(daily, from, n, block), level);
  if (found === undefined) refuseShort(m, n, block);
  const { observed, expected, incremental, interval } = found;
  const ends = (of_: number): [number, number] => {
    const [a, b] = [interval[0] / of_, interval[1] / of_];
    return [Math.min(a, b), Math.max(a, b)];
  };
  return {
    design: daily.design,
    of: told === undefined ? of : null,
    currency: told === undefined && of === "revenue" ? context.settings.currency : null,
    treated: daily.treated,
    control: daily.control,
    block,
    before: { from: first, to: from, blocks: m },
    test: { from, to: after, blocks: n },
    level,
    observed,
    expected,
    incremental,
    interval: [interval[0], interval[1]],
    lift: expected === 0 ? null : incremental / expected,
    perSpend: spend === undefined || spend === 0 ? null : { value: incremental / spend, interval: ends(spend) },
  };
}
