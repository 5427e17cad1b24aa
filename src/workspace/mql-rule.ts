import { z } from "zod";
import { isDay } from "../engine/time.ts";
import { disqualifications } from "../facts/lead.ts";
import { fitColumns, stageAlone, type MqlRule, type RuleInForce } from "../facts/mql/rule.ts";
import { touch } from "../facts/touch.ts";
import type { Recorded, Wanted } from "./records.ts";
import { checked, kept, readYaml, type FileKind, type Stated } from "./yaml-file.ts";

/** Under this id the rule by which a lead becomes an MQL is kept among the definitions. */
export const mqlRule = "(mql)";

/** Where the rule lies in a workspace. */
export const mqlRulePath = "rules/mql.yaml";

const ruleFile: FileKind = { file: mqlRulePath, code: "definition-invalid", largest: 50_000 };

/** The rule of a company that wrote none counts as the first version. */
const shippedVersion = 1;

const text = z.string().min(1);
const days = z.int("expected whole days").min(1).max(3650);
const most = 1000;
const points = z.int("expected whole points").max(most);
const kinds = (touch.columns.kind.oneOf ?? []) as readonly [string, ...string[]];
const path = /^[/*][^?#\s]*$/;

/** One value or a list of them, with a word on what is expected. */
const oneOrMore = (one: z.ZodType<string>, expected: string) =>
  z.union([one.transform((each): string[] => [each]), z.array(one).min(1)], `expected ${expected}`);

const kind = oneOrMore(z.enum(kinds), kinds.join(", "));
const url = oneOrMore(z.string().regex(path), "the path of a page such as /pricing*, without its host and query");
const disqualified = oneOrMore(z.enum(disqualifications), disqualifications.join(", "));

const texts = oneOrMore(text, "a text, or a list of them");

/** A value of a closed list is checked, so that a misspelt one is not a line that nobody fits. */
const fitValues = (column: string) => (column === "disqualified_as" ? disqualified : texts);

const Fit = z.strictObject({
  where: z
    .strictObject(Object.fromEntries(fitColumns.map((column) => [column, fitValues(column).optional()])))
    .refine((where) => Object.keys(where).length > 0, "expected at least one column, such as country"),
  points: points.min(-most),
});

const Behaviour = z.strictObject({
  kind: kind.optional(),
  url: url.optional(),
  form: texts.optional(),
  channel: texts.optional(),
  campaign: texts.optional(),
  content: texts.optional(),
  points: points.min(1, "expected at least one point: behaviour only adds, fit may take away"),
  at_most: z.int().min(1).max(1000).optional(),
});

const Rule = z.strictObject({
  owner: text.optional(),
  effective: z.string().refine(isDay, "expected a day such as 2026-01-01").optional(),
  hand_raise: z.strictObject({ forms: texts }).optional(),
  fit: z.array(Fit).max(100).default([]),
  behaviour: z.array(Behaviour).max(100).default([]),
  half_life_days: days.optional(),
  look_back_days: days.default(stageAlone.lookBackDays),
  threshold: points.min(1).optional(),
  or_stage: z.boolean().default(true),
});

/** Points without a threshold, or a threshold without points, or nothing at all that makes an MQL. */
function refuseIdle({ content, problemAt }: Stated, given: z.output<typeof Rule>): void {
  const { threshold, fit, behaviour, half_life_days: halfLife } = given;
  const earning = behaviour.length > 0 ? "behaviour" : fit.length > 0 ? "fit" : undefined;
  if (earning !== undefined && threshold === undefined)
    throw problemAt([earning], "points make nobody an MQL without a threshold: add `threshold: 50`");
  if (threshold !== undefined && earning === undefined)
    throw problemAt(["threshold"], "nothing earns points: add `fit` or `behaviour`, or leave the threshold out");
  if (halfLife !== undefined && behaviour.length === 0)
    throw problemAt(["half_life_days"], "only the points of behaviour fade, and there is none");
  if (given.hand_raise === undefined && threshold === undefined && !given.or_stage)
    throw problemAt(
      "or_stage" in (content as object) ? ["or_stage"] : [],
      "nothing makes a lead an MQL: add a hand_raise or points, or let the stage count",
    );
  const reach = mostPoints(given);
  if (threshold !== undefined && reach < threshold)
    throw problemAt(["threshold"], `${threshold} points cannot be reached: all lines together give ${reach}`);
}

/** The most points that a lead can have, without fading. */
const mostPoints = ({ fit, behaviour }: Pick<z.output<typeof Rule>, "fit" | "behaviour">): number =>
  fit.reduce((sum, line) => sum + Math.max(0, line.points), 0) +
  behaviour.reduce((sum, line) => sum + line.points * (line.at_most ?? Infinity), 0);

const ruleOf = (stated: Stated): MqlRule => {
  const given = checked(stated, Rule);
  refuseIdle(stated, given);
  return {
    handRaise: given.hand_raise?.forms ?? [],
    fit: given.fit.map(({ where, points: earned }) => ({
      where: where as MqlRule["fit"][number]["where"],
      points: earned,
    })),
    behaviour: given.behaviour.map((line) => ({
      kinds: line.kind ?? [],
      urls: line.url ?? [],
      forms: line.form ?? [],
      channels: line.channel ?? [],
      campaigns: line.campaign ?? [],
      contents: line.content ?? [],
      points: line.points,
      atMost: line.at_most ?? null,
    })),
    halfLifeDays: given.half_life_days ?? null,
    lookBackDays: given.look_back_days,
    threshold: given.threshold ?? null,
    orStage: given.or_stage,
  };
};

/** A rule as its text says it, once it is sure that it means something; a mistake is a Problem with its line and column. */
export function wantedRule(written: string): Wanted {
  const stated = readYaml(written, ruleFile);
  ruleOf(stated);
  const { owner, effective } = checked(stated, Rule);
  return {
    id: mqlRule,
    content: stated.content,
    owner: owner ?? null,
    effective: effective ?? null,
    shipped: shippedVersion,
  };
}

type RuleVersion = Pick<Recorded, "version" | "effective" | "body">;

const ruleOfVersion = ({ body }: RuleVersion): MqlRule =>
  body === null ? stageAlone : ruleOf(kept(JSON.parse(body), ruleFile));

/** The versions of the rule that are in force on some day, each with its days: of those that hold on a day, the one decided last. */
export function rulesInForce(recorded: readonly (RuleVersion & Pick<Recorded, "id">)[]): RuleInForce[] {
  const versions: RuleVersion[] = [
    { version: shippedVersion, effective: null, body: null },
    ...recorded.filter(({ id }) => id === mqlRule),
  ];
  const inForce = versions.map((version, i) => {
    const later = versions.slice(i + 1).map(({ effective }) => effective ?? "");
    return { version, to: later.length === 0 ? null : later.reduce((a, b) => (a < b ? a : b)) };
  });
  return inForce
    .filter(({ version, to }) => to === null || (version.effective ?? "") < to)
    .map(({ version, to }) => ({
      version: version.version,
      from: version.effective,
      to,
      rule: ruleOfVersion(version),
    }));
}
