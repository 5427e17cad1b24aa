import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { raw } from "../../src/engine/sql.ts";
import { clickIds } from "../../src/facts/channels/click-ids.ts";
import { groupingOf, noChannelSettings, type ChannelSettings } from "../../src/facts/channels/grouping.ts";
import { ruleOf, type Arrival } from "../../src/facts/channels/channel-of.ts";
import { followRules } from "../../src/facts/follow.ts";
import { company, rows, values, type Company, type FactRow } from "../company.ts";

const given = async (one: Company, fact: "touch" | "lead") => {
  const found = await one.database.use((connection) =>
    connection.rows(
      raw(
        `SELECT ${fact}_id AS id, channel, channel_rule AS rule FROM ${fact} WHERE known_to IS NULL ORDER BY ${fact}_id`,
      ),
    ),
  );
  return Object.fromEntries(found.map(({ id, channel, rule }) => [String(id), { channel, rule }]));
};

const id = (nth: number) => `A${String(nth).padStart(6, "0")}`;

/** What the loader gives arrivals, and what the plain function gives them. */
async function bothWays(arrivals: readonly Arrival[], settings: ChannelSettings) {
  const of = (wanted: (arrival: Arrival) => boolean, row: (arrival: Arrival, nth: number) => FactRow) =>
    arrivals.flatMap((arrival, nth) => (wanted(arrival) ? [row(arrival, nth)] : []));
  const at = "2026-05-01T10:00:00Z";
  const isLead = ({ kind }: Arrival) => kind === "lead";
  const touch = of(
    (each) => !isLead(each),
    (arrival, nth) => ({ touch_id: id(nth), occurred_at: at, ...arrival }),
  );
  const lead = of(isLead, ({ source, medium, campaign, landing_page }, nth) => ({
    lead_id: id(nth),
    created_at: at,
    source: source ?? null,
    medium: medium ?? null,
    campaign: campaign ?? null,
    landing_page: landing_page ?? null,
  }));
  const one = await company({ touch, lead }, { settings: { channels: settings } });
  const loaded = { ...(await given(one, "touch")), ...(await given(one, "lead")) };
  one.close();
  const grouping = groupingOf(settings);
  const plain = arrivals.map((arrival, nth) => {
    const rule = ruleOf(arrival, grouping);
    return [id(nth), { channel: rule?.channel ?? null, rule: rule?.id ?? null }] as const;
  });
  return { loaded, plain: Object.fromEntries(plain) };
}

const visits = readFileSync("src/facts/channels/visits.csv", "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line): Arrival => {
    const [, , kind = "", ...cells] = line.split(",");
    const [source, medium, campaign, click_id, referrer, url] = cells.map((cell) => (cell === "" ? null : cell));
    const stated = { kind, source: source ?? null, medium: medium ?? null, campaign: campaign ?? null };
    return kind === "lead"
      ? { ...stated, landing_page: url ?? null }
      : { ...stated, click_id: click_id ?? null, referrer: referrer ?? null, url: url ?? null };
  });

test("a load gives every visit of the table what the plain function gives it", async () => {
  const { loaded, plain } = await bothWays(visits, noChannelSettings);
  expect(loaded).toEqual(plain);
});

const word = fc.oneof(
  fc.constantFrom(
    "google",
    "Google Ads",
    "facebook",
    "fb",
    "l.facebook.com",
    "newsletter",
    "paypal.com",
    "Feria",
    "acme.com",
  ),
  fc.constantFrom(
    "cpc",
    "CPM",
    "organic",
    "referral",
    "social",
    "Correo",
    "(none)",
    "(not set)",
    "redes_sociales",
    "%",
    "a_b",
  ),
  fc.string({ unit: "grapheme-ascii", maxLength: 8 }),
  fc.string({
    unit: fc.constantFrom("a", "é", "Ñ", "İ", "+", "%", "2", "0", ".", "_", " ", "-", "\t", "ſ"),
    maxLength: 6,
  }),
);
const host = fc.constantFrom(
  "www.google.es",
  "google.com.co",
  "docs.google.com",
  "m.facebook.com",
  "t.co",
  "www.andina.com.co",
  "blog.andina.com.co",

  "elpais.com:443",
  "chatgpt.com",
  "sis.redsys.es",
  "com.google.android.gm",
  "1-free-share-buttons.com",
  "localhost",
  "es.bing.com",
  "www.acme.com",
  "amazon.com.mx",
  "correo.empresa.example",
  "10.0.0.1",
  "EXAMPLE.org.",
);
const parameter = fc.tuple(
  fc.constantFrom("utm_source", "UTM_Medium", "utm_campaign", "ref", ...Object.keys(clickIds)),
  fc.oneof(word, word.map(encodeURIComponent)),
);
const address = fc
  .tuple(
    fc.constantFrom("https://", "http://", "android-app://", ""),
    host,
    fc.constantFrom("", "/", "/a?b"),
    fc.array(parameter, { maxLength: 3 }),
  )
  .map(
    ([scheme, of, path, tags]) => `${scheme}${of}${path}?${tags.map(([name, value]) => `${name}=${value}`).join("&")}`,
  );
const maybe = <T>(some: fc.Arbitrary<T>) => fc.oneof(fc.constant(null), fc.constant(null), some);

