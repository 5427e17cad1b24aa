import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { values as english } from "../../locales/en/messages.ts";
import { values as spanish } from "../../locales/es/messages.ts";
import { channels } from "./channels.ts";
import { ruleOf, type Arrival } from "./channel-of.ts";
import { groupingOf, noChannelSettings } from "./grouping.ts";
import { defaultRules } from "./rules.ts";

const shipped = groupingOf(noChannelSettings);

const visits = readFileSync(new URL("visits.csv", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [channel = "", rule = "", kind = "", source, medium, campaign, click_id, referrer, url] = line.split(",");
    const place = kind === "lead" ? { landing_page: url } : { url };
    const arrival = { kind, source, medium, campaign, click_id, referrer, ...place } as Arrival;
    return {
      line,
      expected: { channel: channel === "-" ? undefined : channel, rule: rule === "-" ? undefined : rule },
      arrival,
    };
  });

test("there are enough visits, and none twice", () => {
  expect(visits.length).toBeGreaterThan(200);
  expect(new Set(visits.map(({ line }) => line)).size).toBe(visits.length);
});

test.each(visits)("$line", ({ arrival, expected }) => {
  const rule = ruleOf(arrival, shipped);
  expect({ channel: rule?.channel, rule: rule?.id }).toEqual(expected);
});

test("every rule decides some visit, and every channel is given by some rule", () => {
  const decided = new Set(visits.map(({ expected }) => expected.rule));
  expect(defaultRules.filter(({ id }) => !decided.has(id))).toEqual([]);
  expect(new Set(defaultRules.map(({ channel }) => channel))).toEqual(new Set(channels));
});

test("every channel has its name in each language", () => {
  for (const names of [english.channel, spanish.channel])
    expect(channels.filter((channel) => !(channel in names))).toEqual([]);
});
