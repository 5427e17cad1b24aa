import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costPerLead } from "../cost-per-lead.ts";
import { marketingQualifiedLeads } from "../marketing-qualified-leads.ts";
import { winRatio } from "../win-ratio.ts";
import type { Clock, Variant } from "../definition.ts";
import { parseExpression } from "./parse.ts";
import { printExpression } from "./print.ts";
import { Mistake, type Condition, type Expression } from "./syntax.ts";
import { variantOf } from "./variant.ts";

const built = (source: string, clock: Clock = "period", window?: number): Variant =>
  variantOf(parseExpression(source), { id: "own", title: "Own", clock, window });

/** What is wrong with an expression, behind the part of it that stands before the mistake. */
function mistake(source: string, clock?: Clock): string {
  try {
    built(source, clock);
  } catch (error) {
    if (error instanceof Mistake) return `${source.slice(0, error.at)}▸ ${error.message}`;
    throw error;
  }
  throw new Error(`${source} was accepted`);
}

/** A shipped variant by one of its clocks, as an expression has one. */
const shipped = (variants: readonly Variant[], id: string, clock: Clock = "period") => ({
  ...variants.find((each) => each.id === id),
  clocks: [clock],
  id: "own",
  title: "Own",
});

describe("an expression means what the shipped definition means", () => {
  test("cost per viable media lead", () => {
    expect(built('spend(category = "media") / leads(disqualified_as = null)')).toEqual(
      shipped(costPerLead.variants, "viable"),
    );
  });

  test("cost per lead of the channels that cost", () => {
    expect(built('spend(category = "media") / leads(channel in paid_channels)')).toEqual(
      shipped(costPerLead.variants, "paid"),
    );
  });

  test("cost per MQL by cohort", () => {
    expect(built('spend(category = "media") / mqls', "cohort")).toEqual(
      shipped(costPerLead.variants, "per-mql", "cohort"),
    );
  });

  test("the share of leads that became MQLs within thirty days", () => {
    const { parts, value, share, n, window } = built("mqls / leads", "cohort", 30);
    expect({ parts, value, share, n, window }).toEqual({
      parts: marketingQualifiedLeads.variants[1]?.parts,
      value: marketingQualifiedLeads.variants[1]?.value,
      share: true,
      n: "leads",
      window: 30,
    });
  });

  test("the share of closed deals that were won, with those it leaves out", () => {
    const closed = winRatio.variants.find((each) => each.id === "closed");
    const { parts, share, others } = built("won_deals / closed_deals");
    expect(Object.values(parts)).toEqual(Object.values(closed?.parts ?? {}));
    expect(share).toBe(true);
    expect(others.map(({ where }) => where.map((each) => each.test.kind))).toEqual([["in", "not-in"]]);
  });
});

test("signs of print and conditions joined by and mean the same", () => {
  expect(built('spend(category = "media" and channel != "email") × 2 ÷ leads − 1 * spend / leads')).toEqual(
    built('spend(category = "media", channel not in ("email")) * 2 / leads - 1 * spend / leads'),
  );
});

test("the same measure twice is one part, other rows of it are another", () => {
  expect(Object.keys(built("leads / (leads + mqls)", "cohort").parts)).toEqual(["leads", "mqls"]);
  expect(Object.keys(built('leads(country = "ES") / leads').parts)).toEqual(["leads", "leads_2"]);
});

test("a value of money alone rests on its rows", () => {
  const { n, parts } = built("revenue / spend");
  expect([n, parts[n]?.function]).toEqual(["revenue_rows", "count"]);
});

describe("a share has an interval, another ratio has none", () => {
  test.each([
    ['leads(country = "ES") / leads', true],
    ['leads(country in ("ES", "FR")) / leads(country != null)', true],
    ['leads(country = "ES", segment = null) / leads(country = "ES")', true],
    ['leads(country = "ES") / leads(country != "FR")', true],
    ['leads / leads(country = "ES")', false],
    ['leads(country != "ES") / leads(country = "FR")', false],
    ['leads(country = "ES") / leads(country = "FR")', false],
    ["touches / leads", false],
    ["won_value / closed_value", false],
    ["customers_kept / customers_at_start", true],
    ["active_customers / customers_at_start", false],
    ["leads / leads + leads / leads", false],
  ])("%s: %s", (source, share) => expect(built(source).share).toBe(share));

  test("of a stage only by cohort, where those who reach it are among those who came", () => {
    expect([built("mqls / leads").share, built("mqls / leads", "cohort").share]).toEqual([false, true]);
  });
});

