import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Problem } from "../engine/problem.ts";
import { app, get, post, serverWith } from "./fixtures.ts";

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
    expect(
      (await post("/api/v1/ask", { indicator: "x" }, { origin: "http://localhost", host: "localhost" })).status,
    ).toBe(200);
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
    expect(page.assets).toEqual({
      scripts: ["/assets/client-1.js"],
      styles: ["/assets/style-1.css"],
      fonts: [],
      pieces: { indicator: ["/assets/indicator-1.js", "/assets/shared-1.js"] },
    });
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
    app.request("/preferences", {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });

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
      work: {
        sync: async (body, tell) => {
          tell({ step: "reading" });
          return body;
        },
        import: () => Promise.reject(new Problem("unreadable", "the file cannot be read", "send another")),
      },
    },
  });
  const start = (name: string, token?: string) =>
    withWork.request(`/api/v1/operations/${name}`, {
      method: "POST",
      body: '{"source":"crm"}',
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });

  test.each([undefined, "wrong", "secret-toke"])("with the token %s are refused", async (token) => {
    expect((await start("sync", token)).status).toBe(401);
  });

  test("tell how they go, line by line, and end with what was done", async () => {
    const response = await start("sync", "secret-token");
    expect(response.headers.get("content-type")).toContain("application/x-ndjson");
    expect(
      (await response.text())
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([{ progress: { step: "reading" } }, { done: { source: "crm" } }]);
  });

  test("end with the problem that stopped them", async () => {
    expect(JSON.parse(await (await start("import", "secret-token")).text())).toEqual({
      problem: { code: "unreadable", message: "the file cannot be read", remedy: "send another" },
    });
  });

  test("refuse a body that is not of their schema by its field", async () => {
    const strict = serverWith({
      operations: {
        token: "t",
        work: { sync: async (body) => z.object({ sources: z.array(z.string()) }).parse(body) },
      },
    });
    const response = await strict.request("/api/v1/operations/sync", {
      method: "POST",
      body: "{}",
      headers: { authorization: "Bearer t" },
    });
    expect(JSON.parse(await response.text())).toMatchObject({
      problem: { code: "bad-request", detail: { parameter: "sources" } },
    });
  });

  test("do not exist where the server was given none", async () => {
    expect((await post("/api/v1/operations/sync", {}, { authorization: "Bearer x" })).status).toBe(404);
  });
});
