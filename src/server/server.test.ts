import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { Answer } from "../contract/answer.ts";
import type { Api, ExplainRequest } from "../contract/api.ts";
import type { Explanation } from "../contract/explanation.ts";
import type { Question } from "../contract/question.ts";
import { Problem } from "../engine/problem.ts";
import { listen } from "./listen.ts";
import { routes } from "./routes.ts";
import { createServer, type ServerParts } from "./server.ts";

const asked = vi.fn<(question: Question) => void>();
const explained = vi.fn<(request: ExplainRequest) => void>();
const row = { key: {}, period: null, value: 0.7, n: 10, interval: null, maturity: 1, incomplete: false, parts: {}, flags: [] };

const answer = (question: Question): Answer => ({
  question,
  indicator: { id: question.indicator, variant: "closed", version: 1, unit: "ratio", better: "higher", currency: null },
  rows: [],
  total: row,
  comparison: null,
  warnings: [],
  freshness: [],
  sql: "",
  took_ms: 1,
});

const cells = ['=HYPERLINK("x")', "+1", "-2.5", "@me", 'say "hi", you', null, "=1"].map((name, index) => ({ name, amount: index }));

const explanation = ({ question, limit = 50, offset = 0 }: ExplainRequest): Explanation => ({
  ...answer(question),
  key: {},
  period: null,
  indicator: { ...answer(question).indicator, title: "", description: "" },
  cell: row,
  formula: "",
  math: "",
  parts: [
    {
      id: "won",
      title: "",
      value: 3,
      unit: "count",
      fact: "deal",
      definition: "",
      rowCount: cells.length,
      columns: ["name", "amount"],
      rows: cells.slice(offset, offset + Math.min(limit, 3)),
      sql: "",
    },
  ],
});

const api: Api = {
  catalogue: () => Promise.reject(new Problem("no-data", "nothing is loaded", "load something")),
  ask: async (question) => {
    asked(question);
    if (question.indicator === "broken") throw new Error("a secret of the inside");
    return answer(question);
  },
  explain: async (request) => {
    explained(request);
    return explanation(request);
  },
  goals: () => Promise.resolve([]),
};

const render: ServerParts["render"] = {
  renderPage: ({ path, language, theme, nonce, assets }) => {
    if (path === "/fails") return Promise.reject(new Error("a secret of the inside"));
    const html = JSON.stringify({ path, language, theme, nonce, assets });
    return Promise.resolve({ status: path === "/none" ? 404 : 200, html });
  },
  renderFailure: (_, id) => `failed ${id}`,
  loadPage: () => Promise.reject(new Problem("no-data", "nothing is loaded", "load something")),
};

function builtPages(): string {
  const folder = mkdtempSync(join(tmpdir(), "embudo-pages-"));
  mkdirSync(join(folder, "assets"));
  mkdirSync(join(folder, ".vite"));
  writeFileSync(join(folder, "assets", "client-1.js"), "1");
  const manifest = { "src/web/client.tsx": { file: "assets/client-1.js", isEntry: true, css: ["assets/client-1.css"] } };
  writeFileSync(join(folder, ".vite", "manifest.json"), JSON.stringify(manifest));
  return folder;
}

const log = vi.fn();
const serverWith = (parts: Partial<ServerParts> = {}) =>
  createServer({ api, render, assetsFolder: builtPages(), now: () => new Date("2026-11-23T10:12:00Z"), log, ...parts });
const app = serverWith();
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.request(path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), headers });

test("a question in the address is asked, and the answer is timed", async () => {
  const response = await get("/api/v1/ask?indicator=win-ratio&by=rep&where.rep=Ana");
  expect(response.status).toBe(200);
  expect(asked).toHaveBeenLastCalledWith({ indicator: "win-ratio", by: ["rep"], where: { rep: ["Ana"] } });
  expect(response.headers.get("server-timing")).toMatch(/^total;dur=[\d.]+$/);
  expect((await get("/api/v1/ask?indicator=x&foo=1")).status).toBe(400);
});

