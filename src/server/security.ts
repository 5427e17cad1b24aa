import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createMiddleware } from "hono/factory";
import { Problem } from "../engine/problem.ts";

/** What requests carry from one step to the next. */
export interface Variables {
  Variables: { nonce: string };
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/** Answers only by loopback names: a foreign name that resolves to this machine (DNS rebinding) is refused. */
export const onlyLoopback = createMiddleware(async ({ req }, next) => {
  const host = req.header("host") ?? new URL(req.url).host;
  if (!loopback.test(host)) {
    throw new Problem(
      "wrong-host",
      `this server does not answer as ${host.slice(0, 100)}`,
      "open it as http://localhost or http://127.0.0.1",
    );
  }
  await next();
});

/** Refuses what other sites' pages send: a change must come from a page of this server, or from no page at all. */
export const onlySameOrigin = createMiddleware(async ({ req }, next) => {
  const origin = req.header("origin");
  const host = req.header("host") ?? new URL(req.url).host;
  const isRead = req.method === "GET" || req.method === "HEAD";
  if (!isRead && origin !== undefined && hostOf(origin) !== host) {
    throw new Problem(
      "wrong-origin",
      "requests from other sites are refused",
      "send the request from this server's own pages or from a program",
    );
  }
  await next();
});

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** Headers of every answer, and a fresh nonce for the styles of its page. */
export const secureHeaders = createMiddleware<Variables>(async (context, next) => {
  const nonce = randomBytes(16).toString("base64url");
  context.set("nonce", nonce);
  await next();
  const { headers } = context.res;
  headers.set("Content-Security-Policy", policy(nonce));
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("X-Frame-Options", "DENY");
  headers.set("Referrer-Policy", "same-origin");
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
});

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Lets pass who carries the token, compared in constant time. */
export const bearer = (token: string) =>
  createMiddleware(async ({ req }, next) => {
    const given = /^Bearer (.+)$/.exec(req.header("authorization") ?? "")?.[1];
    if (given === undefined || !timingSafeEqual(digest(given), digest(token))) {
      throw new Problem(
        "unauthorised",
        "this route needs the workspace's token",
        "send it as `Authorization: Bearer <token>`",
      );
    }
    await next();
  });
