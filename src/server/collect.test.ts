import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { journalFolder, openCollector, openEndpoint, segmentsIn } from "../collect/index.ts";
import { app as withoutSites, serverWith } from "./fixtures.ts";

const now = () => new Date("2026-11-23T10:12:00Z");
const secret = "a secret";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";
const usual = { leads: ["contact"], proxies: 1, per_second: 1000 };
const sites = {
  www: { ...usual, origins: ["https://www.example.com"], consent: "asked" as const },
  app: { ...usual, origins: ["https://app.example.com"], consent: "never" as const, per_second: 1 },
};

const current = { name: "embudo.0123456789abcdef.js", integrity: "", text: "now" };
const scripts = { current, named: (name: string) => ({ [current.name]: "now", "embudo.00.js": "before" })[name] };

const folders: string[] = [];
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

let folder: string;
let app: ReturnType<typeof serverWith>;

async function open(): Promise<void> {
  const collector = await openCollector({ folder, now, log: () => undefined });
  const secretOf = (name: string) => `${secret} of ${name}`;
  app = serverWith({ collect: openEndpoint({ collector, sites: () => sites, secretOf, now, scripts }) });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "embudo-collect-"));
  folders.push(folder);
  await open();
});

type Kept = Record<string, unknown> & { touch?: Record<string, string>; identity?: Record<string, string>[] };

const kept = (): Kept[] =>
  segmentsIn(journalFolder(folder))
    .flatMap((name) =>
      readFileSync(join(journalFolder(folder), name), "utf8")
        .trim()
        .split("\n"),
    )
    .map((line) => JSON.parse(line.slice(9)) as Kept);

const page = { id: "12345678", type: "page", url: "https://www.example.com/?utm_source=google" };
const fromPage = { origin: "https://www.example.com", "user-agent": firefox };

const send = (path: string, body: unknown, headers: Record<string, string> = fromPage) =>
  app.request(path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), headers });

describe("the tracker", () => {
  test("is answered when its events are kept, and its page may read the answer", async () => {
    const response = await send("/e", { site: "www", events: [page] });
    expect(response.status).toBe(202);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://www.example.com");
    expect(kept()).toMatchObject([{ site: "www", type: "page", touch: { kind: "visit", source: "google" } }]);
  });

  test("keeps an event that comes again once, at once and after a restart", async () => {
    const body = { site: "www", events: [page, page] };
    await Promise.all([send("/e", body), send("/e", body)]);
    await open();
    expect((await send("/e", body)).status).toBe(202);
    expect(kept().filter((each) => "id" in each)).toHaveLength(1);
  });

  test("sends no address, no agent and no e-mail to the disk", async () => {
    const events = [
      { ...page, type: "identify", user: "u1", email: " Ana@Example.com " },
      { ...page, id: "23456789" },
    ];
    await send("/e", { site: "www", visitor: "v1", events }, { ...fromPage, "x-forwarded-for": "192.0.2.77" });
    const text = JSON.stringify(kept());
    expect(text).not.toMatch(/192\.0\.2\.77|Firefox|ana@/i);
    expect(kept()[0]?.identity?.map(({ alias_kind, alias, person_id }) => [alias_kind, alias, person_id])).toEqual([
      ["visitor", "v1", "u1"],
      ["email", "8e43ca37701228e74983efdbd0cff5c16b3b1e5d4e29a7c05626d4d25a018e11", "u1"],
      ["crm", "u1", "u1"],
    ]);
  });

  test.each([
    ["the browser says that its visitor objects", "www", { ...fromPage, "sec-gpc": "1" }],
    ["the site never knows anybody again", "app", { ...fromPage, origin: "https://app.example.com" }],
  ])("knows nobody again where %s", async (_, site, headers) => {
    const events = [
      { ...page, user: "u1" },
      { ...page, id: "23456789", type: "identify", user: "u1" },
    ];
    await send("/e", { site, visitor: "v1", events }, headers);
    expect(kept()[0]?.touch?.["visitor"]).toMatch(/^visit:/);
    expect(kept()[0]?.touch?.["person_id"]).toBeUndefined();
    expect(kept()[1]).toMatchObject({ flag: "no-consent" });
    expect(JSON.stringify(kept())).not.toMatch(/"v1"|"u1"/);
  });

  test.each([
    ["bot", { ...fromPage, "user-agent": "GPTBot/1.0" }, {}],
    ["bot", { origin: fromPage.origin, "user-agent": "" }, {}],
    ["bot", fromPage, { robot: true }],
    ["prefetch", { ...fromPage, "sec-purpose": "prefetch;prerender" }, {}],
    ["late", fromPage, { sent: 1_700_000_000_000, events: [{ ...page, at: 1_699_800_000_000 }] }],
  ])("flags a %s and keeps it", async (flag, headers, more) => {
    expect((await send("/e", { site: "www", events: [page], ...more }, headers)).status).toBe(202);
    expect(kept()).toMatchObject([{ flag }]);
  });

  test("of one form sent three times in a minute makes one lead", async () => {
    for (const id of ["form-0001", "form-0002", "form-0003"])
      await send("/e", { site: "www", events: [{ id, type: "form", form: "contact", url: page.url }] });
    expect(kept().map((each) => "lead" in each)).toEqual([true, false, false]);
  });

  test.each([
    ["another origin", { site: "www", events: [page] }, { ...fromPage, origin: "https://evil.example" }, 403],
    ["no origin", { site: "www", events: [page] }, { "user-agent": firefox }, 403],
    ["an unknown site", { site: "shop", events: [page] }, fromPage, 404],
    ["a site named like a property of every object", { site: "constructor", events: [page] }, fromPage, 404],
    ["no event", { site: "www", events: [] }, fromPage, 400],
    ["an unknown type", { site: "www", events: [{ ...page, type: "x" }] }, fromPage, 400],
    ["what is no JSON", "{", fromPage, 400],
    ["too much", { site: "www", events: [page], more: "x".repeat(500_001) }, fromPage, 413],
  ])("is refused with %s", async (_, body, headers, status) => {
    const response = await send("/e", body, headers);
    expect(response.status).toBe(status);
    expect(kept()).toEqual([]);
  });

  test("has to wait when its site sends more than it may, and that is counted", async () => {
    const headers = { ...fromPage, origin: "https://app.example.com" };
    const one = (nth: number) => send("/e", { site: "app", events: [{ ...page, id: `event-000${nth}` }] }, headers);
    const statuses = [];
    for (let nth = 0; nth < 11; nth++) statuses.push((await one(nth)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 202), 429]);
    expect((await one(12)).headers.get("retry-after")).toBe("1");
  });
});