describe("a question as JSON", () => {
  test("is asked as it is", async () => {
    expect((await post("/api/v1/ask", { indicator: "leads" })).status).toBe(200);
    expect(asked).toHaveBeenLastCalledWith({ indicator: "leads" });
  });

  test.each([
    ["{", "body"],
    [{ indicator: "leads", nonsense: 1 }, "nonsense"],
    [[], "body"],
  ])("%j is refused", async (body, parameter) => {
    const response = await post("/api/v1/ask", body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "bad-request", detail: { parameter } });
  });

  test("is refused where it is too large", async () => {
    expect((await post("/api/v1/ask", { indicator: "x".repeat(1_100_000) })).status).toBe(413);
  });
});

describe("an explanation", () => {
  test("is of a cell in the address", async () => {
    await get("/api/v1/explain?indicator=win-ratio&by=rep&key.rep=R12&period=2026-10-01&limit=50&offset=100");
    expect(explained).toHaveBeenLastCalledWith({
      question: { indicator: "win-ratio", by: ["rep"] },
      key: { rep: "R12" },
      period: "2026-10-01",
      limit: 50,
      offset: 100,
    });
  });

  test("is of a cell as JSON", async () => {
    expect((await post("/api/v1/explain", { question: { indicator: "leads" }, key: { rep: null } })).status).toBe(200);
    expect(explained).toHaveBeenLastCalledWith({ question: { indicator: "leads" }, key: { rep: null } });
  });

  test("gives all rows of a part as CSV, with formulas disarmed", async () => {
    const response = await get("/api/v1/explain/rows.csv?indicator=win-ratio&part=won&from=2026-01-01");
    expect(response.headers.get("content-type")).toContain("text/csv");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="win-ratio-won-2026-01-01.csv"');
    expect((await response.text()).split("\r\n")).toEqual([
      "name,amount",
      `"'=HYPERLINK(""x"")",0`,
      "+1,1",
      "-2.5,2",
      "'@me,3",
      '"say ""hi"", you",4',
      ",5",
      "'=1,6",
      "",
    ]);
  });

  test("has no CSV of a part that it does not have", async () => {
    const response = await get("/api/v1/explain/rows.csv?indicator=win-ratio&part=lost");
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: "invalid part: lost; expected one of won" });
  });
});

