import { expect, test } from "vitest";
import { raw, sql } from "../../src/engine/sql.ts";
import { qualificationRows } from "../../src/facts/derived/qualification.ts";
import { followRules } from "../../src/facts/follow.ts";
import type { MqlRule, RuleInForce } from "../../src/facts/mql/rule.ts";
import { fitOf, worthsAt, type LeadTouch } from "../../src/facts/mql/score.ts";
import { parseSettings } from "../../src/workspace/settings.ts";
import { derivationRules } from "../../src/workspace/workspace.ts";
import { rulesInForce } from "../../src/workspace/mql-rule.ts";
import { company, type FactRow } from "../company.ts";
import { draws } from "../random.ts";

const day = 86_400_000_000;
const begin = Date.parse("2026-01-01T00:00:00Z") * 1000;
const iso = (micros: number) => new Date(micros / 1000).toISOString();

type Draw = ReturnType<typeof draws>["uniform"];
const below = (uniform: Draw, n: number) => Math.floor(uniform() * n);
const pick = <T>(uniform: Draw, from: readonly T[]): T => from[below(uniform, from.length)] as T;

function randomRule(uniform: Draw): MqlRule {
  const line = () => ({
    kinds: pick(uniform, [[], ["page"], ["form", "email_click"], ["email_open"]]),
    urls: pick(uniform, [[], [], ["/a*"], ["*b", "/c/*/d"]]),
    forms: pick(uniform, [[], [], ["demo", "ebook"]]),
    channels: pick(uniform, [[], [], ["email"]]),
    campaigns: [],
    contents: [],
    points: 1 + below(uniform, 20),
    atMost: pick(uniform, [null, null, 1, 3]),
  });
  return {
    handRaise: pick(uniform, [[], ["demo"]]),
    fit: [
      { where: { country: ["ES"] }, points: 10 },
      { where: { segment: ["mid"], country: ["ES", "MX"] }, points: below(uniform, 30) - 15 },
    ],
    behaviour: [line(), line(), line()],
    halfLifeDays: pick(uniform, [null, 1, 10, 30]),
    lookBackDays: pick(uniform, [5, 30, 90]),
    threshold: pick(uniform, [null, 15, 30, 60]),
    orStage: uniform() < 0.5,
  };
}

interface Lead {
  readonly row: Readonly<Record<string, string | null>>;
  readonly createdAt: number;
  readonly touches: readonly LeadTouch[];
  readonly stageAt: number | null;
}

/** The first instant at which the rule of its time is met, looking at every one of them. */
function qualifies(
  { row, createdAt, touches, stageAt }: Lead,
  rules: readonly RuleInForce[],
  start: (d: string) => number,
) {
  const instants = [
    createdAt,
    ...touches.map(({ at }) => at),
    ...rules.flatMap(({ from }) => (from ? [start(from)] : [])),
  ];
  const judged = [...new Set(instants.map((at) => Math.max(at, createdAt))), ...(stageAt === null ? [] : [stageAt])];
  for (const at of judged.toSorted((a, b) => a - b)) {
    const { rule, version } = rules.findLast(({ from }) => from === null || start(from) <= at) as RuleInForce;
    const came = (touch: LeadTouch) =>
      Math.max(touch.at, createdAt) === at && touch.at > createdAt - rule.lookBackDays * day;
    const forms = [
      ...(at === createdAt ? [row["form"]] : []),
      ...touches.filter((t) => t.kind === "form" && came(t)).map((t) => t.form),
    ];
    if (at >= createdAt && forms.some((form) => form != null && rule.handRaise.includes(form)))
      return [iso(at), "hand_raise", version];
    const score = fitOf(rule, row) * 1e6 + worthsAt(rule, touches, at).reduce((sum, { worth }) => sum + worth, 0);
    if (rule.threshold !== null && at >= createdAt && score >= rule.threshold * 1e6)
      return [iso(at), "score", version, score / 1e6];
    if (rule.orStage && at === stageAt) return [iso(at), "stage", version];
  }
  return undefined;
}