const signed = (body: string, of = `${secret} of www`): Record<string, string> => {
  const t = now().getTime() / 1000;
  return { "x-embudo-signature": `t=${t},v1=${createHmac("sha256", of).update(`${t}.${body}`).digest("hex")}` };
};
const basic = (key: string): Record<string, string> => ({ authorization: `Basic ${btoa(`${key}:`)}` });

const context = {
  page: { url: "https://www.example.com/precios?x=1", referrer: "https://www.google.com/search?q=crm" },
  campaign: { name: "otoño", source: "google", medium: "cpc", term: "crm", content: "a1" },
};

describe("Segment's calls", () => {
  test.each([
    [
      "track",
      { event: "Trial Started", userId: "u1", messageId: "m1", timestamp: "2026-11-23T09:00:00Z", context },
      {
        type: "event",
        touch: {
          touch_id: "www:m1",
          occurred_at: "2026-11-23T09:00:00.000Z",
          kind: "event",
          event: "Trial Started",
          person_id: "u1",
          campaign: "otoño",
          referrer: "https://www.google.com/search",
          url: "https://www.example.com/precios",
        },
      },
    ],
    [
      "page",
      { anonymousId: "a1", messageId: "m1", properties: { url: "https://www.example.com/?gclid=G" } },
      { type: "page", touch: { kind: "visit", visitor: "a1", click_id: "gclid:G" } },
    ],
    [
      "identify",
      { anonymousId: "a1", userId: "u1", messageId: "m1", traits: { email: "ana@example.com", name: "Ana" } },
      {
        type: "identify",
        identity: [{ alias: "a1", person_id: "u1" }, { alias_kind: "email" }, { alias_kind: "crm" }],
      },
    ],
    ["group", { userId: "u1", groupId: "g1", messageId: "m1", traits: { name: "Andina" } }, { type: "group" }],
    [
      "alias",
      { previousId: "a1", userId: "u1", messageId: "m1" },
      {
        type: "alias",
        identity: [
          { alias_kind: "crm", alias: "u1", person_id: "u1" },
          { alias_kind: "visitor", alias: "a1", person_id: "u1" },
          { alias_kind: "crm", alias: "a1", person_id: "u1" },
        ],
      },
    ],
  ])("%s", async (call, body, expected) => {
    const response = await send(`/v1/${call}`, body, basic(`${secret} of www`));
    expect(await response.json()).toEqual({ success: true, accepted: 1, duplicates: 0, misread: [] });
    expect(kept()).toMatchObject([{ site: "www", id: "m1", ...expected }]);
    expect(JSON.stringify(kept())).not.toContain("ana@example.com");
  });

  test("batch: what can be read is kept, and what cannot is told and counted", async () => {
    const body = JSON.stringify({
      writeKey: `${secret} of www`,
      sentAt: "2026-11-23T11:12:00Z",
      batch: [
        { type: "track", event: "Order", userId: "u1", messageId: "m1", timestamp: "2026-11-23T11:11:00Z" },
        { type: "track", event: "Order", userId: "u1", messageId: "m1" },
        { type: "track", userId: "u1", messageId: "m2" },
        { type: "dance", userId: "u1" },
        { type: "page", messageId: "m3" },
      ],
    });
    const response = await send("/v1/batch", body, {});
    expect(await response.json()).toEqual({
      success: false,
      accepted: 1,
      duplicates: 1,
      misread: [
        { index: 2, message: expect.stringMatching(/^event: /) },
        { index: 3, message: expect.stringMatching(/^type: /) },
        { index: 4, message: "call: expected a userId or an anonymousId" },
      ],
    });
    // The sender's clock is an hour ahead.
    expect(kept()[0]?.touch?.["occurred_at"]).toBe("2026-11-23T10:11:00.000Z");
    expect(kept().slice(1)).toMatchObject([
      { tally: "misread", events: 3 },
      { tally: "duplicate", events: 1 },
    ]);
  });

  test("without an id are known by what they say, so that they can be sent again", async () => {
    const body = { event: "Order", userId: "u1", timestamp: "2026-11-23T10:00:00Z" };
    await send("/v1/track", body, basic(`${secret} of www`));
    await send("/v1/track", body, basic(`${secret} of www`));
    await send("/v1/track", { ...body, event: "Refund" }, basic(`${secret} of www`));
    expect(kept().filter((each) => "id" in each)).toHaveLength(2);
  });

  const order = JSON.stringify({ event: "Order", userId: "u1", messageId: "m1" });
  const sha1 = createHmac("sha1", `${secret} of www`).update(order).digest("hex");
  test.each([
    ["signed by us", signed(order), 200],
    ["signed as Segment signs", { "x-signature": sha1 }, 200],
    ["with the secret as its write key", basic(`${secret} of www`), 200],
    ["of a page with the site as its write key", { ...fromPage, ...basic("www") }, 200],
    ["of a page of another site", { ...fromPage, ...basic("app") }, 403],
    ["of a program with the site as its write key", basic("www"), 403],
    ["of nobody", {}, 404],
    ["signed with another secret", signed(order, "another"), 401],
    ["with a wrong signature from a page", { ...fromPage, ...basic("www"), "x-signature": "00" }, 401],
    ["with a wrong write key", basic("another"), 401],
  ])("%s", async (_, headers, status) => {
    expect((await send("/v1/track", order, headers)).status).toBe(status);
    expect(kept()).toHaveLength(status === 200 ? 1 : 0);
  });

  test("a browser is told before whether its page may send", async () => {
    const ask = (origin: string) => app.request("/v1/track", { method: "OPTIONS", headers: { origin } });
    const allowed = await ask("https://www.example.com");
    expect([allowed.status, allowed.headers.get("access-control-allow-headers")]).toEqual([
      204,
      "authorization, content-type",
    ]);
    expect((await ask("https://evil.example")).status).toBe(403);
  });
});