describe("failures", () => {
  test("a refusal keeps its words", async () => {
    const response = await get("/api/v1/indicators");
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({ code: "no-data", message: "nothing is loaded", remedy: "load something" });
  });

  test("the unexpected is logged, and only its id is told", async () => {
    const response = await get("/api/v1/ask?indicator=broken");
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain("secret");
    const { detail } = JSON.parse(text) as { detail: { id: string } };
    expect(log).toHaveBeenLastCalledWith(expect.objectContaining({ id: detail.id, path: "/api/v1/ask" }));
  });

  test("a page that fails says so, without its reasons", async () => {
    const response = await get("/fails");
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(/^failed [\w-]{36}$/);
  });

  test.each(["/api/v1/nonsense", "/assets/none.js"])("%s does not exist", async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});

describe("who may ask", () => {
  test.each(["localhost", "localhost:4310", "127.0.0.1:80", "[::1]:4310"])("%s is this machine", async (host) => {
    expect((await get("/healthz", { host })).status).toBe(200);
  });

  test.each(["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""])("%s is not", async (host) => {
    const response = await get("/healthz", { host });
    expect([response.status, ((await response.json()) as Problem).code]).toEqual([403, "wrong-host"]);
  });

  test("another site's page may not post, and no other site may read", async () => {
    const response = await post("/api/v1/ask", { indicator: "x" }, { origin: "https://evil.example" });
    expect(response.status).toBe(403);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect((await post("/api/v1/ask", { indicator: "x" }, { origin: "null" })).status).toBe(403);
    expect((await post("/api/v1/ask", { indicator: "x" }, { origin: "http://localhost", host: "localhost" })).status).toBe(200);
  });
});

describe("pages", () => {
  test("come with strict headers and a nonce of their own", async () => {
    const [one, other] = await Promise.all([get("/"), get("/")]);
    const page = (await one.json()) as { nonce: string; assets: object };
    const policy = one.headers.get("content-security-policy");
    expect(policy).toContain(`style-src 'nonce-${page.nonce}'`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(policy).not.toBe(other.headers.get("content-security-policy"));
    expect(one.headers.get("x-content-type-options")).toBe("nosniff");
    expect(one.headers.get("referrer-policy")).toBe("same-origin");
    expect(one.headers.get("cache-control")).toBe("no-store");
    expect(page.assets).toEqual({ scripts: ["/assets/client-1.js"], styles: ["/assets/client-1.css"], fonts: [] });
  });

  test("load files that browsers may keep for good", async () => {
    const response = await get("/assets/client-1.js");
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(response.headers.get("content-type")).toContain("text/javascript");
  });

  test.each([
    [{}, "es"],
    [{ "accept-language": "fr-FR,en;q=0.8,es;q=0.5" }, "en"],
    [{ "accept-language": "en", cookie: "language=es; theme=dark" }, "es"],
    [{ cookie: "language=xx" }, "es"],
  ])("for %j are in %s", async (headers, language) => {
    expect(await (await get("/", headers)).json()).toMatchObject({ language });
  });

  test("that do not exist are not found", async () => {
    expect((await get("/none")).status).toBe(404);
  });
});

describe("preferences", () => {
  const send = (fields: Record<string, string>) =>
    app.request("/preferences", { method: "POST", body: new URLSearchParams(fields), headers: { "content-type": "application/x-www-form-urlencoded" } });

  test("are kept in cookies, and lead back", async () => {
    const response = await send({ theme: "dark", back: "/kpi/cac?p=qtd" });
    expect([response.status, response.headers.get("location")]).toEqual([303, "/kpi/cac?p=qtd"]);
    expect(response.headers.get("set-cookie")).toMatch(/theme=dark;.*HttpOnly;.*SameSite=Lax/);
  });

  test.each(["https://evil.example", "//evil.example", "/\\evil.example", ""])("never lead to %s", async (back) => {
    expect((await send({ language: "en", back })).headers.get("location")).toBe("/");
  });

  test("of no known kind are refused", async () => {
    expect((await send({ theme: "pink" })).status).toBe(400);
  });
});

describe("operations", () => {
  const withWork = serverWith({
    operations: {
      token: "secret-token",
      sync: async (body, tell) => {
        tell({ step: "reading" });
        return body;
      },
      import: () => Promise.reject(new Problem("unreadable", "the file cannot be read", "send another")),
    },
  });
  const start = (name: string, token?: string) =>
    withWork.request(`/api/v1/operations/${name}`, { method: "POST", body: '{"source":"crm"}', headers: token ? { authorization: `Bearer ${token}` } : {} });

  test.each([undefined, "wrong", "secret-toke"])("with the token %s are refused", async (token) => {
    expect((await start("sync", token)).status).toBe(401);
  });

  test("tell how they go, line by line, and end with what was done", async () => {
    const response = await start("sync", "secret-token");
    expect(response.headers.get("content-type")).toContain("application/x-ndjson");
    expect((await response.text()).trim().split("\n").map((line) => JSON.parse(line) as unknown)).toEqual([
      { progress: { step: "reading" } },
      { done: { source: "crm" } },
    ]);
  });

  test("end with the problem that stopped them", async () => {
    expect(JSON.parse(await (await start("import", "secret-token")).text())).toEqual({
      problem: { code: "unreadable", message: "the file cannot be read", remedy: "send another" },
    });
  });

  test("do not exist where the server was given none", async () => {
    expect((await post("/api/v1/operations/sync", {}, { authorization: "Bearer x" })).status).toBe(404);
  });
});

test("the OpenAPI document has every route of the table, and no other", async () => {
  const document = (await (await get("/api/v1/openapi.json")).json()) as { openapi: string; paths: Record<string, Record<string, unknown>> };
  const told = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  expect(told.toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted());
  expect(document.openapi).toBe("3.1.0");
  expect(JSON.stringify(document.paths["/api/v1/ask"]?.["post"])).toContain('"indicator"');
});

test("a question stops when its reader leaves, and the server closes in peace", async () => {
  const stopped = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const slow: Api = {
    ...api,
    ask: (_, signal) =>
      new Promise((_resolve, reject) => {
        begun.resolve();
        signal?.addEventListener("abort", () => {
          stopped.resolve();
          reject(new Problem("cancelled", "the reader left", "ask again"));
        });
      }),
  };
  const server = await listen({ app: serverWith({ api: slow }), port: 0 });
  const leaving = new AbortController();
  const response = fetch(`${server.url}/api/v1/ask?indicator=x`, { signal: leaving.signal });
  await begun.promise;
  leaving.abort();
  await expect(response).rejects.toThrow();
  await stopped.promise;
  await server.close();
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
});
