import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ruleText } from "../src/facts/channels/describe.ts";
import { defaultRules } from "../src/facts/channels/rules.ts";
import { parseSettings } from "../src/workspace/settings.ts";
import { company, rows } from "./company.ts";

const escaped = (text: string) => text.replaceAll("|", "\\|").replaceAll("*", "\\*");

test("the page of channels has every rule in order", () => {
  const lines = readFileSync("docs/channels.md", "utf8").split("\n");
  const cells = lines
    .filter((line) => /^\| \d+ /.test(line))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
  const wanted = defaultRules.map((rule, i) => [
    String(i + 1),
    `\`${rule.id}\``,
    `\`${rule.channel}\``,
    escaped(ruleText(rule)),
  ]);
  expect(cells).toEqual(wanted);
});

const settings = (channels: string) => () =>
  parseSettings(`name: A\ncurrency: EUR\ntime_zone: UTC\nchannels:\n${channels}`, "embudo.yaml").settings.channels;

test("a company's channels are read as plain data", () => {
  expect(
    settings(
      "  rules: [{channel: partner, source: [acme.com, '*.acme.com'], medium: referral}]\n  hosts: {own: [shop.example]}",
    )(),
  ).toEqual({
    rules: [{ channel: "partner", source: ["acme.com", "*.acme.com"], medium: ["referral"] }],
    rename: {},
    hosts: { own: ["shop.example"] },
  });
});

test.each([
  ["  rules:\n    - channel: partner\n", 6, "needs at least one of"],
  ["  rules:\n    - channel: partner\n      click_id: clid\n", 7, "expected one of gclid"],
  ["  rules:\n    - channel: Partner X\n      source: a\n", 6, "small letters"],
  ["  rules:\n    - channel: partner\n      sorce: a\n", 7, "sorce"],
  ["  rename:\n    nothing: other\n", 6, "nothing"],
  ["  hosts:\n    social: [https://a.example/b]\n", 6, "expected a host"],
])("a mistake is told with its place: %j", (text, line, told) => {
  expect(settings(text)).toThrow(
    expect.objectContaining({ detail: expect.objectContaining({ line }), message: expect.stringContaining(told) }),
  );
});

test("what no rule names is listed by source and medium, and an address is decided with its reason", async () => {
  const one = await company({
    touch: rows`
      touch_id  occurred_at           kind   source  medium  referrer                   url
      T1        2026-05-01T10:00:00Z  visit  andina  verano  -                          https://andina.example/
      T2        2026-05-02T10:00:00Z  visit  Andina  Verano  -                          https://andina.example/
      T3        2026-05-03T10:00:00Z  visit  -       -       https://www.elpais.com/a   https://andina.example/
      T4        2026-05-04T10:00:00Z  visit  google  cpc     -                          https://andina.example/`,
  });
  const { rules, unmatched } = await one.api.channels({});
  expect(rules[0]).toMatchObject({ rule: "referrer_spam" });
  expect(unmatched).toEqual([
    { fact: "touch", rule: "other", source: "andina", medium: "verano", rows: 2 },
    { fact: "touch", rule: "referral", source: "elpais.com", medium: null, rows: 1 },
  ]);
  expect(await one.api.tryChannel({ url: "https://a.example/?gclid=x" })).toMatchObject({
    channel: "paid_search",
    rule: "paid_search",
  });
  one.close();
});