test("the pixel is an impression, and never comes from a cache", async () => {
  const response = await app.request("/p.gif?s=www&c=otoño&cr=banner-1&aid=v1", { headers: { "user-agent": firefox } });
  expect([response.status, response.headers.get("content-type"), response.headers.get("cache-control")]).toEqual([
    200,
    "image/gif",
    "no-store",
  ]);
  expect((await response.arrayBuffer()).byteLength).toBe(43);
  expect(kept()).toMatchObject([{ touch: { kind: "impression", campaign: "otoño", ad: "banner-1", visitor: "v1" } }]);
});

describe("the tracker's script", () => {
  const load = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

  test("at its address without a hash is asked for again every hour, and not sent again while it is the same", async () => {
    const response = await load("/embudo.js");
    expect(await response.text()).toBe("now");
    expect(response.headers.get("cache-control")).toBe("public, max-age=3600");
    const again = await load("/embudo.js", { "if-none-match": response.headers.get("etag") ?? "" });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test.each([
    [current.name, "now"],
    ["embudo.00.js", "before"],
  ])("named %s never changes, and any page may check it", async (name, text) => {
    const response = await load(`/${name}`);
    expect(await response.text()).toBe(text);
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  test("of a name that was never given is not there", async () =>
    expect((await load("/embudo.ffff.js")).status).toBe(404));
});

test("these routes answer to any host, and only these", async () => {
  const elsewhere = { ...fromPage, host: "collect.example.com" };
  expect((await send("/e", { site: "www", events: [page] }, elsewhere)).status).toBe(202);
  expect((await app.request("/api/v1/goals", { headers: elsewhere })).status).toBe(403);
  expect((await send("/api/v1/ask", { indicator: "leads" })).status).toBe(403);
});

test("a workspace without sites says what to do", async () => {
  const response = await withoutSites.request("/e", { method: "POST", body: "{}" });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: "not-found", remedy: expect.stringContaining("sites") });
});
