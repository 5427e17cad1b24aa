import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ExplainRequest } from "../contract/api.ts";
import { Question, type Filter } from "../contract/question.ts";
import { csvHref } from "../web/explain/loader.ts";
import { requestFrom } from "./address.ts";
import { cellFrom } from "./cell-address.ts";

describe("a question in an address", () => {
  test("has every part of its grammar", () => {
    const search =
      "indicator=win-ratio&variant=closed&by=rep,team&grain=month&from=2017-01-01&to=2018-01-01&where.rep=Ana&where.rep=(none)&where.channel=!Meta" +
      "&clock=cohort&window=30&model=first&compare=2016-01-01..2017-01-01&asOf=2026-01-01T00:00:00Z&currency=EUR&interval=0.9";
    expect(requestFrom(Question, new URLSearchParams(search))).toEqual({
      indicator: "win-ratio",
      variant: "closed",
      by: ["rep", "team"],
      grain: "month",
      from: "2017-01-01",
      to: "2018-01-01",
      where: { rep: ["Ana", null], channel: { not: ["Meta"] } },
      clock: "cohort",
      window: 30,
      model: "first",
      compare: { from: "2016-01-01", to: "2017-01-01" },
      asOf: "2026-01-01T00:00:00Z",
      currency: "EUR",
      interval: 0.9,
    });
  });

  test.each([
    ["by=rep", "indicator"],
    ["indicator=x&foo=1", "foo"],
    ["indicator=x&grain=hour", "grain"],
    ["indicator=x&from=yesterday", "from"],
    ["indicator=x&window=many", "window"],
    ["indicator=x&window=", "window"],
    ["indicator=x&indicator=y", "indicator"],
    ["indicator=x&where.rep=a&where.rep=!b", "where.rep"],
    ["indicator=x&compare=later", "compare"],
  ])("%s is refused by the name of its parameter", (search, parameter) => {
    expect(() => requestFrom(Question, new URLSearchParams(search))).toThrow(
      expect.objectContaining({ code: "bad-request", detail: { parameter } }),
    );
  });
});

test("a cell is held against other values with versus", () => {
  const search = "indicator=win-ratio&compare=previous&over=product&key.rep=Ana&versus.rep=!Berta";
  expect(cellFrom(new URLSearchParams(search))).toEqual({
    question: { indicator: "win-ratio", compare: "previous" },
    key: { rep: "Ana" },
    over: "product",
    versus: { where: { rep: { not: ["Berta"] } } },
  });
});

test("another question is held against a cell with against", () => {
  const search =
    "indicator=win-ratio&part=closed&bucket=left:filter:rep&against.indicator=leads&against.where.channel=email&against.asOf=2026-01-01T00:00:00Z&againstPart=leads";
  expect(cellFrom(new URLSearchParams(search))).toEqual({
    question: { indicator: "win-ratio" },
    part: "closed",
    bucket: { side: "left", reason: "filter:rep" },
    against: { indicator: "leads", where: { channel: ["email"] }, asOf: "2026-01-01T00:00:00Z" },
    againstPart: "leads",
  });
  expect(() => cellFrom(new URLSearchParams("indicator=x&against.grain=hour&against.indicator=y"))).toThrow(
    expect.objectContaining({ detail: { parameter: "against.grain" } }),
  );
  expect(() => cellFrom(new URLSearchParams("indicator=x&bucket=left"))).toThrow(
    expect.objectContaining({ detail: { parameter: "bucket.side" } }),
  );
});

test("the links that pages have to rows are read as they were meant", () => {
  const value = fc.option(
    fc.string({ minLength: 1 }).filter((text) => text.isWellFormed()),
    { nil: null },
  );
  const values = fc.array(value, { minLength: 1 });
  const filter: fc.Arbitrary<Filter> = fc.oneof(
    values,
    values.map((not) => ({ not })),
  );
  fc.assert(
    fc.property(filter, value, (channel, rep) => {
      const request: ExplainRequest = {
        question: { indicator: "win-ratio", by: ["rep"], from: "2026-11-01", to: "2026-11-24", where: { channel } },
        key: { rep },
      };
      const search = new URL(csvHref(request, "won"), "http://localhost").searchParams;
      search.delete("part");
      expect(cellFrom(search)).toEqual(request);
    }),
  );
});
