import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { HoldoutRequest, holdoutOutcomes, type Holdout } from "../contract/holdout.ts";
import { Problem } from "../engine/problem.ts";
import { openClient } from "./client.ts";
import { figure } from "./figures.ts";
import { decimalNumber, oneOf, optionsOf, Usage, wholeNumber } from "./options.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const number = (value: number): string => figure(value, "money", null);
const among = (ends: readonly [number, number]): string => `${number(ends[0])} to ${number(ends[1])}`;

/** The days of a file: `day`, `treated` and, where there is one, `control`, told apart by commas. */
function observationsIn(path: string, terminal: Terminal): NonNullable<HoldoutRequest["observations"]> {
  const [header = "", ...lines] = readFileSync(resolve(terminal.folder, path), "utf8").trim().split(/\r?\n/);
  const columns = header.split(",").map((each) => each.trim());
  const parsed = HoldoutRequest.shape.observations.safeParse(
    lines.map((line) =>
      Object.fromEntries(
        line.split(",").map((cell, i) => [columns[i] ?? "", columns[i] === "day" ? cell.trim() : Number(cell)]),
      ),
    ),
  );
  if (parsed.success && parsed.data !== undefined) return parsed.data;
  throw new Problem(
    "unreadable-observations",
    `${path} does not hold the days of a test: ${parsed.error?.issues[0]?.message ?? "it is empty"}`,
    "give it the columns day, treated and control, apart by commas, days as 2026-11-23",
  );
}

function asText(found: Holdout): string {
  const {
    design,
    of,
    currency,
    treated,
    control,
    block,
    before,
    test,
    level,
    observed,
    expected,
    incremental,
    interval,
    lift,
    perSpend,
  } = found;
  const where = design === "time" ? "the time before" : control === null ? "the control" : control.join(", ");
  const what = `${of ?? "What was observed"}${currency === null ? "" : ` in ${currency}`}${treated === null ? "" : ` of ${treated.join(", ")}`}`;
  return [
    `${what}, held against ${where}: ${test.blocks} blocks of ${block} days from ${test.from} to ${test.to} (exclusive), after ${before.blocks} from ${before.from}`,
    `counted      ${number(observed)}\nexpected     ${number(expected)}\nincremental  ${number(incremental)}  (${level * 100} % interval ${among(interval)}${lift === null ? "" : `; ${figure(lift, "ratio", null)} of what was expected`})`,
    ...(perSpend === null ? [] : [`per unit of spend  ${number(perSpend.value)}  (${among(perSpend.interval)})`]),
    design === "time"
      ? "It takes nothing else to have changed between the two times."
      : "It takes treated and control to have moved in proportion, but for what was changed.",
  ].join("\n");
}

const words = (text: string | undefined): string[] | undefined => text?.split(",").map((each) => each.trim());

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    of: { type: "string" },
    treated: { type: "string" },
    control: { type: "string" },
    before: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    block: { type: "string" },
    spend: { type: "string" },
    interval: { type: "string" },
    file: { type: "string" },
    format: { type: "string" },
  });
  if (positionals.length > 0) throw new Usage(`${positionals.join(" ")} is too much`);
  const { from, before, to, file } = values;
  if (from === undefined) throw new Usage("--from says on which day the test began");
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const asked: HoldoutRequest = {
    from,
    before,
    to,
    of: oneOf(values.of, "of", holdoutOutcomes),
    treated: words(values.treated),
    control: words(values.control),
    block: wholeNumber(values.block, "block"),
    spend: decimalNumber(values.spend, "spend"),
    interval: decimalNumber(values.interval, "interval"),
    observations: file === undefined ? undefined : observationsIn(file, terminal),
  };
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, false);
  try {
    const found = await client.holdout(asked, terminal.signal);
    terminal.out(format === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${asText(found)}\n`);
    return 0;
  } finally {
    client.close();
  }
}

export const holdout: Command = {
  name: "holdout",
  summary: "says what a change of advertising brought, held against other countries or the time before",
  usage: `embudo holdout --from DAY [--to DAY] [--before DAY] [--of revenue|leads|customers] [--treated COUNTRY,...] [--control COUNTRY,...]
  [--block DAYS] [--spend AMOUNT] [--interval SHARE] [--file FILE] [--format table|json] [--workspace DIR]`,
  run,
};