const arrival: fc.Arbitrary<Arrival> = fc.record({
  kind: fc.constantFrom("visit", "page", "form", "click", "email_open", "call"),
  source: maybe(word),
  medium: maybe(word),
  campaign: maybe(fc.oneof(word, fc.constantFrom("PMax ES", "Shopping - Marca", "retargeting_10", "eshop"))),
  click_id: maybe(
    fc
      .tuple(fc.constantFrom(...Object.keys(clickIds)), fc.constantFrom("=a", ":b", "=", ""))
      .map((pair) => pair.join("")),
  ),
  referrer: maybe(fc.oneof(address, word)),
  url: maybe(address),
  landing_page: maybe(fc.oneof(address, fc.constantFrom("/precios", "/demo?utm_source=ig&utm_medium=paid"))),
});

const own: ChannelSettings = {
  rules: [
    { channel: "partner", source: ["acme.com", "*.acme.com"], medium: ["referral"] },
    { channel: "discounts", campaign: ["*a_b*", "100%*"] },
    { channel: "shops", referrer: ["*google.com.co"], click_id: ["gclid"] },
  ],
  rename: { organic_social: "networks", other: "unknown" },
  hosts: { own: ["andina.com.co"], social: ["example.org"] },
};

test("a load agrees with the plain function on arrivals of any kind, by the shipped rules and by a company's own", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(arrival, { minLength: 150, maxLength: 400, size: "max" }),
      fc.constantFrom(noChannelSettings, own),
      async (all, settings) => {
        const { loaded, plain } = await bothWays(all, settings);
        expect(loaded).toEqual(plain);
      },
    ),
    { seed: 20_261_125, numRuns: Number(process.env["ORACLE_RUNS"] ?? 4), endOnFailure: true },
  );
});

const touches = rows`
  touch_id  occurred_at           kind   source    medium  channel  url
  T1        2026-05-01T10:00:00Z  visit  google    cpc     -        https://andina.example/
  T2        2026-05-02T10:00:00Z  visit  facebook  -       partner  https://andina.example/
  T3        2026-05-03T10:00:00Z  visit  acme.com  referral  -        https://andina.example/
  T4        2026-05-04T10:00:00Z  call   -         -       -        -`;

test("a channel that the source gives stands; others are derived, and a call has none", async () => {
  const one = await company({ touch: touches });
  expect(await given(one, "touch")).toEqual({
    T1: { channel: "paid_search", rule: "paid_search" },
    T2: { channel: "partner", rule: null },
    T3: { channel: "referral", rule: "referral" },
    T4: { channel: null, rule: null },
  });
  one.close();
});

test("loading the same rows again changes nothing, and a changed source opens a version with another channel", async () => {
  const one = await company({ touch: touches });
  const again = await one.load({ touch: touches });
  expect(again.facts).toMatchObject([{ loaded: 0, changed: 0, unchanged: 4 }]);
  const changed = await one.load({
    touch: touches.map((row) => (row["touch_id"] === "T1" ? { ...row, medium: "organic" } : row)),
  });
  expect(changed.facts).toMatchObject([{ loaded: 0, changed: 1, unchanged: 3 }]);
  expect((await given(one, "touch"))["T1"]).toEqual({ channel: "organic_search", rule: "organic_search" });
  one.close();
});

const lead = rows`
  lead_id  created_at            source    medium
  L1       2026-05-01T10:00:00Z  acme.com  referral
  L2       2026-05-02T10:00:00Z  google    cpc
  L3       2026-05-03T10:00:00Z  acme.com  email`;
const may = { indicator: "leads", from: "2026-05-01", to: "2026-06-01", by: ["channel"], asOf: "2026-05-12T12:00:00Z" };
const before = "2026-05-10T13:00:00Z";

test("changed rules derive channels anew from then on, as a change of definition, and the past keeps its own", async () => {
  const one = await company({ lead, touch: touches }, { now: "2026-05-10T12:00:00Z" });
  const then = { referral: 1, paid_search: 1, email: 1 };
  expect(values(await one.api.ask({ ...may, asOf: before }))).toEqual(then);
  one.at("2026-05-11T12:00:00Z");
  const channels: ChannelSettings = {
    ...noChannelSettings,
    rules: [{ channel: "partner", source: ["acme.com"], medium: ["referral"] }],
  };
  const rules = { ...one.rules, channels };
  const follow = () =>
    one.database.use((connection) => followRules(connection, rules, () => new Date("2026-05-11T12:00:00Z")));
  await follow();
  expect(values(await one.api.ask(may))).toEqual({ partner: 1, paid_search: 1, email: 1 });
  expect(values(await one.api.ask({ ...may, asOf: before }))).toEqual(then);
  expect((await given(one, "touch"))["T3"]).toEqual({ channel: "partner", rule: "own_1" });
  expect((await given(one, "touch"))["T2"]).toEqual({ channel: "partner", rule: null });

  const { by: _, ...total } = may;
  const question = { ...total, where: { channel: ["partner"] } };
  const { changes } = await one.api.explain({ question, since: before });
  expect(changes?.difference).toBe(1);
  const versions = () =>
    one.database.use((connection) =>
      connection.rows(raw("SELECT lead_id, load_id, known_from, known_to FROM lead ORDER BY ALL")),
    );
  const once = await versions();
  expect(once.length).toBe(4);
  await follow();
  expect(await versions()).toEqual(once);
  one.close();
});

test("no source can state which rule gave a channel", async () => {
  const told = company({ lead: [{ lead_id: "L1", created_at: "2026-05-01T10:00:00Z", channel_rule: "email" }] });
  await expect(told).rejects.toMatchObject({ code: "mapping-unknown-column" });
});
