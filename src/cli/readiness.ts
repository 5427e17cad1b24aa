import type { Readiness, ReadinessStep } from "../contract/readiness.ts";
import { stepDimensions } from "../contract/steps.ts";
import { openClient } from "./client.ts";
import { refuseWords } from "./found.ts";
import { decimalNumber, oneOf, optionsOf, wholeNumber } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const percent = (part: number, whole: number): string =>
  whole === 0 ? "" : `${Math.round((part / whole) * 1000) / 10} %`;
const side = ({ leads, mqls }: { leads: number; mqls: number }): string =>
  `${mqls} of ${leads}  ${percent(mqls, leads)}`;
const times = (ratio: number | null): string => (ratio === null ? "∞" : `${ratio.toFixed(2)}×`);

const rowOf = ({ step, did, didNot, lift, interval, small }: ReadinessStep): string[] => [
  step,
  side(did),
  side(didNot),
  lift === null ? "" : times(lift),
  interval === null ? "" : `${times(interval[0])} … ${times(interval[1])}`,
  small ? "few" : "",
];

const right = (...titles: string[]) => titles.map((title) => ({ title, right: true }));
const shown = 10;

function asText(found: Readiness): string {
  const { from, to, window, landmark, eligible, immature, early, steps, level } = found;
  const until = landmark === 0 ? "by the time they came in" : `until ${landmark} days after they came in`;
  const left = [
    ...(immature === 0 ? [] : [`${immature} are younger than that and are left out`]),
    ...(early === 0 ? [] : [`${early} were MQLs before that and are left out`]),
  ];
  const heading = [{ title: "" }, ...right("did it, MQLs", "did not, MQLs", "lift", `${level * 100} %`), { title: "" }];
  return [
    `Leads created from ${from} to ${to} (exclusive): ${eligible.mqls} of ${eligible.leads} became MQLs within ${window} days (${percent(eligible.mqls, eligible.leads)}). Steps ${until} count.${left.length === 0 ? "" : ` ${left.join("; ")}.`}`,
    ...steps.map((each) =>
      each.steps.length === 0
        ? `By ${each.by}: nothing is recorded`
        : `By ${each.by}\n${table(heading, each.steps.slice(0, shown).map(rowOf))}`,
    ),
    `The most common paths, by ${found.pathsBy}\n${table(
      [{ title: "" }, ...right("MQLs", "median days")],
      found.paths.map((path) => [path.steps.join(" → "), String(path.mqls), String(path.days)]),
    )}`,
    `Between steps\n${table(
      [{ title: "" }, ...right("times", "median days")],
      found.gaps.map((gap) => [`${gap.from} → ${gap.to ?? "MQL"}`, String(gap.times), String(gap.days)]),
    )}`,
    "A step that goes with readiness need not cause it.",
  ].join("\n\n");
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    by: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    window: { type: "string" },
    landmark: { type: "string" },
    interval: { type: "string" },
    format: { type: "string" },
  });
  refuseWords(positionals);
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const asked = {
    by: oneOf(values.by, "by", stepDimensions),
    from: values.from,
    to: values.to,
    window: wholeNumber(values.window, "window"),
    landmark: wholeNumber(values.landmark, "landmark"),
    interval: decimalNumber(values.interval, "interval"),
  };
  const request = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, false);
  try {
    const found = await client.readiness(request, terminal.signal);
    terminal.out(format === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${asText(found)}\n`);
    return 0;
  } finally {
    client.close();
  }
}

export const readiness: Command = {
  name: "readiness",
  summary: "shows which steps go with becoming an MQL, the common paths, and the time between steps",
  usage: `embudo readiness [--by page|form|channel|kind|campaign|content] [--from DAY] [--to DAY] [--window DAYS] [--landmark DAYS]
  [--interval SHARE] [--format table|json] [--workspace DIR]`,
  run,
};
