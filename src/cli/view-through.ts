import { bandSplits, type Band, type ViewThrough } from "../contract/view-through.ts";
import { openClient } from "./client.ts";
import { figure } from "./figures.ts";
import { refuseWords } from "./found.ts";
import { oneOf, optionsOf, wholeNumber } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const right = (...titles: string[]) => titles.map((title) => ({ title, right: true }));
const money = (amount: number | null): string => (amount === null ? "" : figure(amount, "money", null));
const count = (number: number | null): string => (number === null ? "" : figure(number, "count", null));

const rowOf = ({
  value,
  name,
  clicks,
  ceiling,
  caused,
  seen,
  claimed,
  claimedConversions,
  selfReported,
}: Band): string[] => [
  name === null ? value : `${name} (${value})`,
  money(clicks),
  money(ceiling),
  `${money(caused[0])} to ${money(caused[1])}`,
  money(seen),
  money(claimed),
  count(claimedConversions),
  count(selfReported),
];

function asText(found: ViewThrough): string {
  const { question, currency, revenue, rows, elsewhere, unexplained, gap, answers, warnings } = found;
  const headings = right(
    "clicks",
    "ceiling",
    "may have caused",
    "if seen counted",
    "claimed",
    "conversions",
    "leads said so",
  );
  const said = answers.filter(({ answer }) => answer !== null).slice(0, 12);
  return [
    `Revenue from ${question.from} to ${question.to} (exclusive): ${figure(revenue, "money", currency)}, under ${question.model}`,
    table([{ title: question.by }, ...headings], rows.map(rowOf)),
    [
      ...(elsewhere === 0 ? [] : [`known channels without a campaign  ${money(elsewhere)}`]),
      `no click of a known origin explains  ${money(unexplained.direct + unexplained.none)}  (direct ${money(unexplained.direct)}, none ${money(unexplained.none)})`,
      `unexplained when every ceiling is reached  ${money(gap)}`,
    ].join("\n"),
    ...(said.length === 0
      ? []
      : [
          `What leads said when asked\n${table(
            [{ title: "answer" }, { title: "channel" }, ...right("leads")],
            said.map((each) => [each.answer ?? "", each.channel ?? "", count(each.leads)]),
          )}`,
        ]),
    ...(warnings.length === 0 ? [] : [warnings.map(({ message }) => `⚠ ${message}`).join("\n")]),
    "If what was seen counted, sales would go from some channels to others: what is less there is more elsewhere.",
    "The layers are never added up: what is seen, claimed or said may be one and the same sale. What each may have caused is taken from what people met, whatever the others did, with chance; only a holdout says what was caused.",
  ].join("\n\n");
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    by: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    model: { type: "string" },
    "look-back": { type: "string" },
    "as-of": { type: "string" },
    currency: { type: "string" },
    format: { type: "string" },
  });
  refuseWords(positionals);
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const { from, to, model, currency, "as-of": asOf } = values;
  const asked = {
    by: oneOf(values.by, "by", bandSplits),
    from,
    to,
    model,
    currency,
    asOf,
    lookBack: wholeNumber(values["look-back"], "look-back"),
  };
  const request = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, false);
  try {
    const found = await client.viewThrough(request, terminal.signal);
    terminal.out(format === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${asText(found)}\n`);
    return 0;
  } finally {
    client.close();
  }
}

export const viewThrough: Command = {
  name: "view-through",
  summary: "shows what clicks earned and the most that what was seen, claimed or said may add, without counting twice",
  usage: `embudo view-through [--by channel|campaign] [--from DAY] [--to DAY] [--model MODEL] [--look-back DAYS] [--as-of INSTANT]
  [--currency CURRENCY] [--format table|json] [--workspace DIR]`,
  run,
};
