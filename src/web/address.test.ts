import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hrefOf, parseAddress, parseValues, spellValues, whereOf, type Values } from "./address.ts";
import { parseTarget, spellTarget } from "./target.ts";

const today = "2026-11-23";
const dimensions = ["channel", "rep"];
const parse = (href: string) => {
  const url = new URL(href, "http://localhost");
  return parseAddress(url.pathname, url.searchParams, dimensions, today);
};

describe("an address", () => {
  test("says nothing that is as by default", () => {
    expect(hrefOf(parse("/?p=mtd&c=prev&al=days").address)).toBe("/");
  });

  test("keeps its grammar readable", () => {
    const href = "/kpi/cac?p=2026-10&c=yoy&v=paid&g=week&by=rep&channel=!Meta,Google&t=1&x=cac~channel:Meta";
    expect(decodeURIComponent(hrefOf(parse(href).address))).toBe(href);
    const defended =
      "/kpi/cac?k=cohort&w=90&as=2026-11-01&by=rep&r=1&why=channel&since=2026-10-01&vs=leads.count&st=page&ru=threshold";
    expect(decodeURIComponent(hrefOf(parse(defended).address))).toBe(defended);
  });

  test("drops and names what it does not know", () => {
    const { address, dropped } = parse("/?p=nonsense&utm=1&g=year&c=later&t=2&constructor=1&channel=Meta");
    expect(dropped).toEqual(["p=nonsense", "utm=1", "g=year", "c=later", "t=2", "constructor=1"]);
    expect(hrefOf(address)).toBe("/?channel=Meta");
  });

  test.each([
    "k=weekly",
    "w=0",
    "w=3661",
    "w=1.5",
    "as=2026-11-23",
    "as=2026-02-30",
    "r=yes",
    "since=soon",
    "vs=a.b.c",
  ])("does not know %s", (piece) => {
    expect(parse(`/kpi/cac?${piece}`)).toEqual({ address: parse("/kpi/cac").address, dropped: [piece] });
  });

  test("survives any state", () => {
    const known = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    const past = fc
      .integer({ min: 1, max: 2000 })
      .map((days) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10));
    const state = fc.record({
      clock: known(fc.constantFrom("period" as const, "cohort" as const)),
      window: known(fc.integer({ min: 1, max: 3660 })),
      definition: known(fc.integer({ min: 1, max: 999_999 })),
      knownOn: known(past),
      rank: fc.boolean(),
      over: known(fc.constantFrom("channel", "lost_reason")),
      since: known(past),
      rule: known(fc.constantFrom("threshold: 5\n", "fit: [{where: {country: ES}, points: 5}]")),
      steps: known(fc.constantFrom("page", "campaign")),
      against: known(fc.constantFrom("leads", "win-ratio.by-age")),
    });
    fc.assert(
      fc.property(state, (changes) => {
        const address = { ...parse("/kpi/cac").address, ...changes };
        expect(parse(hrefOf(address))).toEqual({ address, dropped: [] });
      }),
      { seed: 7 },
    );
  });

  test("takes the dates of the form as its period", () => {
    expect(parse("/?p=mtd&from=2026-11-03&to=2026-11-05").address.period).toBe("2026-11-03..2026-11-05");
    expect(parse("/?p=qtd&from=&to=").address.period).toBe("qtd");
  });

  test("filters become those of a question", () => {
    expect(whereOf(parse("/?channel=!Meta,(none)&rep=Ana").address)).toEqual({
      channel: { not: ["Meta", null] },
      rep: ["Ana"],
    });
  });

  test("survives any filter value", () => {
    const value = fc.option(fc.string({ minLength: 1 }), { nil: null });
    const values: fc.Arbitrary<Values> = fc.record({ not: fc.boolean(), values: fc.array(value, { minLength: 1 }) });
    fc.assert(
      fc.property(values, (filter) => {
        expect(parseValues(spellValues(filter))).toEqual(filter);
        expect(parse(hrefOf({ ...parse("/").address, where: { channel: filter } })).address.where).toEqual({
          channel: filter,
        });
      }),
    );
  });
});

describe("an explained number", () => {
  test("is spelled as the grammar says", () => {
    expect(spellTarget({ indicator: "cac", variant: "paid", key: { channel: "Meta Ads" }, period: "2026-10-01" })).toBe(
      "cac.paid~channel:Meta%20Ads~period:2026-10-01",
    );
  });

  test("survives any key", () => {
    const value = fc.option(
      fc.string({ minLength: 1 }).filter((text) => text !== "(none)"),
      { nil: null },
    );
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, "closed"), (channel, variant) => {
        fc.pre(channel === null || channel.isWellFormed());
        const target = { indicator: "win-ratio", variant, key: { channel }, period: undefined };
        expect(parseTarget(spellTarget(target))).toEqual(target);
      }),
    );
  });

  test.each(["", "~", "a.b.c", "cac~channel", "cac~period:yesterday", "cac~channel:%E0%A4%A", "../x"])(
    "%s is none",
    (text) => {
      expect(parseTarget(text)).toBeUndefined();
    },
  );
});
