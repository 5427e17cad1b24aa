import type { Holdout, HoldoutRequest } from "../../contract/holdout.ts";
import { Problem } from "../../engine/problem.ts";
import { addDays, maxDay, minDay, type Range } from "../../engine/time.ts";
import type { Block } from "../../methods/lift/holdout.ts";
import type { Ask } from "./ask.ts";

/** What was counted each day of a test, and where. */
export interface Daily {
  readonly design: Holdout["design"];
  readonly treated: string[] | null;
  readonly control: string[] | null;
  readonly on: (day: string) => Block;
}

const asked = {
  revenue: { indicator: "sales-revenue" },
  leads: { indicator: "leads" },
  customers: { indicator: "customers", variant: "new" },
} as const;

function refuseMissing(day: string): never {
  throw new Problem(
    "missing-day",
    `there is no observation of ${day}`,
    "give every day of the test and of the time before",
    { day },
  );
}

/** The days of a test as they are told. */
export function toldDaily(observations: NonNullable<HoldoutRequest["observations"]>): Daily & Range {
  const days = new Map(observations.map(({ day, treated, control = 1 }) => [day, { treated, control }]));
  const controlled = observations.some(({ control }) => control !== undefined);
  const all = [...days.keys()];
  return {
    design: controlled ? "geo" : "time",
    treated: null,
    control: null,
    on: (day) => days.get(day) ?? refuseMissing(day),
    from: all.reduce(minDay),
    to: addDays(all.reduce(maxDay), 1),
  };
}

/** The days of a test as they are counted, by country. */
export async function countedDaily(
  { of = "revenue", treated, control }: HoldoutRequest,
  { from, to }: Range,
  ask: Ask,
): Promise<Daily> {
  const { rows } = await ask({ ...asked[of], grain: "day", by: ["country"], from, to });
  const countries = [...new Set(rows.flatMap(({ key }) => key["country"] ?? []))].toSorted();
  const others = treated === undefined ? undefined : (control ?? countries.filter((each) => !treated.includes(each)));
  for (const each of [...(treated ?? []), ...(others ?? [])])
    if (!countries.includes(each))
      throw new Problem(
        "unknown-country",
        `nothing was counted in ${each} on these days`,
        `use some of ${countries.join(", ") || "no country: none is recorded"}`,
        { country: each },
      );
  const both = others?.find((each) => treated?.includes(each));
  if (both !== undefined)
    throw new Problem("same-country", `${both} cannot be treated and control at once`, "name it on one side", {
      country: both,
    });
  const byDay = Map.groupBy(rows, (row) => row.period ?? "");
  const sumOn = (day: string, some: readonly string[] | undefined): number =>
    (byDay.get(day) ?? []).reduce(
      (sum, { key, value }) => sum + (some === undefined || some.includes(key["country"] ?? "") ? (value ?? 0) : 0),
      0,
    );
  return {
    design: others === undefined ? "time" : "geo",
    treated: treated ?? null,
    control: others ?? null,
    on: (day) => ({ treated: sumOn(day, treated), control: others === undefined ? 1 : sumOn(day, others) }),
  };
}
