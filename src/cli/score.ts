import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Judgement, LeadScore, PreviewGroup, ScorePreview } from "../contract/score.ts";
import { openClient, type Client } from "./client.ts";
import { oneOf, optionsOf, Usage } from "./options.ts";
import { editLines } from "./proposed.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const decimals = (points: number): string => String(Math.round(points * 100) / 100);
const percent = (share: number | null): string => (share === null ? "" : `${Math.round(share * 1000) / 10} %`);

const touchColumns = [
  { title: "touch" },
  { title: "at" },
  { title: "what" },
  { title: "line", right: true },
  { title: "points", right: true },
  { title: "days old", right: true },
  { title: "worth", right: true },
];

function judged({ at, definition, threshold, fit, touches, score }: Judgement): string {
  const needed = threshold === null ? "no threshold" : `${threshold} needed`;
  const head = `${at}, by version ${definition} of the rule: ${decimals(score)} points, ${needed}`;
  const fits = fit.map(({ where, points }) => `  fit: ${where} → ${points}`);
  const rows = touches.map((each) => [
    each.touch,
    each.at,
    each.what === null ? each.kind : `${each.kind} ${each.what}`,
    String(each.line),
    String(each.points),
    String(each.days),
    decimals(each.worth),
  ]);
  return [head, ...fits, ...(rows.length === 0 ? [] : [table(touchColumns, rows)])].join("\n");
}

const why = {
  hand_raise: "raised its hand",
  score: "has the points",
  stage: "is in the CRM's stage",
  inferred: "got further",
};

function leadText({ lead, createdAt, mqlAt, reason, definition, touch, decision, qualified, now }: LeadScore): string {
  const by =
    definition === null ? "" : ` by version ${definition} of the rule${touch === null ? "" : `, with touch ${touch}`}`;
  const verdict = reason === null ? "is no MQL" : `is an MQL since ${mqlAt}: it ${why[reason]}${by}`;
  const said =
    decision === null
      ? []
      : [
          `Sales ${decision.outcome} it${decision.reason === null ? "" : ` (${decision.reason})`}: ${decision.by ?? decision.source}, ${decision.at}`,
        ];
  return [
    `${lead}, created ${createdAt}, ${verdict}`,
    ...said,
    ...(qualified === null ? [] : [`Then: ${judged(qualified)}`]),
    `Now: ${judged(now)}`,
  ].join("\n\n");
}

const groupColumns = [
  { title: "" },
  { title: "MQLs", right: true },
  { title: "accepted of decided", right: true },
  { title: "became SQLs", right: true },
  { title: "examples" },
];

const groupRow = (
  name: string,
  { leads, accepted, decided, acceptance, sqls, sqlRate, examples }: PreviewGroup,
): string[] => [
  name,
  String(leads),
  decided === 0 ? "" : `${accepted} of ${decided}, ${percent(acceptance)}`,
  leads === 0 ? "" : `${sqls}, ${percent(sqlRate)}`,
  examples.map((each) => each.lead).join(", "),
];

const right = (...titles: string[]) => titles.map((title) => ({ title, right: true }));

function previewText(preview: ScorePreview): string {
  const { from, to, effective, edits, months, total, earlier, later, kept, gained, lost, reasons, lines } = preview;
  const monthRows = [...months, { month: "total", ...total }].map(({ month, before, after }) => [
    month,
    String(before),
    String(after),
    after === before ? "" : `${after > before ? "+" : "−"}${Math.abs(after - before)}`,
  ]);
  const lineRows = lines.map((each) => [
    `${each.part} ${each.line}`,
    each.says,
    String(each.leads),
    decimals(each.points),
    String(each.decisive),
  ]);
  return [
    `MQLs from ${from} to ${to} (exclusive): now, and by this rule ${effective === null ? "as if it had always been in force" : `in force from ${effective} on`}`,
    ...(edits.length === 0 ? [] : [editLines(edits).join("\n")]),
    table([{ title: "" }, ...right("now", "proposed", "change")], monthRows),
    table(groupColumns, [groupRow("kept", kept), groupRow("gained", gained), groupRow("lost", lost)]),
    `Of those kept, ${earlier} become one earlier and ${later} later.`,
    `Made by: ${
      Object.entries(reasons)
        .map(([reason, n]) => `${reason.replace("_", "-")} ${n}`)
        .join(", ") || "nothing"
    }`,
    ...(lines.length === 0
      ? []
      : [table([{ title: "line" }, { title: "" }, ...right("MQLs by points", "mean points", "decisive")], lineRows)]),
    "Nothing of this is kept; `embudo publish rules/mql.yaml` makes it so.",
  ].join("\n\n");
}

interface Values {
  readonly effective?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const given = (values: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((each): each is [string, string] => each[1] !== undefined));

function previewOf(words: readonly string[], { effective, from, to }: Values, terminal: Terminal) {
  const [path, ...more] = words;
  if (more.length > 0) throw new Usage(`one rule at a time; ${more.join(" ")} is too much`);
  const text = path === undefined ? undefined : readFileSync(resolve(terminal.folder, path), "utf8");
  return given({ text, effective, from, to });
}

/** The words after `explain`, or all of them: the lead. */
function leadOf(words: readonly string[]): string {
  const [lead, ...more] = words[0] === "explain" ? words.slice(1) : words;
  if (lead === undefined) throw new Usage("name a lead by its id, or say preview");
  if (more.length > 0) throw new Usage(`one lead at a time; ${more.join(" ")} is too much`);
  return lead;
}

async function answered(client: Client, words: readonly string[], values: Values, terminal: Terminal) {
  if (words[0] === "preview") {
    const found = await client.previewScore(previewOf(words.slice(1), values, terminal));
    return { found, text: previewText(found) };
  }
  const found = await client.score({ lead: leadOf(words) });
  return { found, text: leadText(found) };
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    effective: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    format: { type: "string" },
  });
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const isPreview = positionals[0] === "preview";
  if (!isPreview && (values.effective ?? values.from ?? values.to) !== undefined)
    throw new Usage("days belong to a preview");
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, isPreview);
  try {
    const { found, text } = await answered(client, positionals, values, terminal);
    terminal.out(format === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${text}\n`);
    return 0;
  } finally {
    client.close();
  }
}

export const score: Command = {
  name: "score",
  summary: "says why a lead is an MQL or is none, or how many would be by a proposed rule",
  usage: `embudo score LEAD [--format table|json] [--workspace DIR]
  embudo score preview [FILE] [--effective DAY] [--from DAY] [--to DAY]`,
  run,
};
