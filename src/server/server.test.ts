import { describe, expect, test } from "vitest";
import type { Api } from "../contract/api.ts";
import { Problem } from "../engine/problem.ts";
import { canonical } from "../contract/canonical.ts";
import { api, app, asked, explained, get, log, post, serverWith, verifiedTexts } from "./fixtures.ts";
import { listen } from "./listen.ts";
import { collectDescribed } from "./collect-described.ts";
import { routes } from "./routes/index.ts";

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

describe("receipts", () => {
  test("are files to download, written canonically", async () => {
    const response = await get("/api/v1/receipt?indicator=win-ratio&from=2026-11-01&to=2026-12-01");
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="receipt-win-ratio-2026-11-01-2026-12-01.json"',
    );
    const text = await response.text();
    expect(text).toBe(canonical(JSON.parse(text)));
    expect(text).toMatch(/^\{\n {2}"answer": \{/);
    expect(await (await post("/api/v1/receipt", { indicator: "leads" })).json()).toMatchObject({ receipt: 1 });
  });

  test("are verified byte by byte as they came", async () => {
    const sent = '\uFEFF{ "receipt":1 }\r\n';
    expect(await (await post("/api/v1/verify", sent)).json()).toEqual({ equal: true, differences: [] });
    expect(verifiedTexts).toHaveBeenLastCalledWith(sent);
    const broken = await app.request("/api/v1/verify", { method: "POST", body: new Uint8Array([0x7b, 0xff, 0x7d]) });
    expect(broken.status).toBe(400);
  });
});

test("checks are made when they are asked for", async () => {
  expect(await (await post("/api/v1/check", {})).json()).toMatchObject({ load: 1, violations: [] });
  expect((await post("/api/v1/check", { thorough: "yes" })).status).toBe(400);
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

test("the OpenAPI document has every route of the table, and no other", async () => {
  const document = (await (await get("/api/v1/openapi.json")).json()) as {
    openapi: string;
    paths: Record<string, Record<string, unknown>>;
  };
  const told = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(told.toSorted()).toEqual(
    [...routes, ...collectDescribed]
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`)
      .toSorted(),
  );
  expect(document.openapi).toBe("3.1.0");
  expect(JSON.stringify(document.paths["/api/v1/ask"]?.["post"])).toContain('"indicator"');
});

test("every parameter says what it is", async () => {
  const document = (await (await get("/api/v1/openapi.json")).json()) as {
    paths: Record<string, Record<string, { parameters?: { name: string; description?: string }[] }>>;
  };
  const parameters = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).flatMap((operation) => operation.parameters ?? []),
  );
  expect(parameters.length).toBeGreaterThan(100);
  expect(parameters.filter(({ description }) => (description ?? "") === "")).toEqual([]);
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
  await expect(response).rejects.toThrow("aborted");
  await stopped.promise;
  await server.close();
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow("fetch failed");
});