function randomLead(uniform: Draw, nth: number): Lead {
  const createdAt = begin + below(uniform, 240) * 6 * 3_600_000_000;
  const touches = Array.from({ length: below(uniform, 12) }, (_, i) => ({
    touchId: `T${nth}-${i}`,
    at: createdAt + (below(uniform, 5) === 0 ? 0 : Math.floor((uniform() - 0.4) * 400) * 6 * 3_600_000_000),
    kind: pick(uniform, ["page", "page", "form", "email_click", "email_open", "visit"]),
    path: pick(uniform, [null, "/a", "/about", "/c/x/d", "/b", "/"]),
    form: pick(uniform, [null, "demo", "ebook"]),
    channel: pick(uniform, ["email", "direct", "referral"]),
    campaign: null,
    content: null,
  }));
  return {
    row: {
      lead_id: `L${nth}`,
      person_id: `P${nth}`,
      country: pick(uniform, ["ES", "MX", null]),
      segment: pick(uniform, ["mid", null]),
      form: pick(uniform, [null, null, null, "demo"]),
    },
    createdAt,
    touches,
    stageAt: uniform() < 0.3 ? createdAt + (below(uniform, 100) - 10) * day : null,
  };
}

const seeds = Array.from({ length: 8 }, (_, seed) => seed + 1);

test.each(seeds)(
  "SQL qualifies the leads that plain code does, by the rule of each instant (company %d)",
  async (seed) => {
    const { uniform } = draws(seed * 7919);
    const leads = Array.from({ length: 60 }, (_, nth) => randomLead(uniform, nth));
    const zone = pick(uniform, ["UTC", "Europe/Madrid", "America/Bogota"]);
    const one = await company(
      {
        lead: leads.map(({ row, createdAt }): FactRow => ({ ...row, created_at: iso(createdAt) })),
        stage_entry: leads.flatMap(({ row, stageAt }): FactRow[] =>
          stageAt === null
            ? []
            : [{ subject: "lead", subject_id: row["lead_id"] ?? "", stage: "mql", entered_at: iso(stageAt) }],
        ),
        touch: leads.flatMap(({ row, touches }) =>
          touches.map((t): FactRow => ({
            touch_id: t.touchId,
            occurred_at: iso(t.at),
            kind: t.kind,
            form: t.form,
            channel: t.channel,
            person_id: row["person_id"] ?? "",
            url: t.path === null ? null : `https://x.org${t.path}?q=1`,
          })),
        ),
      },
      { settings: { time_zone: zone } },
    );
    const edge = `2026-0${2 + below(uniform, 3)}-11`;
    const [first] = rulesInForce([]);
    const rules: RuleInForce[] = [
      { ...(first as RuleInForce), rule: randomRule(uniform), to: edge },
      { version: 2, from: edge, to: null, rule: randomRule(uniform) },
    ];
    const { settings } = parseSettings(`name: Test\ncurrency: EUR\ntime_zone: ${zone}\n`, "embudo.yaml");
    await one.database.use((connection) =>
      followRules(connection, { ...derivationRules(settings, []), mql: rules }, () => new Date("2026-11-24T00:00:00Z")),
    );
    const start = (text: string) => {
      const offset = { UTC: 0, "Europe/Madrid": text >= "2026-03-29" ? 2 : 1, "America/Bogota": -5 }[zone] ?? 0;
      return Date.parse(`${text}T00:00:00Z`) * 1000 - offset * 3_600_000_000;
    };
    const found = await one.database.use((connection) =>
      connection.rows(raw("SELECT * FROM qualification WHERE known_to IS NULL")),
    );
    const bySql = Object.fromEntries(
      found.map((row) => [
        row["lead_id"],
        [
          new Date(String(row["qualified_at"])).toISOString(),
          row["reason"],
          row["definition"],
          ...(row["score"] === null ? [] : [row["score"]]),
        ],
      ]),
    );
    const plain = leads.flatMap((lead) => {
      const verdict = qualifies(lead, rules, start);
      return verdict === undefined ? [] : [[lead.row["lead_id"], verdict]];
    });
    expect(bySql).toEqual(Object.fromEntries(plain));
    const onThreads = async (threads: number) => {
      await one.database.use((connection) => connection.run(raw(`SET GLOBAL threads = ${threads}`)));
      const query = qualificationRows(
        { ...derivationRules(settings, []), mql: rules },
        (at) => sql`CAST(${at} AS DATE)`,
      );
      return one.database.use((connection) => connection.rows(sql`SELECT * FROM (${query}) ORDER BY lead_id`));
    };
    expect(await onThreads(1)).toEqual(await onThreads(4));
    one.close();
  },
);