describe("units", () => {
  test.each([
    ["spend", "money"],
    ["leads", "count"],
    ["sales_cycle", "days"],
    ["spend / leads", "money"],
    ["spend / revenue", "ratio"],
    ["mqls / leads", "ratio"],
    ["sales_cycle / deals", "days"],
    ["won_value / won_deals * leads", "money"],
    ["revenue * gross_margin - spend", "money"],
    ["(revenue * gross_margin - spend) / spend", "ratio"],
    ["1 - customers_kept / customers_at_start", "ratio"],
    ["leads + touches", "count"],
    ["2 * leads", "count"],
    ["mrr / 12", "money"],
  ])("%s is %s", (source, unit) => expect(built(source).unit).toBe(unit));

  test.each([
    ["spend + leads", "spend ▸ money cannot be added to a count"],
    ["leads - spend", "leads ▸ money cannot be subtracted from a count"],
    ["leads / spend", "leads ▸ a count cannot be divided by money"],
    ["leads * leads", "leads ▸ a count cannot be multiplied by a count"],
    ["spend * revenue", "spend ▸ money cannot be multiplied by money"],
    ["leads + 1", "leads ▸ a count cannot be added to a plain number"],
    ["1 / leads", "1 ▸ a plain number cannot be divided by a count"],
    ["leads / (spend - touches)", "leads / (spend ▸ a count cannot be subtracted from money"],
    ["spend / sales_cycle", "spend ▸ money cannot be divided by days"],
  ])("%s is refused at the operator", (source, told) => expect(mistake(source)).toBe(told));
});

describe("a mistake is told with its place", () => {
  test.each([
    ["", "▸ expected a measure, a number or (, but the expression ends"],
    ["leads /", "leads /▸ expected a measure, a number or (, but the expression ends"],
    ["leads leads", "leads ▸ expected an operator, but found leads"],
    ["(leads", "(leads▸ expected an operator or ), but the expression ends"],
    ["leeds / 2", "▸ there is no measure leeds; did you mean leads?"],
    ['spend / leads(categry = "media")', "spend / leads(▸ leads has no column categry; use channel"],
    ['spend(categry = "media")', "spend(▸ spend has no column categry; did you mean category?"],
    ['spend(category = "medias")', "spend(category = ▸ category is never medias; did you mean media?"],
    ["spend(category = media)", 'spend(category = ▸ expected null or a text such as "media", but found media'],
    ["spend(category > 1)", "spend(category ▸ > means nothing here; write texts in double quotes"],
    ["spend(category = 'media')", "spend(category = ▸ ' means nothing here; write texts in double quotes"],
    ['spend(category = "media)', "spend(category = ▸ the text that begins here has no end"],
    ["spend(category in ())", 'spend(category in (▸ expected a text such as "media", but found )'],
    [
      "spend(category in paid_channels)",
      "spend(category in ▸ there is no list of category named paid_channels; use marketing_costs",
    ],
    ["leads(country in places)", 'leads(country in ▸ no list holds values of country; write ("…", "…")'],
    ["spend()", "spend(▸ expected the name of a column, but found )"],
    ['spend(category = "media"', 'spend(category = "media"▸ expected , or ), but the expression ends'],
    ["spend(category)", "spend(category▸ expected =, !=, in or not in, but found )"],
    ["gross_margin(country = null)", "▸ there is no measure gross_margin"],
    ["gross_margin * 2", "▸ name a measure such as leads or spend"],
    ["leads; DROP TABLE lead", "leads▸ ; means nothing here; write texts in double quotes"],
    ["1e5", "▸ 1 means nothing here"],
    ["constructor", "▸ there is no measure constructor"],
    ["leads(constructor = null)", "leads(▸ leads has no column constructor"],
    ["(".repeat(60) + "leads" + ")".repeat(60), `${"(".repeat(41)}▸ parentheses go at most 40 deep`],
    ["leads".padEnd(2001, " "), `${"leads".padEnd(2000, " ")}▸ an expression has at most 2000 characters`],
  ])("%s", (source, told) => expect(mistake(source)).toContain(told));

  test("a balance has no cohort", () => {
    expect(mistake("mrr", "cohort")).toBe("▸ mrr is what is held at the end of a period; it has no cohort clock");
  });
});

const at = 0;
const word = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/).filter((each) => !["and", "in", "not", "null"].includes(each));
const written = (text: string) => ({ text, at });
const values = fc.array(fc.string().map(written), { minLength: 1, maxLength: 3 });
const condition: fc.Arbitrary<Condition> = fc.record({
  column: word.map(written),
  test: fc.oneof(
    fc.record({ kind: fc.constantFrom("in" as const, "not-in" as const), values }),
    fc.record({
      kind: fc.constantFrom("in" as const, "not-in" as const),
      values: fc.record({ list: word.map(written) }),
    }),
    fc.record({ kind: fc.constantFrom("null" as const, "present" as const) }),
  ),
});
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5 },
    fc.record({
      kind: fc.constant("named" as const),
      name: word,
      where: fc.array(condition, { maxLength: 2 }),
      at: fc.constant(at),
    }),
    fc.record({
      kind: fc.constant("number" as const),
      number: fc.integer({ min: 0, max: 9999 }).map((each) => each / 100),
      at: fc.constant(at),
    }),
    fc.record({
      kind: fc.constantFrom("+" as const, "-" as const, "*" as const, "/" as const),
      left: tie("expression"),
      right: tie("expression"),
      at: fc.constant(at),
    }),
  ),
}));

const withoutPlaces = (each: unknown): unknown =>
  JSON.parse(JSON.stringify(each, (key, value: unknown) => (key === "at" ? at : value)));

test("an expression that was printed reads as the same", () => {
  fc.assert(
    fc.property(expression, (one) => {
      fc.pre(printExpression(one).length <= 2000);
      expect(withoutPlaces(parseExpression(printExpression(one)))).toEqual(one);
    }),
    { seed: 3, numRuns: 500 },
  );
});
